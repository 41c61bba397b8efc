import { App } from "aws-cdk-lib";
import { Site } from "./site.js";

new Site(new App(), "githubdemo", {
  description: "A private bucket, a CloudFront distribution and two Lambda@Edge functions in Go",
  // CloudFront takes functions from us-east-1 only. With a stack elsewhere EdgeFunction makes a second one there, and needs env.account.
  env: { region: "us-east-1" },
});
