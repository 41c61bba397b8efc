package template_test

// templates are written after those that people publish, with reserved names; cdk-typescript and
// cdk-references are what aws-cdk-lib 2 synthesized of two small apps, without roles and CDK's own providers.
func templates() []loaded {
	return []loaded{
		{
			file: "sam-rewrite/template.yaml",
			has: []string{
				"function template-RewriteFunction:1 nodejs22.x index.handler sam-rewrite/rewrite",
				"origin site bucket 111122223333-site.s3.us-east-1.amazonaws.com SiteBucket",
			},
		},
		{
			file: "sam-globals/template.yml",
			has: []string{
				"function template-OnRequest: Architectures: Lambda@Edge takes no function with arm64: want x86_64 (lambda-at-edge-function-restrictions.html)",
				"function template-OnRequest: Environment: Lambda@Edge takes no function with environment variables: put the values into the code, or into custom headers of the origin (lambda-at-edge-function-restrictions.html)",
				"function template-OnRequest: MemorySize: 512 MB on viewer-request, Lambda@Edge takes 128 MB after one page of AWS's and more after another",
				"function template-OnRequest: Timeout: 20 s on viewer-request, Lambda@Edge takes 5 s after one page of AWS's and 30 s after another",
				"function template-OnRequest:1 nodejs20.x app.handler sam-globals/src/request",
				"function template-OnResponse: Architectures: Lambda@Edge takes no function with arm64: want x86_64 (lambda-at-edge-function-restrictions.html)",
				"function template-OnResponse: Environment: Lambda@Edge takes no function with environment variables: put the values into the code, or into custom headers of the origin (lambda-at-edge-function-restrictions.html)",
				"function template-OnResponse: Tracing: Lambda@Edge takes no function with X-Ray (lambda-at-edge-function-restrictions.html)",
				"function template-OnResponse: the association names dev, Lambda@Edge takes a numbered version and no alias or $LATEST (lambda-at-edge-function-restrictions.html)",
				"function template-OnResponse:dev nodejs20.x app.handler sam-globals/src/response",
				"origin template-origin other origin.example.com",
			},
			notes: []string{
				`template.yml:17: Parameters.Stage: neither a Default nor a value given: "dev" is taken; give one as a parameter of that name`,
			},
		},
		{
			file: "sam-python/template.yaml",
			has: []string{
				"function template-Headers:1 python3.13 index.handler inline",
				"function template-auth:1 python3.13 app.handler sam-python/auth",
				"origin app other importvalue-shared-load-balancer.invalid",
			},
			notes: []string{
				`template.yaml:29: Resources.Distribution.Properties.DistributionConfig.Origins[0].DomainName: !ImportValue shared-load-balancer: the output of another stack, which is not in this folder; the host is importvalue-shared-load-balancer.invalid here, a name that no server has: bind the origin to a folder or a URL`,
			},
		},
		{
			file: "sam-api/template.yaml",
			has: []string{
				"origin http API Gateway http.execute-api.us-east-1.amazonaws.com Http",
				"origin rest API Gateway serverlessrestapi.execute-api.us-east-1.amazonaws.com",
				"origin url function URL backend.lambda-url.us-east-1.on.aws Backend",
				"origin url function template-Backend",
			},
		},
		{
			file: "cfn-inline/template.yaml",
			has: []string{
				"function template-Headers:1 nodejs22.x index.handler inline",
				"origin template-bucket bucket template-bucket.s3.amazonaws.com Bucket",
			},
		},
		{
			file: "cfn-conditions/template.yaml",
			has: []string{
				"origin S3 bucket bucketname.s3.amazonaws.com Bucket",
			},
			notes: []string{
				`template.yaml:3: Parameters.BucketName: neither a Default nor a value given: "bucketname" is taken; give one as a parameter of that name`,
				`template.yaml:31: Resources.Distribution.Properties.DistributionConfig.Aliases[1]: !ImportValue zone-name: the output of another stack, which is not in this folder; it is left out of the list`,
			},
		},
		{
			file: "cfn-website/template.yaml",
			has: []string{
				"origin website bucket website www.example.com.s3-website-us-east-1.amazonaws.com Site",
				`origin website website index.html error/404.html  [{"RedirectRule":{"HttpRedirectCode":"301","ReplaceKeyPrefixWith":"new/"},"RoutingRuleCondition":{"KeyPrefixEquals":"old/"}}]`,
				"origin website bucket website example.com.s3-website-us-east-1.amazonaws.com Apex",
				"origin website website   www.example.com",
			},
		},
		{
			file: "cfn-functions/template.yaml",
			has: []string{
				"CloudFront Function headers cloudfront-js-1.0",
				"CloudFront Function template-redirect cloudfront-js-2.0 arn:aws:cloudfront::111122223333:key-value-store/redirects",
				"cache policy Keys template-keys Accept-Language,X-Variant q",
				"key value store arn:aws:cloudfront::111122223333:key-value-store/redirects redirects",
				"origin app other app.example.com",
				"origin request policy Country country CloudFront-Viewer-Country, Referer",
				"response headers policy Security security",
			},
		},
		{
			file: "cfn-signed/template.yaml",
			has: []string{
				"key group Group media Key media-key -----BEGIN PUBLIC KEY-----",
				"origin media bucket media.s3.eu-central-1.amazonaws.com",
			},
		},
		{
			file: "cfn-group/template.yaml",
			has: []string{
				"origin app other getatt-loadbalancer-dnsname.invalid",
				"origin first bucket template-first.s3.us-east-1.amazonaws.com First",
				"origin second bucket template-second.s3.us-east-1.amazonaws.com Second",
			},
			notes: []string{
				`template.yaml:15: Resources.Distribution.Properties.DistributionConfig.Origins[2].DomainName: !GetAtt LoadBalancer.DNSName: an attribute of AWS::ElasticLoadBalancingV2::LoadBalancer, which is known after the deployment only; the host is getatt-loadbalancer-dnsname.invalid here, a name that no server has: bind the origin to a folder or a URL`,
				`template.yaml:31: Resources.Distribution.Properties.DistributionConfig.CacheBehaviors[0].OriginRequestPolicyId: !ImportValue shared-policy: the output of another stack, which is not in this folder; it keeps this text: bind it under this name`,
			},
		},
		{
			file: "cfn-package/template.yaml",
			has: []string{
				"function template-Built nodejs22.x index.handler cfn-package/dist",
				"function template-Built: cfn-package/dist: not there: build it, or bind the function's ARN or name to its code",
				"function template-Built: the association names the function, Lambda@Edge takes a numbered version: an AWS::Lambda::Version, or AutoPublishAlias and Function.Version (lambda-at-edge-function-restrictions.html)",
				"function template-Edge:1 nodejs22.x index.handler cfn-package/edge",
				"function template-Stored: Runtime: Lambda@Edge takes no function with the runtime provided.al2023: want one of Node.js or Python (lambda-at-edge-function-restrictions.html)",
				"function template-Stored: its code is in a bucket: s3://amzn-s3-demo-bucket/edge.zip: bind the function's ARN or name to its code",
				"function template-Stored:3 provided.al2023 index.handler",
				"origin o other www.example.com",
			},
			notes: []string{
				`template.yaml:40: Resources.Distribution.Properties.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[3].LambdaFunctionARN: !GetAtt Copied.FunctionVersion: no resource has the name "Copied"; it keeps this text: bind it under this name`,
			},
		},
		{
			file: "cfn-url/template.yaml",
			has: []string{
				"origin app function URL url.lambda-url.us-east-1.on.aws App",
				"origin app function template-App",
			},
			notes: []string{
				`template.yaml:16: Resources.Access.Properties.OriginAccessControlConfig.SigningBehavior: requests with an Authorization of the viewer's are not signed: objects are served; the origin judges the viewer's`,
			},
		},
		{
			file: "cfn-nested/main.yaml",
			has: []string{
				"function main-EdgeStack-Function:1 nodejs22.x index.handler cfn-nested/edge",
				"origin site bucket main-sitestack-bucket.s3.us-east-1.amazonaws.com Bucket",
			},
		},
		{
			file: "sls-plugin/serverless.yml",
			has: []string{
				"function site-prod-add-headers:1 nodejs22.x src/headers.handler sls-plugin",
				"function site-prod-images:1 nodejs22.x src/images.handler sls-plugin",
				"origin s3 bucket site-prod.s3.us-east-1.amazonaws.com Bucket",
			},
			notes: []string{
				`serverless.yml:21: functions.images.lambdaAtEdge: distribution "Nobody": no AWS::CloudFront::Distribution with a DistributionConfig has this logical id`,
			},
		},
		{
			file: "sls-events/serverless.yml",
			has: []string{
				"function edge-dev-auth:1 nodejs22.x src/auth.handler sls-events",
				"origin api other api.example.com",
				"origin s3/amzn-s3-demo-bucket.s3.amazonaws.com/files bucket amzn-s3-demo-bucket.s3.amazonaws.com",
			},
		},
		{
			file: "sls-files/serverless.yml",
			has: []string{
				"function shop-rewrite:1 nodejs22.x src/rewrite.handler sls-files",
				"origin api API Gateway httpapi.execute-api.us-east-1.amazonaws.com HttpApi",
				"origin page function URL pagelambdafunctionurl.lambda-url.us-east-1.on.aws PageLambdaFunction",
				"origin page function shop-dev-page",
				"origin s3 bucket shop-files.s3.us-east-1.amazonaws.com Bucket",
			},
		},
		{
			file: "cfn-json/distribution.template",
			has: []string{
				"origin site other origin.example.com",
			},
		},
		{
			file: "cdk-typescript/cdk.out/Site.template.json",
			has: []string{
				"CloudFront Function eu-west-1SiteF29F2EC5CD cloudfront-js-2.0 arn:aws:cloudfront::111122223333:key-value-store/SiteK8BAC8849",
				"cache policy CP1F6FC2E3 SiteCPD9E0DE4C-eu-west-1 x-a all",
				"function edge-lambda-stack-c8d924542f96583731590d45379d50f1a3f09e35e6-Edge7038544F:1 nodejs20.x index.handler cdk-typescript/cdk.out/asset.744d561307ed6f55f80da7743d27f8c88bc499acab01c1a1317e203191166f13",
				"key value store arn:aws:cloudfront::111122223333:key-value-store/SiteK8BAC8849 SiteK8BAC8849 cdk-typescript/cdk.out/asset.0c6f9e37bb30012fbd21eaf2c3399f22f66c28f84e5ff214d122e928d35e891b.json",
				"origin SiteDOrigin16B745600 bucket site-b08e7c7af.s3.eu-west-1.amazonaws.com B08E7C7AF",
				"origin SiteDOrigin16B745600 from cdk-typescript/cdk.out/asset.6b2cb6561e57e147fc85b47d68cf2bd5d1e270f220c48f09b9ea6ed938b46b4a",
				"origin SiteDOrigin298FF7D90 function Site-U05997891",
				"origin SiteDOrigin298FF7D90 function URL ufunctionurlf064a26e.lambda-url.eu-west-1.on.aws U05997891",
				"origin request policy OP6F7961CA SiteOP0F001644 CloudFront-Viewer-Country",
				"response headers policy RPF96D2B92 SiteRP5805F091",
			},
		},
		{
			file: "cdk-references/cdk.out/Site.template.json",
			has: []string{
				"function EdgeStack-Edge7038544F:1 nodejs22.x index.handler inline",
				"key group KG0D00865F SiteKG132ABA2B PK682E6016 SitePK610808B4 -----BEGIN PUBLIC KEY-----",
				"origin SiteDOrigin16B745600 bucket website site-b08e7c7af.s3-website-eu-west-1.amazonaws.com B08E7C7AF",
				"origin SiteDOrigin16B745600 website index.html",
				"origin SiteDOrigin298FF7D90 API Gateway rc21a1702.execute-api.eu-west-1.amazonaws.com RC21A1702",
				"origin SiteDOrigin37EBAD32C API Gateway hf3da327f.execute-api.eu-west-1.amazonaws.com HF3DA327F",
				"origin SiteDOrigin4CF7A1FDA bucket site-b08e7c7af.s3.eu-west-1.amazonaws.com B08E7C7AF",
			},
		},
		{
			file: "cdk-references/cdk.out/Same.template.json",
			has: []string{
				"function EdgeStack-Edge7038544F:1 nodejs22.x index.handler inline",
				"origin SameD2Origin1A7C06D1C other www.example.com",
			},
		},
		{
			file: "cdk-python/cdk.out/SiteStack.template.json",
			has: []string{
				"function SiteStack-EdgeHandler6B2D: VpcConfig: Lambda@Edge takes no function with access to a VPC (lambda-at-edge-function-restrictions.html)",
				"function SiteStack-EdgeHandler6B2D:1 python3.13 lambda_function.handler cdk-python/cdk.out/asset.5f1e",
				"origin origin1 bucket sitestack-sitebucket397a.s3.us-east-1.amazonaws.com SiteBucket397A",
			},
		},
	}
}
