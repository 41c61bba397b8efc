#!/bin/sh
# vite-plugin-csp, as it comes, blocks all style attributes and event handlers.
#
# Expected: its policy allows style="…" and onclick="…", for it has 'unsafe-inline' in style-src and script-src; or it allows those of the page by
# their hashes.
# Seen: it adds script-src-attr and style-src-attr. Without such attributes in the page these are empty, which is 'none'. With them they are hashes
# without 'unsafe-hashes', and these are not for attributes.
# Versions: vite-plugin-csp 1.1.2, vite 6.4.6.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true,"type":"module"}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact vite@6.4.6 vite-plugin-csp@1.1.2
cat >plain.html <<'EOF'
<!doctype html>
<html><head><title>Plain</title></head><body><p>Plain</p></body></html>
EOF
cat >styled.html <<'EOF'
<!doctype html>
<html><head><title>Styled</title></head><body><p style="color:red" onclick="shop()">Styled</p></body></html>
EOF
cat >ask.mjs <<'EOF'
import { readFileSync } from 'node:fs'
import { build } from 'vite'
import plugin from 'vite-plugin-csp'

const [page] = process.argv.slice(2)
await build({ configFile: false, logLevel: 'silent', plugins: [plugin()], build: { rollupOptions: { input: page } } })
const [, policy] = readFileSync(`dist/${page}`, 'utf8').match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)
for (const directive of policy.replaceAll('&#39;', "'").split(/; ?/)) {
  if (/^(script|style)-src/.test(directive)) console.log(`${page}: ${directive}`)
}
EOF
echo 'vite-plugin-csp 1.1.2 with vite 6.4.6'
node ask.mjs plain.html >got
node ask.mjs styled.html >>got
cat >want <<'EOF'
plain.html: script-src 'unsafe-inline' 'self' 'unsafe-eval'
plain.html: script-src-attr
plain.html: style-src 'unsafe-inline' 'self' 'unsafe-eval'
plain.html: style-src-attr
styled.html: script-src 'unsafe-inline' 'self' 'unsafe-eval'
styled.html: script-src-attr 'sha384-otPye8OFVY2Wb44W/FAUTYU0e6hfdYc2J8Aw99oez6B0xC99tiWNnaqNV5Cwm1wr'
styled.html: style-src 'unsafe-inline' 'self' 'unsafe-eval'
styled.html: style-src-attr 'sha384-++jQMsWDrTuftTjA7xrFIw/dPnDNqjObPqOnCWGpMhMHHc6RA+75ycfdM/okEng3'
EOF
cat got
diff -u want got
