#!/bin/sh
# The redirects of `serve` escape once more what a name stands for.
#
# Expected: /old/a%20b leads to /new/a%20b.
# Seen: /new/a%2520b, which is another page: the name stands for the escaped text, and the target is escaped as a whole.
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
const redirects = [{ source: '/old/:name', destination: '/new/:name' }]
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
node ask.cjs '/old/a' '/old/a%20b' >got
cat >want <<'EOF'
/old/a -> 301 /new/a
/old/a%20b -> 301 /new/a%2520b
EOF
cat got
diff -u want got
