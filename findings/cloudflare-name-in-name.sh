#!/bin/sh
# A name that begins like an earlier one makes Cloudflare's worker drop the rule, which its parser has counted as valid.
#
# Expected: `/:a/:ab /z/:a/:ab` works as `/:ab/:a /z/:ab/:a` does, or is refused. Names such as :id and :idea, :post and :postid are common.
# Seen: the parser says that both rules are valid. The worker puts a group for :a into :ab as well; no expression may have two groups of one name, the
# error is swallowed, and the rule is for no request. The order of the two names decides.
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
/one/:id/:idea /z/:id/:idea
/two/:idea/:id /z/:idea/:id
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
node ask.mjs '/one/1/2' '/two/1/2' >got
grep -o 'Parsed.*' log >>got
cat >want <<'EOF'
/one/1/2 -> no redirect
/two/1/2 -> 302 /z/1/2
Parsed 2 valid redirect rules.
EOF
cat got
diff -u want got
