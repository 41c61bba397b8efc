package stacktest_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A resource is one of the plan's, with what is known of it before it is made.
type resource struct {
	Address string
	Type    string
	Values  map[string]any
}

func resources(t *testing.T) []resource {
	t.Helper()
	var plan struct {
		Planned struct {
			Root struct {
				Resources []resource `json:"resources"`
			} `json:"root_module"`
		} `json:"planned_values"`
	}
	if err := json.Unmarshal(readPlan(t), &plan); err != nil {
		t.Fatal(err)
	}
	return plan.Planned.Root.Resources
}

// TestAddresses holds what is made: nothing that docs/first-deployment.md does not say.
func TestAddresses(t *testing.T) {
	want := []string{
		`aws_cloudfront_cache_policy.probe["day"]`, `aws_cloudfront_cache_policy.probe["zero"]`, `aws_cloudfront_distribution.probe`,
		`aws_cloudfront_function.body`, `aws_cloudfront_key_group.probe`, `aws_cloudfront_origin_access_control.origin`,
		`aws_cloudfront_origin_access_control.site`, `aws_cloudfront_origin_request_policy.probe`, `aws_cloudfront_public_key.probe`,
		`aws_cloudwatch_log_group.origin`, `aws_iam_role.functions`, `aws_iam_role_policy.logs`,
		`aws_lambda_function.edge["/ask/*"]`, `aws_lambda_function.edge["/go/nodejs22.x/*"]`, `aws_lambda_function.edge["/go/nodejs24.x/*"]`,
		`aws_lambda_function.edge["/go/python3.13/*"]`, `aws_lambda_function.edge["/go/python3.14/*"]`,
		`aws_lambda_function.edge["/js/nodejs22.x/*"]`, `aws_lambda_function.edge["/js/nodejs24.x/*"]`, `aws_lambda_function.edge["/trial/*"]`,
		`aws_lambda_function.origin`, `aws_lambda_function_url.origin`,
		`aws_lambda_permission.origin["lambda:InvokeFunction"]`, `aws_lambda_permission.origin["lambda:InvokeFunctionUrl"]`,
		`aws_s3_bucket.site`, `aws_s3_bucket_policy.site`, `aws_s3_bucket_public_access_block.site`, `aws_s3_object.index`,
	}
	var got []string
	for _, r := range resources(t) {
		got = append(got, r.Address)
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +planned:\n%s", diff)
	}
}

// TestNamed holds that whatever has a name begins with the stack's, and that whatever can have tags has its tag: what a run left behind is
// found by either.
func TestNamed(t *testing.T) {
	for _, r := range resources(t) {
		for _, argument := range []string{"name", "bucket_prefix", "function_name", "comment"} {
			name, has := r.Values[argument].(string)
			if inside := r.Type == "aws_iam_role_policy"; !has || inside || argument == "comment" && r.Type == "aws_cloudfront_function" {
				continue
			}
			if name = strings.TrimPrefix(name, "/aws/lambda/"); name != "edgeprobe" && !strings.HasPrefix(name, "edgeprobe-") {
				t.Errorf("%s: %s is %q, want it to begin with edgeprobe", r.Address, argument, name)
			}
		}
		if _, can := r.Values["tags_all"]; !can {
			continue
		}
		if tags, _ := r.Values["tags"].(map[string]any); tags["edgeprobe"] != "edgeprobe" {
			t.Errorf("%s: its tags are %v, want edgeprobe among them", r.Address, tags)
		}
	}
}

// TestFunctions holds what Lambda@Edge takes of a function, which no provider looks at.
func TestFunctions(t *testing.T) {
	for _, r := range resources(t) {
		if r.Type != "aws_lambda_function" || !strings.Contains(r.Address, ".edge[") {
			continue
		}
		got := map[string]any{}
		for _, argument := range []string{"region", "publish", "architectures", "memory_size", "timeout", "environment", "layers"} {
			got[argument] = r.Values[argument]
		}
		want := map[string]any{
			"region": "us-east-1", "publish": true, "architectures": []any{"x86_64"}, "memory_size": 128.0, "timeout": 5.0, "environment": []any{}, "layers": nil,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +planned):\n%s", r.Address, diff)
		}
	}
}
