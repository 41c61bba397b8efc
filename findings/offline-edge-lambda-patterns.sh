#!/bin/sh
# Two of CloudFront's path patterns are for no request at serverless-offline-edge-lambda.
#
# Expected: images/* is for /images/logo.png, for the slash at the beginning may be left out, and /page?.html is for /page1.html, for a question mark
# stands for one character: so CloudFront's manual.
# Seen: neither is; the default behaviour's function runs.
# Version: serverless-offline-edge-lambda 1.3.1, with serverless 3.40.0.
set -eu
dir=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || :; fi; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact serverless@3.40.0 serverless-offline-edge-lambda@1.3.1
cat >who.js <<'END'
const answer = (name) => async () => ({ status: '200', headers: { 'x-who': [{ key: 'X-Who', value: name }] }, body: name })
for (const name of ['images', 'page', 'api', 'rest']) exports[name] = answer(name)
END
cat >serverless.yml <<'END'
service: patterns
provider: {name: aws, runtime: nodejs18.x}
plugins: [serverless-offline-edge-lambda]
custom: {offlineEdgeLambda: {}}
functions:
  images: {handler: who.images, lambdaAtEdge: {distribution: Site, eventType: viewer-request, pathPattern: 'images/*'}}
  page: {handler: who.page, lambdaAtEdge: {distribution: Site, eventType: viewer-request, pathPattern: '/page?.html'}}
  api: {handler: who.api, lambdaAtEdge: {distribution: Site, eventType: viewer-request, pathPattern: '/api/*'}}
  rest: {handler: who.rest, lambdaAtEdge: {distribution: Site, eventType: viewer-request, pathPattern: '*'}}
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
SLS_TELEMETRY_DISABLED=1 SLS_NOTIFICATIONS_MODE=off AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none \
  node --require ./loopback.cjs node_modules/serverless/bin/serverless.js offline start --port="$port" --cacheDir="$dir/cache" >log 2>&1 &
server=$!
cat >ask.mjs <<'END'
const port = process.argv[2]
for (let i = 0; ; i++) {
  try { await fetch(`http://127.0.0.1:${port}/`); break } catch (error) { if (i === 300) throw error }
  await new Promise((resolve) => setTimeout(resolve, 100))
}
for (const path of ['/api/list', '/images/logo.png', '/page1.html']) console.log(`${path}: ${await fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.headers.get('x-who'))}`)
END
node ask.mjs "$port" >got
cat >want <<'END'
/api/list: api
/images/logo.png: rest
/page1.html: rest
END
echo 'serverless-offline-edge-lambda 1.3.1'
cat got
diff -u want got
