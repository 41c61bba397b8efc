#!/bin/sh
# Behind the first line with a star, lines for one path count as lines with a star at Cloudflare, and the 100th of them ends the file.
#
# Expected: a file may have 2,000 lines for one path and 100 with a star or a name; one star and 105 others are far below both.
# Seen: all that comes behind the star is counted as if it had one, so that 99 of the 105 lines are taken and the rest of the file is left out. With
# the star as the last line all are there.
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
{
	echo '/old/* /new/:splat'
	for n in $(seq 105); do echo "/page$n /p/$n"; done
} >site/_redirects
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
node ask.mjs '/page99' '/page100' '/page105' >got
grep -o 'Maximum.*' log >>got
cat >want <<'EOF'
/page99 -> 302 /p/99
/page100 -> no redirect
/page105 -> no redirect
Maximum number of dynamic rules supported is 100. Skipping remaining 7 lines of file.
EOF
cat got
diff -u want got
