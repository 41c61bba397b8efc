#!/bin/sh
# CDK's EdgeFunction holds one of Lambda@Edge's restrictions at synth, and passes the others on.
#
# Expected: a function that Lambda@Edge cannot have is refused when the app is synthesized, as one with environment variables is: AWS's page on
# restrictions names arm64, layers, X-Ray, dead letter queues, and more ephemeral storage than 512 MB in one list with these.
# Seen: of these environment variables alone are an error; the rest is in the template, and CloudFront refuses it at the end of a deployment.
# Version: aws-cdk-lib 2.276.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --silent --save-exact aws-cdk-lib@2.276.0 constructs@10.8.1
cat >ask.cjs <<'END'
const { App, Size, Stack } = require('aws-cdk-lib')
const lambda = require('aws-cdk-lib/aws-lambda')
const cloudfront = require('aws-cdk-lib/aws-cloudfront')
const { HttpOrigin } = require('aws-cdk-lib/aws-cloudfront-origins')

const layer = 'arn:aws:lambda:us-east-1:111122223333:layer:tools:1'
const shapes = {
  'environment variables': () => ({ environment: { STAGE: 'dev' } }),
  'arm64': () => ({ architecture: lambda.Architecture.ARM_64 }),
  'a layer': (stack) => ({ layers: [lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', layer)] }),
  'X-Ray': () => ({ tracing: lambda.Tracing.ACTIVE }),
  'a dead letter queue': () => ({ deadLetterQueueEnabled: true }),
  '10 GB of ephemeral storage': () => ({ ephemeralStorageSize: Size.gibibytes(10) })
}
for (const [name, shape] of Object.entries(shapes)) {
  const app = new App({ outdir: `out-${name.length}` })
  const stack = new Stack(app, 'Site', { env: { account: '111122223333', region: 'us-east-1' } })
  try {
    const code = lambda.Code.fromInline('exports.handler = async (event) => event.Records[0].cf.request')
    const edge = new cloudfront.experimental.EdgeFunction(stack, 'Edge', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code, ...shape(stack) })
    const edgeLambdas = [{ functionVersion: edge.currentVersion, eventType: cloudfront.LambdaEdgeEventType.VIEWER_REQUEST }]
    new cloudfront.Distribution(stack, 'Site', { defaultBehavior: { origin: new HttpOrigin('www.example.com'), edgeLambdas } })
    app.synth()
    console.log(`${name}: synthesized`)
  } catch (error) {
    console.log(`${name}: refused`)
  }
}
END
echo 'aws-cdk-lib 2.276.0'
CDK_VALIDATION=false node ask.cjs 2>/dev/null >got
cat >want <<'END'
environment variables: refused
arm64: synthesized
a layer: synthesized
X-Ray: synthesized
a dead letter queue: synthesized
10 GB of ephemeral storage: synthesized
END
cat got
diff -u want got
