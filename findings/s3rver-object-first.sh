#!/bin/sh
# A routing rule of an S3 website is only for what is missing at s3rver.
#
# Expected: a rule with a prefix redirects all requests below it, as Amazon's manual says; for those that fail there is another condition,
# HttpErrorCodeReturnedEquals.
# Seen: an object that is there is answered; the rule is looked at for missing ones only, as if it had that condition with 404.
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
      <Condition><KeyPrefixEquals>docs/</KeyPrefixEquals></Condition>
      <Redirect><HostName>www.example</HostName><ReplaceKeyPrefixWith>documents/</ReplaceKeyPrefixWith></Redirect>
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
  await send('PUT', '/site/docs/old.html', '127.0.0.1')
  for (const path of ['/docs/missing.html', '/docs/old.html']) {
    const { statusCode, headers } = await send('GET', path, 'site.s3-website-us-east-1.amazonaws.com')
    console.log(`${path} -> ${statusCode} ${headers.location ?? 'no redirect'}`)
  }
  await server.close()
})
EOF
echo 's3rver 3.7.1'
node ask.cjs >got
cat >want <<'EOF'
/docs/missing.html -> 301 http://www.example/documents/missing.html
/docs/old.html -> 200 no redirect
EOF
cat got
diff -u want got
