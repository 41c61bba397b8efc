package stacktest_test

import (
	"encoding/json"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// rights are those without which a resource of a kind is neither made nor removed, by the names of its calls of AWS.
var rights = map[string][]string{
	"aws_cloudfront_cache_policy":          {"cloudfront:CreateCachePolicy", "cloudfront:GetCachePolicy", "cloudfront:DeleteCachePolicy"},
	"aws_cloudfront_distribution":          {"cloudfront:CreateDistribution", "cloudfront:UpdateDistribution", "cloudfront:DeleteDistribution", "cloudfront:TagResource", "iam:CreateServiceLinkedRole"},
	"aws_cloudfront_function":              {"cloudfront:CreateFunction", "cloudfront:PublishFunction", "cloudfront:DescribeFunction", "cloudfront:DeleteFunction"},
	"aws_cloudfront_key_group":             {"cloudfront:CreateKeyGroup", "cloudfront:DeleteKeyGroup"},
	"aws_cloudfront_origin_access_control": {"cloudfront:CreateOriginAccessControl", "cloudfront:DeleteOriginAccessControl"},
	"aws_cloudfront_origin_request_policy": {"cloudfront:CreateOriginRequestPolicy", "cloudfront:DeleteOriginRequestPolicy"},
	"aws_cloudfront_public_key":            {"cloudfront:CreatePublicKey", "cloudfront:DeletePublicKey"},
	"aws_cloudwatch_log_group":             {"logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:DeleteLogGroup"},
	"aws_iam_role":                         {"iam:CreateRole", "iam:TagRole", "iam:DeleteRole"},
	"aws_iam_role_policy":                  {"iam:PutRolePolicy", "iam:DeleteRolePolicy"},
	"aws_lambda_function":                  {"lambda:CreateFunction", "lambda:PublishVersion", "lambda:UpdateFunctionConfiguration", "lambda:DeleteFunction", "lambda:EnableReplication*", "lambda:DisableReplication*", "iam:PassRole"},
	"aws_lambda_function_url":              {"lambda:CreateFunctionUrlConfig", "lambda:DeleteFunctionUrlConfig"},
	"aws_lambda_permission":                {"lambda:AddPermission", "lambda:RemovePermission"},
	"aws_s3_bucket":                        {"s3:CreateBucket", "s3:GetBucketTagging", "s3:GetEncryptionConfiguration", "s3:DeleteBucket"},
	"aws_s3_bucket_policy":                 {"s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"},
	"aws_s3_bucket_public_access_block":    {"s3:PutBucketPublicAccessBlock", "s3:GetBucketPublicAccessBlock"},
	"aws_s3_object":                        {"s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject"},
}

// oneOrMore is a text or a list of them.
type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(content []byte) error {
	var one string
	if json.Unmarshal(content, &one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	return json.Unmarshal(content, (*[]string)(o))
}

type statement struct {
	Sid              string
	Action, Resource oneOrMore
}

func deployerPolicy(t *testing.T) []statement {
	t.Helper()
	content, err := os.ReadFile("../deployer-policy.json")
	if err != nil {
		t.Fatal(err)
	}
	var policy struct{ Statement []statement }
	if err := json.Unmarshal(content, &policy); err != nil {
		t.Fatal(err)
	}
	return policy.Statement
}

// TestRights holds that deployer-policy.json has what the resources of the plan need.
func TestRights(t *testing.T) {
	statements := deployerPolicy(t)
	for _, r := range resources(t) {
		if rights[r.Type] == nil {
			t.Errorf("%s: its rights are not known here", r.Address)
		}
		for _, right := range rights[r.Type] {
			if !allowed(statements, right) {
				t.Errorf("%s needs %s, which the policy does not have", r.Address, right)
			}
		}
	}
}

func allowed(statements []statement, action string) bool {
	return slices.ContainsFunc(statements, func(s statement) bool { return s.allows(action) })
}

func (s statement) allows(action string) bool {
	return slices.ContainsFunc(s.Action, func(pattern string) bool {
		matched, err := path.Match(pattern, action)
		return err == nil && matched
	})
}

// TestLeastRights holds that the policy is about the stack: only what has no name of its own may be anything of an account's.
func TestLeastRights(t *testing.T) {
	for _, s := range deployerPolicy(t) {
		for _, resource := range s.Resource {
			nameless := slices.Contains([]string{"ListsOfLogs", "CloudFrontWhoseIdsAreNotKnownBefore", "RolesThatCloudFrontMakesOnce"}, s.Sid)
			if !nameless && !strings.Contains(resource, "edgeprobe") {
				t.Errorf("%s: %s is more than the stack", s.Sid, resource)
			}
		}
		for _, action := range s.Action {
			if _, name, _ := strings.Cut(action, ":"); strings.HasPrefix(name, "*") || s.Resource[0] == "*" && strings.Contains(name, "*") {
				t.Errorf("%s: %s is more than the stack needs", s.Sid, action)
			}
		}
	}
}
