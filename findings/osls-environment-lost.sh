#!/bin/sh
# osls, the open fork of the Serverless Framework, takes the environment variables of an edge function away, and says nothing.
#
# Expected: a function of a cloudFront event that has environment variables is refused, as one with 256 MB on a viewer event is: Lambda@Edge has none.
# Seen: it is packaged without a warning, and without them: its own, those of the provider, and its VPC. A function that has an httpApi event too
# has none there either, where they are allowed.
# Version: osls 4.3.1.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact osls@4.3.1
echo 'exports.handler = async (event) => event.Records[0].cf.request' >edge.js
cat >serverless.yml <<'END'
service: shop
frameworkVersion: '4'
provider: {name: aws, runtime: nodejs22.x, environment: {STAGE: dev}}
functions:
  edge:
    handler: edge.handler
    environment: {TABLE: goods}
    events: [cloudFront: {eventType: origin-request, origin: 'https://www.example.com'}]
  both:
    handler: edge.handler
    environment: {TABLE: goods}
    vpc: {securityGroupIds: [sg-1], subnetIds: [subnet-1]}
    events: [httpApi: 'GET /goods', cloudFront: {eventType: origin-request, origin: 'https://www.example.com', pathPattern: '/goods'}]
  api:
    handler: edge.handler
    environment: {TABLE: goods}
    vpc: {securityGroupIds: [sg-1], subnetIds: [subnet-1]}
    events: [httpApi: 'GET /list']
END
echo 'osls 4.3.1'
AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none node node_modules/osls/bin/serverless.js package --package out >log 2>&1 || { cat log; exit 1; }
cat >ask.cjs <<'END'
const { Resources } = require('./out/cloudformation-template-update-stack.json')
for (const name of ['edge', 'both', 'api']) {
  const { Environment, VpcConfig } = Resources[`${name[0].toUpperCase()}${name.slice(1)}LambdaFunction`].Properties
  console.log(`${name}: ${Environment ? JSON.stringify(Environment.Variables) : 'no variables'}, ${VpcConfig ? 'in its VPC' : 'no VPC'}`)
}
END
{
  echo "$(grep -ciE 'warn|environment|variable' log || :) warnings"
  node ask.cjs
} >got
cat >want <<'END'
0 warnings
edge: no variables, no VPC
both: no variables, no VPC
api: {"STAGE":"dev","TABLE":"goods"}, in its VPC
END
cat got
diff -u want got
