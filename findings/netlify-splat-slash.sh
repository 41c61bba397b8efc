#!/bin/sh
# Netlify's matcher cuts the slash that a splat begins with, when the star stands behind text.
#
# Expected: `/faq/old* /faq/new:splat` takes /faq/old/page to /faq/new/page, since the star stands for "/page". It does so at Cloudflare.
# Seen: /faq/newpage, a page that nobody has. What has no slash there, /faq/older, arrives well, so that a first try shows nothing.
# Versions: netlify-redirector 0.5.0, @netlify/redirect-parser 15.0.4.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact @netlify/redirect-parser@15.0.4 netlify-redirector@0.5.0
cat >ask.mjs <<'EOF'
import { createRequire } from 'node:module'
import { parseAllRedirects } from '@netlify/redirect-parser'
const { parseJSON } = createRequire(import.meta.url)('netlify-redirector')

const { redirects } = await parseAllRedirects({ redirectsFiles: ['_redirects'] })
const rules = redirects.map(({ from, query, ...rest }) => ({ ...rest, origin: from, params: query }))
const matcher = await parseJSON(JSON.stringify(rules), {})
for (const request of process.argv.slice(2)) {
  const { pathname, search } = new URL(request, 'https://site.example')
  const match = matcher.match({
    scheme: 'https', host: 'site.example', path: decodeURIComponent(pathname), query: search.slice(1),
    headers: {}, cookieValues: {}, getHeader: () => '', getCookie: () => '',
  })
  console.log(`${request} -> ${match ? `${match.status} ${match.to}` : 'no redirect'}`)
}
EOF
echo 'netlify-redirector 0.5.0 with @netlify/redirect-parser 15.0.4'
cat >_redirects <<'EOF'
/faq/old* /faq/new:splat
EOF
node ask.mjs '/faq/older' '/faq/old/page' >got
cat >want <<'EOF'
/faq/older -> 301 /faq/newer
/faq/old/page -> 301 /faq/newpage
EOF
cat got
diff -u want got
