#!/bin/sh
# Two slashes in a row in what a star stands for become one at Cloudflare, if the target is a path; to another host they stay.
#
# Expected: :splat is what stood there, as it is in a file for another host. S3 and its like know a difference between a//b and a/b.
# Seen: one slash in the one, two in the other.
# Version: wrangler 4.86.0.
set -eu
dir=$(mktemp -d)
pid=
trap 'test -z "$pid" || { kill "$pid"; wait "$pid" || :; }; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact wrangler@4.86.0
mkdir -p site node_modules/.mf
echo '{}' >node_modules/.mf/cf.json # else wrangler asks Cloudflare where this machine is
cat >site/_redirects <<'EOF'
/here/* /files/:splat
/there/* https://files.example/:splat
EOF
export WRANGLER_SEND_METRICS=false HOME="$dir"
node_modules/.bin/wrangler dev --assets site --ip 127.0.0.1 --port 0 --inspector-port 0 --compatibility-date 2026-04-01 >log 2>&1 </dev/null &
pid=$!
cat >ask.mjs <<'EOF'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
let ready
for (let tries = 0; !ready && tries < 300; tries++) {
  await setTimeout(100)
  ready = /Ready on (http:\S+)/.exec(readFileSync('log', 'utf8'))
}
for (const path of process.argv.slice(2)) {
  const { status, headers } = await fetch(ready[1] + path, { redirect: 'manual' })
  console.log(`${path} -> ${status === 404 ? 'no redirect' : `${status} ${headers.get('location')}`}`)
}
EOF
echo 'wrangler 4.86.0'
node ask.mjs '/here/a//b' '/there/a//b' >got
cat >want <<'EOF'
/here/a//b -> 302 /files/a/b
/there/a//b -> 302 https://files.example/a//b
EOF
cat got
diff -u want got
