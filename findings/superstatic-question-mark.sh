#!/bin/sh
# The question mark between a name and a query vanishes from targets, in the server of Firebase's emulator.
#
# Expected: `/item/:id` to `/items/:id?from=old` leads to /items/7?from=old.
# Seen: /items/7from=old. The target is read as a pattern, in which a question mark behind a name says that it may be missing. Behind
# text it stays, with an & that the viewer's query would follow.
# Version: superstatic 9.2.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact --omit=optional superstatic@9.2.0
mkdir site
cat >ask.cjs <<'EOF'
const http = require('node:http')
const superstatic = require('superstatic').default
const redirects = [
  { source: '/item/:id', destination: '/items/:id?from=old', type: 301 },
  { source: '/page/:id', destination: '/pages/:id/?from=old', type: 301 },
]
const site = superstatic({ config: { public: 'site', redirects } })
const handle = (request, response) => site(request, response, () => response.writeHead(404).end())
const server = http.createServer(handle)
server.listen(0, '127.0.0.1', async () => {
  for (const path of process.argv.slice(2)) {
    const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { redirect: 'manual' })
    console.log(`${path} -> ${response.status === 404 ? 'no redirect' : `${response.status} ${response.headers.get('location')}`}`)
  }
  server.close()
  server.closeAllConnections()
})
EOF
echo 'superstatic 9.2.0'
node ask.cjs '/item/7' '/page/7' >got
cat >want <<'EOF'
/item/7 -> 301 /items/7from=old
/page/7 -> 301 /pages/7/?from=old&
EOF
cat got
diff -u want got
