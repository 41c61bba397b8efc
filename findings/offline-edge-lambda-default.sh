#!/bin/sh
# The default behaviour hides the others at serverless-offline-edge-lambda, if its function is the first of the file.
#
# Expected: the function of the pattern /api/* is for /api/list, wherever in the file that of the default behaviour stands: CloudFront's default behaviour is
# for what no other is for, and a map's order means nothing in YAML.
# Seen: functions are tried in the file's order, and the default's pattern, a star, is for all paths.
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
service: default
provider: {name: aws, runtime: nodejs18.x}
plugins: [serverless-offline-edge-lambda]
custom: {offlineEdgeLambda: {}}
functions:
  rest: {handler: who.rest, lambdaAtEdge: {distribution: Site, eventType: viewer-request, pathPattern: '*'}}
  api: {handler: who.api, lambdaAtEdge: {distribution: Site, eventType: viewer-request, pathPattern: '/api/*'}}
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
for (const path of ['/other', '/api/list']) console.log(`${path}: ${await fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.headers.get('x-who'))}`)
END
node ask.mjs "$port" >got
cat >want <<'END'
/other: rest
/api/list: rest
END
echo 'serverless-offline-edge-lambda 1.3.1'
cat got
diff -u want got
