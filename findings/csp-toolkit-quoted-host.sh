#!/bin/sh
# Hosts whose names begin with "sha" or "nonce" are put in quotes by csp-toolkit.
#
# Expected: in a list of hosts each is written as it stands.
# Seen: what begins with "sha" is taken for a hash and what begins with "nonce" for a nonce. In quotes a name is no source, so what shared.example
# serves is blocked, and what cdn.example serves is not.
# Version: csp-toolkit 1.5.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact csp-toolkit@1.5.0
cat >ask.mjs <<'EOF'
import { definePolicy } from 'csp-toolkit'

for (const host of process.argv.slice(2)) {
  console.log(`${host} -> ${definePolicy({ imgSrc: ['self', host] })}`)
}
EOF
echo 'csp-toolkit 1.5.0'
node ask.mjs cdn.example shared.example https://shared.example nonce.example >got
cat >want <<'EOF'
cdn.example -> img-src 'self' cdn.example;
shared.example -> img-src 'self' 'shared.example';
https://shared.example -> img-src 'self' https://shared.example;
nonce.example -> img-src 'self' 'nonce.example';
EOF
cat got
diff -u want got
