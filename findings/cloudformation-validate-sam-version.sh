#!/bin/sh
# AWS's validator of templates refuses what Lambda@Edge asks for in a template of SAM, and lets both forms pass that CloudFront refuses.
#
# Expected: `!Ref Edge.Version`, SAM's documented name for the version that AutoPublishAlias makes, is valid where a distribution names its function; the
# function's own ARN and an alias are not, for CloudFront takes numbered versions alone.
# Seen: the other way about. The version is FATAL, as a name that is not there; the ARN and the alias, another name that SAM makes, have no finding, though an
# alias that SAM does not make has one.
# Version: @aws/cloudformation-validate 1.14.0, as it is inside aws-cdk-lib 2.276.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact aws-cdk-lib@2.276.0 constructs@10.8.1
cat >template.yaml <<'END'
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Edge:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: "exports.handler = async (event) => event.Records[0].cf.request"
      AutoPublishAlias: live
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: www, DomainName: www.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior:
          TargetOriginId: www
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          LambdaFunctionAssociations: [{EventType: viewer-request, LambdaFunctionARN: !Ref Edge.Version}]
END
cat >ask.cjs <<'END'
const { createRequire } = require('node:module')
const { readFileSync } = require('node:fs')
const cdk = createRequire(require.resolve('aws-cdk-lib'))
const { CompositeEngine, TemplateContent, version } = cdk('@aws/cloudformation-validate')

console.log(`@aws/cloudformation-validate ${version()}`)
const template = readFileSync('template.yaml', 'utf8')
const engine = new CompositeEngine()
for (const name of ['!Ref Edge.Version', '!Ref EdgeAliaslive', '!GetAtt Edge.Arn', '!Ref EdgeAliasdead']) {
  const report = engine.validateTemplate(new TemplateContent(template.replace('!Ref Edge.Version', name)))
  const found = report.diagnostics.filter(({ severity }) => severity !== 'INFO')
  console.log(`${name}: ${found.map(({ severity, ruleId }) => `${severity} ${ruleId}`).join(', ') || 'no finding'}`)
}
END
node ask.cjs >got
cat >want <<'END'
@aws/cloudformation-validate 1.14.0
!Ref Edge.Version: FATAL F1020
!Ref EdgeAliaslive: no finding
!GetAtt Edge.Arn: no finding
!Ref EdgeAliasdead: FATAL F1020
END
cat got
diff -u want got
