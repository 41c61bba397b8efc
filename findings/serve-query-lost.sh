#!/bin/sh
# The redirects of `serve` lose the viewer's query.
#
# Expected: /old/7?ref=mail leads to /new/7?ref=mail, as with the hosts whose configuration it resembles.
# Seen: /new/7, and no setting for it.
# Version: serve-handler 6.1.6, which the command serve is made of.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact serve-handler@6.1.6
mkdir site
cat >ask.cjs <<'EOF'
const http = require('node:http')
const serve = require('serve-handler')
const redirects = [{ source: '/old/:id', destination: '/new/:id' }]
const handle = (request, response) => serve(request, response, { public: 'site', redirects })
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
echo 'serve-handler 6.1.6'
node ask.cjs '/old/7' '/old/7?ref=mail' >got
cat >want <<'EOF'
/old/7 -> 301 /new/7
/old/7?ref=mail -> 301 /new/7
EOF
cat got
diff -u want got
