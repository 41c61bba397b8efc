#!/bin/sh
# A Cache-Control that is parsed and written again has another meaning at cache-control-parser.
#
# Expected: what is parsed and written again is the same, or is refused.
# Seen: no-cache and private for some headers become no-cache and private for the whole answer; a max-age in quotes, which a recipient ought to take
# (RFC 9111, 5.2), is lost, and so is must-understand, which says when no-store does not hold.
# Version: cache-control-parser 2.2.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact cache-control-parser@2.2.0
cat >ask.cjs <<'EOF'
const { parse, stringify } = require('cache-control-parser')

for (const value of ['max-age=60, public', 'max-age=60, no-cache="set-cookie"', 'max-age=60, private="x-name"', 'public, max-age="60"',
  'must-understand, no-store']) {
  console.log(`${value} -> ${stringify(parse(value))}`)
}
EOF
echo 'cache-control-parser 2.2.0'
node ask.cjs >got
cat >want <<'EOF'
max-age=60, public -> max-age=60, public
max-age=60, no-cache="set-cookie" -> max-age=60, no-cache
max-age=60, private="x-name" -> max-age=60, private
public, max-age="60" -> public
must-understand, no-store -> no-store
EOF
cat got
diff -u want got
