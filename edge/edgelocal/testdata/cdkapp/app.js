const { App, Duration, Stack } = require("aws-cdk-lib");
const apigatewayv2 = require("aws-cdk-lib/aws-apigatewayv2");
const cloudfront = require("aws-cdk-lib/aws-cloudfront");
const origins = require("aws-cdk-lib/aws-cloudfront-origins");
const lambda = require("aws-cdk-lib/aws-lambda");
const s3 = require("aws-cdk-lib/aws-s3");
const deployment = require("aws-cdk-lib/aws-s3-deployment");

class Site extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const pages = this.pages();
    const distribution = new cloudfront.Distribution(this, "Distribution", {
      defaultRootObject: "index.html",
      defaultBehavior: pages,
      additionalBehaviors: {
        "/members/*": { ...pages, functionAssociations: [], edgeLambdas: [this.atTheEdge("members", "VIEWER_REQUEST")] },
        "/api/*": this.dynamic(this.api()),
        "/render/*": this.dynamic(this.render()),
      },
      errorResponses: [{ httpStatus: 403, responseHttpStatus: 404, responsePagePath: "/404.html", ttl: Duration.minutes(5) }],
    });
    new deployment.BucketDeployment(this, "Files", {
      sources: [deployment.Source.asset("site"), deployment.Source.jsonData("config.json", { region: this.region, bucket: this.bucket.bucketName })],
      destinationBucket: this.bucket,
      distribution,
    });
  }

  // pages are the bucket's: their addresses are rewritten in front of the cache, their headers set behind it.
  pages() {
    this.bucket = new s3.Bucket(this, "Bucket", { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
    const store = new cloudfront.KeyValueStore(this, "Redirects", { source: cloudfront.ImportSource.fromAsset("redirects.json") });
    return {
      origin: origins.S3BucketOrigin.withOriginAccessControl(this.bucket),
      cachePolicy: new cloudfront.CachePolicy(this, "AMinute", {
        defaultTtl: Duration.minutes(1),
        queryStringBehavior: cloudfront.CacheQueryStringBehavior.allowList("lang"),
        enableAcceptEncodingGzip: true,
      }),
      responseHeadersPolicy: new cloudfront.ResponseHeadersPolicy(this, "Security", {
        securityHeadersBehavior: {
          frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
          strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
        },
        removeHeaders: ["ETag"],
      }),
      functionAssociations: [{
        eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
        function: new cloudfront.Function(this, "Rewrite", {
          code: cloudfront.FunctionCode.fromFile({ filePath: "functions/rewrite.js" }),
          runtime: cloudfront.FunctionRuntime.JS_2_0,
          keyValueStore: store,
        }),
      }],
      edgeLambdas: [this.atTheEdge("headers", "ORIGIN_RESPONSE")],
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.ALLOW_ALL,
    };
  }

  // atTheEdge is a function of Lambda@Edge, in a stack of its own in us-east-1.
  atTheEdge(name, eventType) {
    const edge = new cloudfront.experimental.EdgeFunction(this, name, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: "index.handler",
      code: lambda.Code.fromAsset(`functions/${name}`),
    });
    return { functionVersion: edge.currentVersion, eventType: cloudfront.LambdaEdgeEventType[eventType] };
  }

  api() {
    const api = new apigatewayv2.HttpApi(this, "Api");
    return new origins.HttpOrigin(`${api.apiId}.execute-api.${this.region}.${this.urlSuffix}`, { originId: "api" });
  }

  render() {
    const page = new lambda.Function(this, "Render", {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: "index.handler",
      code: lambda.Code.fromAsset("functions/render"),
    });
    return origins.FunctionUrlOrigin.withOriginAccessControl(page.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM }), { originId: "render" });
  }

  // dynamic is a behaviour that passes everything on and caches nothing.
  dynamic(origin) {
    return {
      origin,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
    };
  }
}

const app = new App({ outdir: "cdk.out" });
new Site(app, "Site", { env: { account: "111122223333", region: "eu-central-1" } });
app.synth();
