#!/bin/sh
# serverless-offline-edge-lambda finds an object in its cache and asks the origin all the same.
#
# Expected: the second request for a page is answered from the cache: its function on origin-request does not run again.
# Seen: "Cache hit" is logged for it, and the function runs for it too, and the origin is asked: what was found is thrown away. The cache knows
# a path alone, so that a request with another query string is a hit as well.
# Version: serverless-offline-edge-lambda 1.3.1, with serverless 3.40.0.
set -eu
dir=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || :; fi; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact serverless@3.40.0 serverless-offline-edge-lambda@1.3.1
cat >count.js <<'END'
let runs = 0
exports.handler = async (event) => {
  const request = event.Records[0].cf.request
  return { status: '200', headers: { 'x-runs': [{ key: 'X-Runs', value: String(++runs) }], 'cache-control': [{ key: 'Cache-Control', value: 'max-age=3600' }] }, body: request.uri }
}
END
cat >serverless.yml <<'END'
service: hit
provider: {name: aws, runtime: nodejs18.x}
plugins: [serverless-offline-edge-lambda]
custom: {offlineEdgeLambda: {}}
functions:
  count:
    handler: count.handler
    lambdaAtEdge: {distribution: Site, eventType: origin-request, pathPattern: '*'}
resources:
  Resources:
    Site: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Enabled: true}}}
END
cat >loopback.cjs <<'END'
// The plugin would listen on all of the machine's addresses.
const { Server } = require('node:net')
const { listen } = Server.prototype
Server.prototype.listen = function (port, ...rest) { return listen.call(this, Number(port), '127.0.0.1', ...rest) }
END
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
SLS_TELEMETRY_DISABLED=1 SLS_NOTIFICATIONS_MODE=off AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none \
  node --require ./loopback.cjs node_modules/serverless/bin/serverless.js offline start --port="$port" --cacheDir="$dir/cache" >log 2>&1 &
server=$!
cat >ask.mjs <<'END'
const port = process.argv[2]
const ask = (path) => fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.headers.get('x-runs'))
for (let i = 0; ; i++) {
  try { await fetch(`http://127.0.0.1:${port}/first`); break } catch (error) { if (i === 300) throw error }
  await new Promise((resolve) => setTimeout(resolve, 100))
}
const before = Number(await ask('/page'))
for (const path of ['/page', '/page?other=1']) console.log(`${path} again: the function has run ${(await ask(path)) - before} more times`)
END
node ask.mjs "$port" >got
echo "log: $(grep -c 'Cache hit' log) hits" >>got
cat >want <<'END'
/page again: the function has run 1 more times
/page?other=1 again: the function has run 2 more times
log: 2 hits
END
echo 'serverless-offline-edge-lambda 1.3.1'
cat got
diff -u want got
