#!/bin/sh
# An origin's answer always is 200 and JSON at serverless-offline-edge-lambda, and the origin gets no query.
#
# Expected: the origin is asked for /page?id=7, and its status and its headers are what functions and the viewer get.
# Seen: it is asked for /page, and of its answer only the body is taken: 404 and text/html become 200 and application/json, and its other headers are lost.
# Version: serverless-offline-edge-lambda 1.3.1, with serverless 3.40.0.
set -eu
dir=$(mktemp -d)
server=
origin=
trap 'for p in $server $origin; do kill "$p" 2>/dev/null || :; done; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact serverless@3.40.0 serverless-offline-edge-lambda@1.3.1
cat >same.js <<'END'
exports.handler = async (event) => event.Records[0].cf.request
END
cat >origin.mjs <<'END'
import { createServer } from 'node:http'
import { writeFileSync } from 'node:fs'
const server = createServer((request, answer) => {
  answer.writeHead(404, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=60' })
  answer.end(`asked for ${request.url}`)
})
server.listen(0, '127.0.0.1', () => writeFileSync('origin.port', String(server.address().port)))
END
node origin.mjs &
origin=$!
for try in $(seq 100); do
	[ ! -s origin.port ] || break
	sleep 0.1
done
cat >serverless.yml <<'END'
service: origin
provider: {name: aws, runtime: nodejs18.x}
plugins: [serverless-offline-edge-lambda]
custom: {offlineEdgeLambda: {originMap: [{pathPattern: '*', target: 'http://127.0.0.1:${env:ORIGIN}'}]}}
functions:
  same: {handler: same.handler, lambdaAtEdge: {distribution: Site, eventType: origin-request, pathPattern: '*'}}
resources:
  Resources:
    Site: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Enabled: true}}}
END
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
cat >loopback.cjs <<'END'
// The plugin would listen on all of the machine's addresses.
const { Server } = require('node:net')
const { listen } = Server.prototype
Server.prototype.listen = function (port, ...rest) { return listen.call(this, Number(port), '127.0.0.1', ...rest) }
END
ORIGIN=$(cat origin.port) SLS_TELEMETRY_DISABLED=1 SLS_NOTIFICATIONS_MODE=off AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none \
  node --require ./loopback.cjs node_modules/serverless/bin/serverless.js offline start --port="$port" --cacheDir="$dir/cache" >log 2>&1 &
server=$!
cat >ask.mjs <<'END'
const port = process.argv[2]
for (let i = 0; ; i++) {
  try { await fetch(`http://127.0.0.1:${port}/`); break } catch (error) { if (i === 300) throw error }
  await new Promise((resolve) => setTimeout(resolve, 100))
}
const answer = await fetch(`http://127.0.0.1:${port}/page?id=7`)
console.log(`${answer.status} ${answer.headers.get('content-type')}, Cache-Control ${answer.headers.get('cache-control')}: ${await answer.text()}`)
END
node ask.mjs "$port" >got
cat >want <<'END'
200 application/json, Cache-Control null: asked for /page
END
echo 'serverless-offline-edge-lambda 1.3.1'
cat got
diff -u want got
