package stacktest_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// uncalled has the actions of the deployer's policy that none of the provider's calls in the test needs, with the reason for each.
var uncalled = map[string]string{
	"iam:PassRole":                "Lambda asks for it when a function is given its role",
	"iam:CreateServiceLinkedRole": "CloudFront makes the roles that replicate functions and write their logs, once in an account",
	"lambda:EnableReplication*":   "CloudFront asks for it at each association of a function",
	"lambda:DisableReplication*":  "CloudFront asks for it when an association goes",

	"iam:UpdateAssumeRolePolicy":         "another trust policy",
	"iam:UpdateRole":                     "another description",
	"lambda:PublishVersion":              "another setting",
	"lambda:UpdateFunctionCode":          "another zip",
	"lambda:UpdateFunctionConfiguration": "another setting",
	"lambda:GetFunctionConfiguration":    "waits for an update",
	"s3:DeleteObject":                    "an object without a version",

	"cloudfront:TagResource":   "var.tags",
	"cloudfront:UntagResource": "var.tags",
	"iam:TagRole":              "var.tags",
	"iam:UntagRole":            "var.tags",
	"lambda:ListTags":          "var.tags",
	"lambda:TagResource":       "var.tags",
	"lambda:UntagResource":     "var.tags",
	"logs:TagResource":         "var.tags",
	"logs:UntagResource":       "var.tags",
	"s3:PutBucketTagging":      "var.tags",
	"s3:PutObjectTagging":      "var.tags",
}

// checkDeployer holds the policy file to the actions that the provider's calls needed: all of them are in it, and nothing
// else without a reason.
func checkDeployer(t *testing.T, called []string) {
	t.Helper()
	allowed := deployerActions(t)
	for _, action := range called {
		if !slices.Contains(allowed, action) {
			t.Errorf("deployer-policy.json: %s is called and not allowed", action)
		}
		if uncalled[action] != "" {
			t.Errorf("%s is called: it needs no reason of its own", action)
		}
	}
	for _, action := range allowed {
		if !slices.Contains(called, action) && uncalled[action] == "" {
			t.Errorf("deployer-policy.json: %s is allowed, and neither called nor explained", action)
		}
	}
}

// TestDeployerPolicy: no right is given twice or for everything of a service, and each reason is for a right that is given.
func TestDeployerPolicy(t *testing.T) {
	t.Parallel()
	allowed := deployerActions(t)
	for i, action := range allowed {
		if i > 0 && allowed[i-1] == action {
			t.Errorf("%s is there twice", action)
		}
		if action[len(action)-1] == '*' && uncalled[action] == "" {
			t.Errorf("%s: name the actions", action)
		}
	}
	for action := range uncalled {
		if !slices.Contains(allowed, action) {
			t.Errorf("%s has a reason and is not allowed", action)
		}
	}
}

// deployerActions returns the actions that the policy file allows, sorted.
func deployerActions(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../deployer-policy.json")
	if err != nil {
		t.Fatal(err)
	}
	var policy struct{ Statement []struct{ Action []string } }
	if err := json.Unmarshal(data, &policy); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range policy.Statement {
		all = append(all, s.Action...)
	}
	slices.Sort(all)
	return all
}
