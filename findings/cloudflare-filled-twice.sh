#!/bin/sh
# What a placeholder stands for is searched for placeholders again at Cloudflare.
#
# Expected: a colon in a request's path is text: /tag/:name/7 leads to /t/:name/7.
# Seen: ":name" from the request is replaced in its turn by the value of the rule's second name. netlify-redirector 0.5.0 does the same.
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
/tag/:group/:name /t/:group/:name
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
node ask.mjs '/tag/go/7' '/tag/:name/7' >got
cat >want <<'EOF'
/tag/go/7 -> 302 /t/go/7
/tag/:name/7 -> 302 /t/7/7
EOF
cat got
diff -u want got
