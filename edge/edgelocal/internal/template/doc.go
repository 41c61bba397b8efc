// Package template reads the templates that people deploy distributions with: CloudFormation and SAM in YAML and JSON, and what CDK
// synthesizes into cdk.out. It gives each distribution as a DistributionConfig for awsconfig, with the code, policies, keys and folders
// that it refers to.
//
// Of a serverless.yml of the Serverless Framework it makes the template: its resources, its functions, the associations of lambdaAtEdge
// and of cloudFront events, and the APIs and URLs that its functions have. Variables are put in if the file itself, another file of YAML or
// JSON that they name, the environment or a parameter of the name has their value.
//
// Read are these resources: AWS::CloudFront::Distribution, CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy, Function,
// KeyValueStore, PublicKey, KeyGroup, OriginAccessControl and CloudFrontOriginAccessIdentity; AWS::Lambda::Function, Version, Alias
// and Url; AWS::Serverless::Function with Globals, InlineCode, CodeUri and AutoPublishAlias; AWS::S3::Bucket with its website; the APIs
// of API Gateway by their domain names; AWS::SSM::Parameter; and CDK's custom resources for values of another Region
// (CrossRegionStringParameterReader, which EdgeFunction makes, CrossRegionExportReader and CrossRegionExportWriter) and for what fills a
// bucket (CDKBucketDeployment); AWS::CloudFormation::Stack and AWS::Serverless::Application whose template is a file here. A resource
// whose Condition is false is not there. A custom resource of one's own that names one function is taken for what publishes it.
//
// Worked out are Ref, Fn::GetAtt, Fn::Sub in both forms, Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap, Fn::If, Fn::Equals, Fn::And,
// Fn::Or, Fn::Not, Fn::ToJsonString, Fn::ImportValue of an output of a template in the same folder, {{resolve:ssm:NAME}} of a
// parameter that such a template sets, and the pseudo parameters. Names that a deployment makes up are made of the logical id, the
// account is 111122223333, the Region is that of CDK's manifest or us-east-1.
//
// Not read are nested stacks whose template is elsewhere, macros and Fn::Transform, Fn::ForEach, Fn::Cidr, Fn::GetAZs, Fn::Base64, Fn::Length, and
// attributes that only a deployment knows. Where one of them matters, a [Note] names its place and what was taken instead:
//
//   - a parameter with neither value nor Default is the first of its AllowedValues, or else its own name
//   - a condition that cannot be worked out is false
//   - an origin's domain name becomes a host under .invalid, the ARN of a function and the id of a policy keep their expression as text,
//     under which they can be bound
//   - a part of a template that has not what CloudFront requires gets an origin that nothing stands for, ids, and a default behaviour
//   - all else is left out
//
// Aliases and merges of YAML are put in. A file has 4 MB, 64 levels and 200,000 values at most; evaluation ends after a bounded number
// of steps, and what refers to itself is not resolved.
package template
