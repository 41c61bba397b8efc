import { join } from "node:path";
import { CfnOutput, Duration, RemovalPolicy, Stack, StackProps } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as deployment from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { GoEdgeFunction } from "./go-edge-function.js";

const demo = join(__dirname, "..", "..");
const packages = process.env.PACKAGES ?? join(demo, "..", "..", "build");

/** A private bucket, a distribution in front of it, and the two functions. */
export class Site extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const bucket = this.bucket();
    const distribution = this.distribution(bucket, this.functions());
    new deployment.BucketDeployment(this, "Pages", {
      sources: [deployment.Source.asset(join(demo, "site"), { exclude: ["*.go"] })],
      destinationBucket: bucket,
      // The names carry no hash of the content, so neither browsers nor CloudFront may keep them long.
      cacheControl: [deployment.CacheControl.setPublic(), deployment.CacheControl.maxAge(Duration.minutes(5))],
      distribution, // what is cached is forgotten
    });
    new CfnOutput(this, "SiteURL", { value: `https://${distribution.distributionDomainName}/` });
  }

  private bucket(): s3.Bucket {
    return new s3.Bucket(this, "Bucket", {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: s3.BucketEncryption.S3_MANAGED, // CloudFront could not use a key of KMS without a policy for it
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private functions(): GoEdgeFunction[] {
    const { VIEWER_REQUEST, ORIGIN_RESPONSE } = cloudfront.LambdaEdgeEventType;
    const viewerRequest = `${this.stackName}-viewer-request`;
    const originResponse = `${this.stackName}-origin-response`;
    const role = this.role([this.logGroup("ViewerRequestLogs", viewerRequest), this.logGroup("OriginResponseLogs", originResponse)]);
    return [
      new GoEdgeFunction(this, "ViewerRequest", {
        functionName: viewerRequest,
        description: "Redirects the form of index.html to other.html",
        zip: join(packages, "viewerrequest.zip"),
        trigger: VIEWER_REQUEST,
        role,
      }),
      new GoEdgeFunction(this, "OriginResponse", {
        functionName: originResponse,
        description: "Adds the Content-Security-Policy and the other security headers",
        zip: join(packages, "originresponse.zip"),
        trigger: ORIGIN_RESPONSE,
        role,
      }),
    ];
  }

  /** The log group of a function in us-east-1. In other regions the replicas make their own, kept forever. */
  private logGroup(id: string, functionName: string): string {
    const logGroupName = `/aws/lambda/us-east-1.${functionName}`;
    new logs.LogGroup(this, id, { logGroupName, retention: logs.RetentionDays.TWO_WEEKS, removalPolicy: RemovalPolicy.DESTROY });
    return logGroupName;
  }

  /** Logs, and nothing else, in every region: a replica writes to the one where it runs. */
  private role(logGroups: string[]): iam.Role {
    return new iam.Role(this, "Role", {
      description: `Lambda@Edge functions of ${this.stackName}`,
      assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com"), // the distribution adds edgelambda.amazonaws.com
      inlinePolicies: {
        logs: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
              resources: logGroups.map((group) => `arn:aws:logs:*:*:log-group:${group}:*`),
            }),
          ],
        }),
      },
    });
  }

  private distribution(bucket: s3.Bucket, functions: GoEdgeFunction[]): cloudfront.Distribution {
    return new cloudfront.Distribution(this, "Distribution", {
      comment: this.stackName,
      defaultRootObject: "index.html",
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: origins.S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // Viewer-request functions see the query string though it is not in the key. No origin request policy: the viewer's Host
        // would break the signature.
        cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
        edgeLambdas: functions.map((f) => f.association),
      },
      // The bucket answers 403 for a key that it does not have, because CloudFront may not list it.
      errorResponses: [403, 404].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: 404,
        responsePagePath: "/404.html",
        ttl: Duration.seconds(10),
      })),
    });
  }
}
