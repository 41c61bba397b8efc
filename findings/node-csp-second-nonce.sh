#!/bin/sh
# Only the first @nonce of a policy is filled by node-csp.
#
# Expected: each directive with @nonce gets the nonce, which scripts and styles of a page share.
# Seen: the first gets it. In the second @nonce stays as it is written, so that all inline styles are blocked.
# Version: node-csp 1.0.1.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact node-csp@1.0.1
cat >ask.cjs <<'EOF'
const csp = require('node-csp')

for (const directives of [{ scriptSrc: ['@nonce'] }, { styleSrc: ['@nonce'] }, { scriptSrc: ['@nonce'], styleSrc: ['@nonce'] }]) {
  console.log(csp.build({ headers: {} }, { nonce: 'abc', directives })['Content-Security-Policy'].trim())
}
EOF
echo 'node-csp 1.0.1'
node ask.cjs >got
cat >want <<'EOF'
script-src 'nonce-abc';
style-src 'nonce-abc';
script-src 'nonce-abc'; style-src @nonce;
EOF
cat got
diff -u want got
