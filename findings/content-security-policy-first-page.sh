#!/bin/sh
# The hashes of a site's inline scripts are those of one page at @jackdbd/content-security-policy.
#
# Expected: with a pattern for all pages of a site the policy has the hashes of all their inline scripts.
# Seen: it has those of the first page that has any. The lists of all pages are given to one call of JavaScript's Set, which takes only its first
# argument.
# Version: @jackdbd/content-security-policy 3.0.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact @jackdbd/content-security-policy@3.0.0
cat >ask.mjs <<'EOF'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { cspHeader } from '@jackdbd/content-security-policy'

const scripts = { 'about.html': 'about()', 'index.html': 'start()', 'news.html': 'news()' }
for (const [page, script] of Object.entries(scripts)) {
  await writeFile(page, `<!doctype html>\n<html><head><script>${script}</script></head><body></body></html>\n`)
}
for (const patterns of [...Object.keys(scripts).map((page) => [page]), ['*.html']]) {
  const policy = await cspHeader({ directives: { 'script-src': ['self', 'sha256'] }, patterns })
  const hashed = Object.values(scripts).filter((script) => policy.includes(createHash('sha256').update(script).digest('base64')))
  // Which page is the first is the file system's affair, so that for all pages only the number is printed.
  console.log(`${patterns}: ${patterns[0] === '*.html' ? `${hashed.length} of 3 scripts` : hashed.join(', ')}`)
}
EOF
echo '@jackdbd/content-security-policy 3.0.0'
node ask.mjs >got
cat >want <<'EOF'
about.html: about()
index.html: start()
news.html: news()
*.html: 1 of 3 scripts
EOF
cat got
diff -u want got
