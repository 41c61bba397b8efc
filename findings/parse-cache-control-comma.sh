#!/bin/sh
# A comma too many makes the whole of Cache-Control nothing to parse-cache-control.
#
# Expected: an empty element of a list is passed over, as a recipient must (RFC 9110, 5.6.1.2). Headers put together from optional parts often have one.
# Seen: the answer is null, as for a header that is none, and nothing of it is known.
# Version: parse-cache-control 1.0.1.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact parse-cache-control@1.0.1
cat >ask.cjs <<'EOF'
const parse = require('parse-cache-control')

for (const value of ['public, max-age=60', 'public, max-age=60,', 'public, , max-age=60']) {
  console.log(`${value} -> ${JSON.stringify(parse(value))}`)
}
EOF
echo 'parse-cache-control 1.0.1'
node ask.cjs >got
cat >want <<'EOF'
public, max-age=60 -> {"public":true,"max-age":60}
public, max-age=60, -> null
public, , max-age=60 -> null
EOF
cat got
diff -u want got
