#!/bin/sh
# A report-only policy has the enforced policy's sources at csp-typed-directives.
#
# Expected: two policies are written, each with its own sources: the second is there to try out stricter ones.
# Seen: a directive that stands in both has the enforced policy's sources in both headers. What is stricter is tried only if the enforced policy has no
# such directive.
# Version: csp-typed-directives 1.1.10.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact csp-typed-directives@1.1.10
cat >ask.cjs <<'EOF'
const { CspDirectives } = require('csp-typed-directives')

const enforced = { 'script-src': ['self', 'cdn.example'], 'img-src': '*' }
const tried = { 'script-src': 'self', 'style-src': 'self' }
const headers = new CspDirectives(enforced, [], tried).getHeaders()
for (const name of ['Content-Security-Policy', 'Content-Security-Policy-Report-Only']) console.log(`${name}: ${headers[name]}`)
EOF
echo 'csp-typed-directives 1.1.10'
node ask.cjs >got
cat >want <<'EOF'
Content-Security-Policy: img-src *; script-src 'self' cdn.example;
Content-Security-Policy-Report-Only: script-src 'self' cdn.example; style-src 'self';
EOF
cat got
diff -u want got
