#!/bin/sh
# Of two functions of one path pattern the first has the say at osls, the open fork of the Serverless Framework, also about what it leaves unsaid.
#
# Expected: what one of a pattern's two functions says of its cache behaviour counts, wherever in the file it stands, for the other says nothing of it.
# Seen: the first function's event gets the defaults, which then stand against what the second says: its cache policy and its viewer protocol policy are
# lost without a warning. What has no default is taken from the second, as Compress.
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
provider: {name: aws, runtime: nodejs22.x}
custom:
  # CachingDisabled, one of CloudFront's managed policies.
  settings: &settings
    cachePolicy: {id: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
    behavior: {ViewerProtocolPolicy: redirect-to-https, Compress: true}
functions:
  a-request:
    handler: edge.handler
    events: [cloudFront: {eventType: viewer-request, origin: 'https://www.example.com', pathPattern: '/a/*'}]
  a-response:
    handler: edge.handler
    events: [cloudFront: {eventType: viewer-response, origin: 'https://www.example.com', pathPattern: '/a/*', <<: *settings}]
  b-response:
    handler: edge.handler
    events: [cloudFront: {eventType: viewer-response, origin: 'https://www.example.com', pathPattern: '/b/*', <<: *settings}]
  b-request:
    handler: edge.handler
    events: [cloudFront: {eventType: viewer-request, origin: 'https://www.example.com', pathPattern: '/b/*'}]
END
echo 'osls 4.3.1'
AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none node node_modules/osls/bin/serverless.js package --package out >log 2>&1 || { cat log; exit 1; }
cat >ask.cjs <<'END'
const { CloudFrontDistribution } = require('./out/cloudformation-template-update-stack.json').Resources
const policies = { '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': 'CachingDisabled', '658327ea-f89d-4fab-a63d-7e88639e58f6': 'CachingOptimized' }
for (const behavior of CloudFrontDistribution.Properties.DistributionConfig.CacheBehaviors) {
  const events = behavior.LambdaFunctionAssociations.map(({ EventType }) => EventType)
  console.log(`${behavior.PathPattern} (${events}): ${policies[behavior.CachePolicyId]}, ${behavior.ViewerProtocolPolicy}, Compress ${behavior.Compress}`)
}
END
node ask.cjs >got
cat >want <<'END'
/a/* (viewer-request,viewer-response): CachingOptimized, allow-all, Compress true
/b/* (viewer-response,viewer-request): CachingDisabled, redirect-to-https, Compress true
END
cat got
diff -u want got
