#!/bin/sh
# http-cache-semantics asks the origin for each answer with must-revalidate, fresh ones too.
#
# Expected: "max-age=60, must-revalidate" is answered from the cache for a minute, and never without asking after that (RFC 9111, 5.2.2.2).
# Seen: it is stored, it has its minute to live, and is not for one request without asking: as if it said no-cache. With proxy-revalidate, which is the same
# for a shared cache, it has no second to live.
# Version: http-cache-semantics 4.3.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact http-cache-semantics@4.3.0
cat >ask.cjs <<'EOF'
const CachePolicy = require('http-cache-semantics')

const request = { method: 'GET', url: '/', headers: {} }
for (const value of ['max-age=60', 'max-age=60, must-revalidate', 'max-age=60, proxy-revalidate', 'no-cache']) {
  const policy = new CachePolicy(request, { status: 200, headers: { 'cache-control': value, etag: '"1"' } })
  const seconds = Math.round(policy.timeToLive() / 1000)
  console.log(`${value} -> stored: ${policy.storable()}, ${seconds} s to live, without asking: ${policy.satisfiesWithoutRevalidation(request)}`)
}
EOF
echo 'http-cache-semantics 4.3.0'
node ask.cjs >got
cat >want <<'EOF'
max-age=60 -> stored: true, 60 s to live, without asking: true
max-age=60, must-revalidate -> stored: true, 60 s to live, without asking: false
max-age=60, proxy-revalidate -> stored: true, 0 s to live, without asking: false
no-cache -> stored: true, 0 s to live, without asking: false
EOF
cat got
diff -u want got
