package main

import (
	"strings"
	"testing"
)

// TestCheck: what is said of a project, and the exit status.
func TestCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		needs, project string
		files          map[string]string
		args           []string
		status         int
		stdout, stderr []string // lines that are among those written
	}{
		"JavaScript": {needs: "node", project: "node", status: exitOK, stdout: []string{
			"distribution.json: a distribution's configuration",
			"  /api/*               from api",
			"    viewer-request     auth: lambda/auth index.handler",
			"  site                 plays the folder site (a guess)",
			"  api                  is asked for real: api.example.com",
			"  WebACLId: no request is blocked; AWS WAF answers 403 to those that the web ACL blocks",
		}},
		"two functions with the same code": {needs: "node", project: "node", args: []string{"-env", "headers=lambda/auth"}, status: exitOK, stdout: []string{
			"    viewer-request     auth: lambda/auth index.handler",
			"    origin-response    headers: lambda/auth index.handler",
		}},
		"Python": {needs: "python3", project: "python", status: exitOK, stdout: []string{
			"    origin-request     redirect: functions/redirect lambda_function.lambda_handler python3",
			"  bucket               plays the folder public (a guess)",
		}},
		"a Terraform plan names the code and the folder": {needs: "node", project: "terraform", status: exitOK, stdout: []string{
			"site.tfplan.json: what terraform show -json printed",
			"    viewer-request     auth: src/auth index.handler nodejs22.x",
			"  site                 plays the folder pages",
		}},
		"a template with code in it": {needs: "node", project: "template", status: exitOK, stdout: []string{
			"template.yaml: a template",
			"    viewer-request     template-Rewrite: rewrite app.handler nodejs20.x",
			"    viewer-response    template-Headers: the template's own text index.handler nodejs20.x",
			"  bucket               plays the folder public (a guess)",
		}},
		"a template with what only a deployment knows": {status: exitWrong, files: map[string]string{"template.yaml": `
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins: [{Id: app, DomainName: !GetAtt Balancer.DNSName, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior: {TargetOriginId: app, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
`}, stdout: []string{"  app                  has nothing that stands for it"},
			stderr: []string{`edgelocal: template.yaml: Origins[0]: origin "app" cannot be reached from here: say which folder or server stands for it, with -env 'app=http://localhost:3000'`}},
		"an API and a function URL of the template's": {status: exitWrong, files: map[string]string{"template.yaml": `
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - {Id: api, DomainName: !Sub "${Api}.execute-api.${AWS::Region}.amazonaws.com", CustomOriginConfig: {OriginProtocolPolicy: https-only}}
          - {Id: page, DomainName: !Select [2, !Split ["/", !GetAtt PageUrl.FunctionUrl]], CustomOriginConfig: {OriginProtocolPolicy: https-only}}
        DefaultCacheBehavior: {TargetOriginId: page, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
        CacheBehaviors: [{PathPattern: /api/*, TargetOriginId: api, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}]
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: api, ProtocolType: HTTP}}
  Page: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, Handler: index.handler, Code: {ZipFile: ""}}}
  PageUrl: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !Ref Page}}
`}, stdout: []string{"  api                  has nothing that stands for it", "  page                 has nothing that stands for it"},
			stderr: []string{
				`edgelocal: template.yaml: Origins[0]: origin "api" is the template's API Api, whose address is known after a deployment: say which folder or server stands for it, with -env 'api=http://localhost:3000' or in edgelocal.yaml`,
				`edgelocal: template.yaml: Origins[1]: origin "page" is the URL of the template's function Page, which is known after a deployment`,
			}},
		"bindings of the command line": {needs: "node", project: "node", status: exitWrong,
			args: []string{"-env", "api=http://localhost:3000", "-env", "auth=lambda/headers", "-env", "viewer-request=lambda/auth", "-env", "site=lambda"},
			stdout: []string{
				"    viewer-request     auth: lambda/headers index.handler",
				"  site                 plays the folder lambda", "  api                  asks http://localhost:3000",
			}, stderr: []string{`edgelocal: distribution.json: "viewer-request" is said to stand for something`}},
		"bindings of edgelocal.yaml": {needs: "node", project: "node", status: exitOK,
			files:  map[string]string{"edgelocal.yaml": "origins:\n  api: http://localhost:3000\nfunctions:\n  auth:\n    code: lambda/auth\n    runtime: nodejs24.x\n"},
			stdout: []string{"    viewer-request     auth: lambda/auth index.handler nodejs24.x", "  api                  asks http://localhost:3000"}},
		"what is not there is said, all at once": {project: "node", status: exitWrong,
			files: map[string]string{"site": "", "lambda": ""}, args: []string{"-env", "nobody=x", "-unknowns", "none.json"},
			stderr: []string{
				`edgelocal: distribution.json: Origins[0]: origin "site" is a bucket: say which folder or server stands for it, with -env 'site=FOLDER' or in edgelocal.yaml`,
				`edgelocal: distribution.json: DefaultCacheBehavior.LambdaFunctionAssociations[0]: viewer-request: the code of function auth is not known: say where it is, with -env 'auth=FOLDER' or in edgelocal.yaml`,
				`edgelocal: distribution.json: "nobody" is said to stand for something`,
				"edgelocal: -unknowns none.json: there is no such file: the defaults are played",
			}},
		"a policy that nobody knows": {needs: "node", project: "node", status: exitWrong,
			files: map[string]string{"distribution.json": `{"Origins": [{"Id": "site", "DomainName": "a.s3.us-east-1.amazonaws.com", "S3OriginConfig": {}}],
				"DefaultCacheBehavior": {"TargetOriginId": "site", "CachePolicyId": "mine"}}`},
			stderr: []string{`edgelocal: distribution.json: DefaultCacheBehavior: the cache policy mine is not known, and CachingOptimized is played: save what "aws cloudfront get-cache-policy --id mine" prints, and name the file under policies in edgelocal.yaml`}},
		"a policy that the settings define": {needs: "node", project: "node", status: exitOK,
			files: map[string]string{
				"distribution.json": `{"Origins": [{"Id": "site", "DomainName": "a.s3.us-east-1.amazonaws.com", "S3OriginConfig": {}}],
				"DefaultCacheBehavior": {"TargetOriginId": "site", "CachePolicyId": "mine"}}`,
				"edgelocal.yaml": "config: distribution.json\npolicies:\n  mine: mine.json\n",
				"mine.json":      `{"CachePolicy": {"CachePolicyConfig": {"Name": "mine", "MinTTL": 1}}}`,
			}, stdout: []string{"  *                    from site"}},
		"a setting of edgelocal.yaml that is none": {needs: "node", project: "node", status: exitWrong,
			files: map[string]string{"edgelocal.yaml": "origin:\n  api: x\n"}, stderr: []string{`edgelocal: edgelocal.yaml:2: "origin" is not known`}},
		"an unknown that is none": {needs: "node", project: "node", status: exitWrong, files: map[string]string{"u.json": `{"Colour": "red"}`},
			args: []string{"-unknowns", "u.json"}, stderr: []string{`edgelocal: -unknowns u.json: there is no setting "Colour": want RootObjectFirst, `}},
		"a CloudFront Function of a plan": {needs: "node", status: exitOK, files: map[string]string{"site.tfplan.json": `{"planned_values": {"root_module": {"resources": [
			{"address": "aws_cloudfront_function.pages", "type": "aws_cloudfront_function", "name": "pages", "values": {
				"name": "site-pages", "runtime": "cloudfront-js-2.0", "code": "function handler(event) { return event.request; }", "key_value_store_associations": null}},
			{"address": "aws_cloudfront_distribution.site", "type": "aws_cloudfront_distribution", "name": "site", "values": {
				"enabled": true, "origin": [{"origin_id": "app", "domain_name": "app.example.com", "custom_origin_config": [{"origin_protocol_policy": "https-only"}]}],
				"default_cache_behavior": [{"target_origin_id": "app", "viewer_protocol_policy": "allow-all", "cache_policy_id": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
					"origin_request_policy_id": null, "response_headers_policy_id": null, "field_level_encryption_id": null,
					"function_association": [{"event_type": "viewer-request"}]}]}}]}},
			"configuration": {"root_module": {"resources": [{"address": "aws_cloudfront_distribution.site", "expressions": {"default_cache_behavior": [{
				"function_association": [{"event_type": {"constant_value": "viewer-request"},
					"function_arn": {"references": ["aws_cloudfront_function.pages.arn", "aws_cloudfront_function.pages"]}}]}]}}]}}}`},
			stdout: []string{"    viewer-request     site-pages: a CloudFront Function"}},
		"two behaviours of one pattern": {status: exitWrong, files: map[string]string{"distribution.json": `{
			"Origins": [{"Id": "app", "DomainName": "app.example.com", "CustomOriginConfig": {}}],
			"CacheBehaviors": [{"PathPattern": "/a/*", "TargetOriginId": "app"}, {"PathPattern": "a/*", "TargetOriginId": "app"}],
			"DefaultCacheBehavior": {"TargetOriginId": "app", "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"}}`},
			stderr: []string{`edgelocal: distribution.json: CacheBehaviors[1]: serves nothing: CacheBehaviors[0] has the pattern "a/*" too and comes before it`}},
		"settings and a configuration that cannot be read, at once": {status: exitFailed, files: map[string]string{"edgelocal.yaml": "origin: {}\n"},
			stderr: []string{`edgelocal: edgelocal.yaml:1: "origin" is not known`, "edgelocal: no configuration in this folder"}},
		"why a template cannot be served": {status: exitFailed, files: map[string]string{"template.yaml": "Resources:\n  D: {Type: AWS::CloudFront::Distribution}\n"},
			stderr: []string{"edgelocal: template.yaml:2: Resources.D.Properties: no DistributionConfig", `edgelocal: template.yaml: DefaultCacheBehavior: `}},
		"no configuration": {status: exitFailed, stderr: []string{"edgelocal: no configuration in this folder: want a template of CloudFormation, SAM or CDK"}},
		"nested stacks, the main template named": {status: exitOK, args: []string{"-config", "main.yaml"}, files: map[string]string{
			"main.yaml": "Resources:\n  Site:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: stacks/site.yaml}\n",
			"stacks/site.yaml": `
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins: [{Id: app, DomainName: app.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior: {TargetOriginId: app, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
`}, stdout: []string{"main.yaml: a template", "  app                  is asked for real: app.example.com"}},
		"nested stacks, found by the main template": {status: exitOK, files: map[string]string{
			"main.yaml": "Resources:\n  Site:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: ./site.yaml, Parameters: {App: app.example.com}}\n",
			"site.yaml": `
Parameters:
  App: {Type: String}
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins: [{Id: app, DomainName: !Ref App, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior: {TargetOriginId: app, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
`}, stdout: []string{"main.yaml: a template", "  app                  is asked for real: app.example.com"}},
		"a template without a distribution, named": {status: exitFailed, args: []string{"-config", "x.yaml"},
			files:  map[string]string{"x.yaml": "Resources:\n  Bucket: {Type: AWS::S3::Bucket}\n"},
			stderr: []string{"edgelocal: x.yaml: no AWS::CloudFront::Distribution in it"}},
		"a runtime that is not here is said where the differences are": {needs: "python3", project: "python", status: exitOK,
			files:  map[string]string{"edgelocal.yaml": "functions:\n  redirect:\n    code: functions/redirect\n    handler: lambda_function.lambda_handler\n    runtime: python3.9\n"},
			stdout: []string{"  function redirect: python3.9 is played on python3 "}},
		"several distributions: the first with a function": {needs: "node", status: exitOK, files: map[string]string{"template.yaml": twoDistributions},
			stdout: []string{"template.yaml: a template; of its distributions Pages, -distribution NAME for another: Assets", "    viewer-request     f: a CloudFront Function"}},
		"several distributions, one chosen": {status: exitOK, args: []string{"-distribution", "Assets"}, files: map[string]string{"template.yaml": twoDistributions},
			stdout: []string{"template.yaml: a template; of its distributions Assets, -distribution NAME for another: Pages"}},
		"several distributions, another chosen": {status: exitFailed, args: []string{"-distribution", "Other"}, files: map[string]string{"template.yaml": twoDistributions},
			stderr: []string{`edgelocal: template.yaml: -distribution: got "Other", the file has Assets, Pages`}},
		"several distributions of a state: the first": {status: exitOK, files: map[string]string{"state.json": `{"values": {"root_module": {"resources": [` +
			stateDistribution("assets") + "," + stateDistribution("pages") + `]}}}`},
			stdout: []string{"state.json: what terraform show -json printed; of its distributions aws_cloudfront_distribution.assets, -distribution NAME for another: aws_cloudfront_distribution.pages"}},
		"several configurations, one with the name that is usual": {status: exitOK, files: map[string]string{"template.yaml": twoDistributions, "packaged.yaml": twoDistributions},
			args: []string{"-distribution", "Assets"}, stdout: []string{"template.yaml: a template"}},
		"a serverless.yml with its distribution in another file": {status: exitOK, files: map[string]string{
			"serverless.yml":  "service: site\nprovider: {name: aws}\nresources: ${file(./cloudfront.yml)}\n",
			"cloudfront.yml":  twoDistributions,
			"functions/x.yml": "a: b\n",
		}, args: []string{"-distribution", "Assets"}, stdout: []string{"serverless.yml: a template"}},
		"a file of a serverless.yml that cannot be read": {status: exitFailed, args: []string{"-config", "serverless.yml"}, files: map[string]string{
			"serverless.yml": "service: site\nprovider: {name: aws}\nresources: ${file(./cloudfront.yml)}\n", "cloudfront.yml": "Resources: [\n",
		}, stderr: []string{"edgelocal: serverless.yml:3: resources: ${file(./cloudfront.yml)}: cloudfront.yml: yaml: line 1: did not find expected node content", "edgelocal: serverless.yml: no AWS::CloudFront::Distribution in it"}},
		"a serverless.yml whose distribution has only its functions": {needs: "node", status: exitWrong, files: map[string]string{
			"serverless.yml": `
service: edge
provider: {name: aws, runtime: nodejs22.x}
functions: {ask: {handler: a.handler, lambdaAtEdge: {distribution: Site, eventType: viewer-request, pathPattern: /lambda}}}
resources: {Resources: {Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {}}}}}
`, "a.js": "exports.handler = async () => ({ status: 200 });\n"},
			stdout: []string{
				"  /lambda              from origin", "    viewer-request     edge-dev-ask: . a.handler nodejs22.x",
				"  serverless.yml:4: functions.ask.lambdaAtEdge: no cache behaviour has the pathPattern /lambda: the plugin refuses it; one like the default behaviour is taken",
			}, stderr: []string{`edgelocal: serverless.yml: Origins[0]: origin "origin" cannot be reached from here: say which folder`}},
		"a bucket of the template's as a custom origin": {status: exitOK, files: map[string]string{"public/index.html": "Start", "template.yaml": `
Resources:
  Files: {Type: AWS::S3::Bucket, Properties: {BucketName: amzn-s3-demo-bucket}}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins: [{Id: files, DomainName: amzn-s3-demo-bucket.s3.amazonaws.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior: {TargetOriginId: files, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
`}, stdout: []string{"  files                plays the folder public (a guess)"}},
		"a serverless.yml without a distribution, named": {status: exitFailed, args: []string{"-config", "serverless.yml"},
			files:  map[string]string{"serverless.yml": "service: site\nprovider: {name: aws}\nfunctions: {}\n"},
			stderr: []string{"edgelocal: serverless.yml: no AWS::CloudFront::Distribution in it"}},
		"two configurations": {status: exitFailed, files: map[string]string{"a.json": `{"DistributionConfig": {}}`, "b.json": `{"DistributionConfig": {}}`},
			stderr: []string{"edgelocal: several configurations in this folder: say which with -config FILE: a.json, b.json"}},
		"no such file":        {status: exitFailed, args: []string{"-config", "x.json"}, stderr: []string{"edgelocal: x.json: there is no such file"}},
		"no JSON":             {status: exitFailed, files: map[string]string{"x.json": "{\n\"a\": }"}, args: []string{"-config", "x.json"}, stderr: []string{"edgelocal: x.json:2: no JSON: "}},
		"a folder":            {status: exitFailed, files: map[string]string{"cdk.out/a.txt": "a"}, args: []string{"-config", "cdk.out"}, stderr: []string{"edgelocal: cdk.out: a folder: want a file in it"}},
		"another file":        {status: exitFailed, files: map[string]string{"x.json": "{}"}, args: []string{"-config", "x.json"}, stderr: []string{"edgelocal: x.json: not a configuration of a distribution"}},
		"an unreadable value": {status: exitFailed, files: map[string]string{"x.json": `{"DefaultCacheBehavior": {"TargetOriginId": "none"}}`}, args: []string{"-config", "x.json"}, stderr: []string{`edgelocal: x.json: DefaultCacheBehavior: no origin has the id "none"`}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			need(t, tc.needs)
			status, stdout, stderr := inFolder(t, copied(t, tc.project, tc.files), append(tc.args, "-check")...)
			if status != tc.status {
				t.Errorf("got status %d, want %d", status, tc.status)
			}
			wantLines(t, "stdout", stdout, tc.stdout)
			wantLines(t, "stderr", stderr, tc.stderr)
			if tc.status == exitOK && stderr != "" {
				t.Errorf("stderr: got %q", stderr)
			}
		})
	}
}

const twoDistributions = `
Resources:
  Assets:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig: &config
        Origins: [{Id: app, DomainName: app.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior: &behavior {TargetOriginId: app, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
  Pages:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        <<: *config
        DefaultCacheBehavior:
          <<: *behavior
          FunctionAssociations: [{EventType: viewer-request, FunctionARN: !GetAtt F.FunctionARN}]
  F:
    Type: AWS::CloudFront::Function
    Properties:
      Name: f
      FunctionConfig: {Runtime: cloudfront-js-2.0, Comment: ""}
      FunctionCode: "function handler(event) { return event.request; }"
`

// stateDistribution is a distribution of a Terraform state.
func stateDistribution(name string) string {
	return `{"address": "aws_cloudfront_distribution.` + name + `", "type": "aws_cloudfront_distribution", "name": "` + name + `", "values": {"enabled": true,
		"origin": [{"origin_id": "app", "domain_name": "app.example.com", "custom_origin_config": [{"origin_protocol_policy": "https-only"}]}],
		"default_cache_behavior": [{"target_origin_id": "app", "viewer_protocol_policy": "allow-all", "cache_policy_id": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"}]}}`
}

// TestUsage: what is wrong with a command line, and where help goes.
func TestUsage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args           []string
		status         int
		stdout, stderr string // what it begins with
	}{
		{[]string{"-h"}, exitOK, "edgelocal plays a CloudFront distribution", ""},
		{[]string{"help"}, exitOK, "edgelocal plays a CloudFront distribution", ""},
		{[]string{"test", "-h"}, exitOK, "edgelocal plays a CloudFront distribution", ""},
		{[]string{"-version"}, exitOK, "edgelocal ", ""},
		{[]string{"-colour"}, exitFailed, "", "edgelocal: there is no flag -colour"},
		{[]string{"serve"}, exitFailed, "", `edgelocal: got "serve", want no word, or test FILE, or sign URL, or init`},
		{[]string{"test"}, exitFailed, "", "edgelocal: test: got 0 files, want one"},
		{[]string{"test", "none", "-format", "xml"}, exitFailed, "", `edgelocal: -format: got "xml", want junit or tap`},
		{[]string{"test", "none"}, exitFailed, "", "edgelocal: none: there is no such file"},
		{[]string{"-env", "site"}, exitFailed, "", `edgelocal: -env: got "site", want NAME=WHERE`},
	}
	for _, tc := range tests {
		t.Run(strings.Join(tc.args, " "), func(t *testing.T) {
			t.Parallel()
			status, stdout, stderr := finished(t, process(t, t.TempDir(), tc.args...))
			if status != tc.status || !strings.HasPrefix(stdout, tc.stdout) || !strings.HasPrefix(stderr, tc.stderr) || (tc.stderr == "") != (stderr == "") {
				t.Errorf("got %d %q %q, want %d %q %q", status, stdout, stderr, tc.status, tc.stdout, tc.stderr)
			}
		})
	}
}
