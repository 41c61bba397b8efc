#!/bin/sh
# Two parsers of Cache-Control know its directives by one way of writing them only.
#
# Expected: Max-Age=60 is max-age=60 (RFC 9111, 5.2: names are without regard to case).
# Seen: http-cache-semantics lets such an answer live for no second; parse-cache-control gives it back under the name as written, with a string where
# max-age has a number.
# Version: http-cache-semantics 4.3.0, parse-cache-control 1.0.1.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact http-cache-semantics@4.3.0 parse-cache-control@1.0.1
cat >ask.cjs <<'EOF'
const CachePolicy = require('http-cache-semantics')
const parse = require('parse-cache-control')

const request = { method: 'GET', url: '/', headers: {} }
for (const value of ['max-age=60', 'Max-Age=60']) {
  const policy = new CachePolicy(request, { status: 200, headers: { 'cache-control': value } })
  console.log(`${value} -> ${Math.round(policy.timeToLive() / 1000)} s to live, ${JSON.stringify(parse(value))}`)
}
EOF
echo 'http-cache-semantics 4.3.0, parse-cache-control 1.0.1'
node ask.cjs >got
cat >want <<'EOF'
max-age=60 -> 60 s to live, {"max-age":60}
Max-Age=60 -> 0 s to live, {"Max-Age":"60"}
EOF
cat got
diff -u want got
