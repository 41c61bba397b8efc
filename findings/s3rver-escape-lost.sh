#!/bin/sh
# A redirect of an S3 website at s3rver has the object's name in its Location as it is, without escapes.
#
# Expected: /old/a%20b leads to /new/a%20b, and /old/50%25 to /new/50%25.
# Seen: the first Location has a space, which no URL has, and the second a percent sign that begins no escape; a %3F
# in the path becomes the beginning of a query.
# Version: s3rver 3.7.1.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact s3rver@3.7.1
cat >website.xml <<'EOF'
<WebsiteConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <IndexDocument><Suffix>index.html</Suffix></IndexDocument>
  <RoutingRules>
    <RoutingRule>
      <Condition><KeyPrefixEquals>old/</KeyPrefixEquals></Condition>
      <Redirect><HostName>www.example</HostName><ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith></Redirect>
    </RoutingRule>
  </RoutingRules>
</WebsiteConfiguration>
EOF
cat >ask.cjs <<'EOF'
const { readFileSync } = require('node:fs')
const { request } = require('node:http')
const S3rver = require('s3rver')

const server = new S3rver({
  address: '127.0.0.1', port: 0, silent: true, directory: 'files',
  configureBuckets: [{ name: 'site', configs: [readFileSync('website.xml', 'utf8')] }],
})
server.run().then(async ({ port }) => {
  const send = (method, path, host) => new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers: { host } }, (answer) => answer.resume().on('end', () => resolve(answer)))
      .on('error', reject).end(method === 'PUT' ? 'a page' : undefined)
  })
  for (const path of ['/old/a%20b', '/old/50%25', '/old/what%3Fnow']) {
    const { statusCode, headers } = await send('GET', path, 'site.s3-website-us-east-1.amazonaws.com')
    console.log(`${path} -> ${statusCode} ${headers.location}`)
  }
  await server.close()
})
EOF
echo 's3rver 3.7.1'
node ask.cjs >got
cat >want <<'EOF'
/old/a%20b -> 301 http://www.example/new/a b
/old/50%25 -> 301 http://www.example/new/50%
/old/what%3Fnow -> 301 http://www.example/new/what?now
EOF
cat got
diff -u want got
