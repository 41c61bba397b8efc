#!/bin/sh
# A redirect whose target has its name elsewhere than behind a slash is for nobody, in the server of Firebase's emulator.
#
# Expected: `/item/:id` to `/shop?item=:id` leads to /shop?item=7.
# Seen: there is no redirect. Names are looked for behind slashes of the target; if none is there the source is taken for text with stars, and is for a
# literal "/item/:id".
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
const redirects = [{ source: '/item/:id', destination: '/shop?item=:id', type: 301 }]
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
node ask.cjs '/item/7' '/item/:id' >got
cat >want <<'EOF'
/item/7 -> no redirect
/item/:id -> 301 /shop?item=:id&
EOF
cat got
diff -u want got
