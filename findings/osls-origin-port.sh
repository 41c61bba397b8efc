#!/bin/sh
# osls, the open fork of the Serverless Framework, loses the port and the scheme of an origin that is written as a URL.
#
# Expected: a cloudFront event with the origin http://www.example.com:8080/site has CloudFront ask port 8080 over HTTP, and one with an https:// asks over
# HTTPS.
# Seen: the port is lost, so that CloudFront asks 80 or 443, and which of the two is the viewer's choice, for the policy is match-viewer for both schemes.
# With an origin written as an object all is as one says.
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
functions:
  port:
    handler: edge.handler
    events: [cloudFront: {eventType: origin-request, origin: 'http://www.example.com:8080/site', isDefaultOrigin: true}]
  https:
    handler: edge.handler
    events: [cloudFront: {eventType: origin-request, origin: 'https://api.example.com:8443', pathPattern: '/api/*'}]
  object:
    handler: edge.handler
    events:
      - cloudFront:
          eventType: origin-request
          origin: {DomainName: img.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only, HTTPSPort: 8443}}
          pathPattern: '/img/*'
END
echo 'osls 4.3.1'
AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none node node_modules/osls/bin/serverless.js package --package out >log 2>&1 || { cat log; exit 1; }
cat >ask.cjs <<'END'
const { CloudFrontDistribution } = require('./out/cloudformation-template-update-stack.json').Resources
for (const { DomainName, OriginPath, CustomOriginConfig } of CloudFrontDistribution.Properties.DistributionConfig.Origins) {
  console.log(DomainName, OriginPath ?? 'no path', JSON.stringify(CustomOriginConfig))
}
END
node ask.cjs >got
cat >want <<'END'
www.example.com /site {"OriginProtocolPolicy":"match-viewer"}
api.example.com no path {"OriginProtocolPolicy":"match-viewer"}
img.example.com no path {"OriginProtocolPolicy":"https-only","HTTPSPort":8443}
END
cat got
diff -u want got
