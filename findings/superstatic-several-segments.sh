#!/bin/sh
# A redirect for :rest* works for one segment and is passed over for more, in the server of Firebase's emulator.
#
# Expected: `/blog/:rest*` to `https://blog.example/:rest` is for all below /blog/, or is refused when it is read.
# Seen: it is for /blog/a. For /blog/a/b the value is a list of two, the target has no star for it, the error is swallowed and the rule does not
# count. With `:rest*` in the target, too, all is well.
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
  { source: '/blog/:rest*', destination: 'https://blog.example/:rest', type: 301 },
  { source: '/news/:rest*', destination: 'https://news.example/:rest*', type: 301 },
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
node ask.cjs '/blog/a' '/blog/a/b' '/news/a/b' >got
cat >want <<'EOF'
/blog/a -> 301 https://blog.example/a
/blog/a/b -> no redirect
/news/a/b -> 301 https://news.example/a/b
EOF
cat got
diff -u want got
