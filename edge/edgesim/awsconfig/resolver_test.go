package awsconfig_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// A recorder binds everything, and keeps what it was asked.
type recorder struct{ asked []any }

func (r *recorder) Origin(n awsconfig.OriginName) edgesim.Origin {
	r.asked = append(r.asked, n)
	return &edgesim.S3Origin{FS: fstest.MapFS{}}
}

func (r *recorder) Function(n awsconfig.FunctionName) edgesim.Function {
	r.asked = append(r.asked, n)
	return &edge.Function{}
}

func (r *recorder) CloudFrontFunction(n awsconfig.FunctionName) *edgesim.OpenCloudFrontFunction {
	r.asked = append(r.asked, n)
	return nil
}

func (r *recorder) CachePolicy(at, id string) *edgesim.CachePolicy {
	r.asked = append(r.asked, "cache policy "+at+" "+id)
	return &edgesim.CachePolicy{}
}

func (r *recorder) OriginRequestPolicy(at, id string) *edgesim.OriginRequestPolicy {
	r.asked = append(r.asked, "origin request policy "+at+" "+id)
	return &edgesim.OriginRequestPolicy{}
}

func (r *recorder) ResponseHeadersPolicy(at, id string) *edgesim.ResponseHeadersPolicy {
	r.asked = append(r.asked, "response headers policy "+at+" "+id)
	return &edgesim.ResponseHeadersPolicy{}
}

func (r *recorder) KeyGroup(at, id string) []edgesim.PublicKey {
	r.asked = append(r.asked, "key group "+at+" "+id)
	return []edgesim.PublicKey{{ID: "K1"}}
}

// TestResolver: what no map has is asked for, with what the file says of it.
func TestResolver(t *testing.T) {
	t.Parallel()
	plan, err := os.ReadFile("testdata/terraform-plan.json")
	if err != nil {
		t.Fatal(err)
	}
	const written = `{
		"Origins": [{"Id": "site", "DomainName": "site.s3.us-east-1.amazonaws.com", "S3OriginConfig": {}}],
		"DefaultCacheBehavior": {
			"TargetOriginId": "site", "CachePolicyId": "one", "OriginRequestPolicyId": "two", "ResponseHeadersPolicyId": "three",
			"LambdaFunctionAssociations": [{"EventType": "viewer-request", "LambdaFunctionARN": "arn:aws:lambda:us-east-1:123456789012:function:auth:1"}],
			"FunctionAssociations": [{"EventType": "viewer-response", "FunctionARN": "arn:aws:cloudfront::123456789012:function/headers"}],
			"TrustedKeyGroups": ["four"]
		}
	}`
	const planned = `{
		"planned_values": {"root_module": {"resources": [{"address": "aws_cloudfront_distribution.site", "type": "aws_cloudfront_distribution", "values": {
			"origin": [{"origin_id": "api", "domain_name": "api.example.com", "custom_origin_config": [{"origin_protocol_policy": "https-only"}]}],
			"default_cache_behavior": [{
				"target_origin_id": "api", "cache_policy_id": "658327ea-f89d-4fab-a63d-7e88639e58f6", "origin_request_policy_id": null,
				"lambda_function_association": [{"event_type": "origin-response"}, {"event_type": "viewer-request"}]
			}]
		}}]}},
		"configuration": {"root_module": {"resources": [{"address": "aws_cloudfront_distribution.site", "expressions": {"default_cache_behavior": [{
			"lambda_function_association": [
				{"event_type": {"constant_value": "viewer-request"}, "lambda_arn": {"references": ["aws_lambda_function.auth.qualified_arn", "aws_lambda_function.auth"]}},
				{"event_type": {"constant_value": "origin-response"}, "lambda_arn": {"references": ["aws_lambda_function.headers.qualified_arn", "aws_lambda_function.headers"]}}
			]
		}]}}]}}
	}`
	tests := map[string]struct {
		file string
		want []any
	}{
		"written by hand": {written, []any{
			awsconfig.OriginName{At: "Origins[0]", ID: "site", DomainName: "site.s3.us-east-1.amazonaws.com", Bucket: true},
			"cache policy DefaultCacheBehavior one", "origin request policy DefaultCacheBehavior two",
			awsconfig.FunctionName{At: "DefaultCacheBehavior.LambdaFunctionAssociations[0]", Name: "auth", Trigger: "viewer-request",
				ARN: "arn:aws:lambda:us-east-1:123456789012:function:auth:1"},
			awsconfig.FunctionName{At: "DefaultCacheBehavior.FunctionAssociations[0]", Name: "headers", Trigger: "viewer-response",
				ARN: "arn:aws:cloudfront::123456789012:function/headers"},
			"response headers policy DefaultCacheBehavior.ResponseHeadersPolicyId three",
			"key group DefaultCacheBehavior.TrustedKeyGroups four",
		}},
		"a plan, whose associations are a set": {planned, []any{
			awsconfig.OriginName{At: "origin[0]", ID: "api", DomainName: "api.example.com"},
			awsconfig.FunctionName{At: "default_cache_behavior.lambda_function_association[0]", Address: "aws_lambda_function.headers", Trigger: "origin-response"},
			awsconfig.FunctionName{At: "default_cache_behavior.lambda_function_association[1]", Address: "aws_lambda_function.auth", Trigger: "viewer-request"},
		}},
		"a plan with dynamic blocks: nothing names the functions": {string(plan), []any{
			awsconfig.OriginName{At: "origin[0]", ID: "site", Bucket: true},
			awsconfig.FunctionName{At: "default_cache_behavior.lambda_function_association[0]", Trigger: "origin-response"},
			awsconfig.FunctionName{At: "default_cache_behavior.lambda_function_association[1]", Trigger: "viewer-request"},
		}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{}
			if _, err := awsconfig.Read([]byte(tc.file), awsconfig.Bindings{Resolver: r}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, r.asked); diff != "" {
				t.Error("asked (-want +got):\n" + diff)
			}
		})
	}
}
