package stacktest_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/originresponse"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/site"
)

// made has the addresses of all that the stack makes, without the indexes of for_each: other tests look at those.
var made = []string{
	"aws_cloudfront_distribution.site", "aws_cloudfront_origin_access_control.site", "aws_cloudwatch_log_group.edge",
	"aws_iam_role.edge", "aws_iam_role_policy.logs", "aws_lambda_function.edge",
	"aws_s3_bucket.site", "aws_s3_bucket_ownership_controls.site", "aws_s3_bucket_policy.site",
	"aws_s3_bucket_public_access_block.site", "aws_s3_bucket_server_side_encryption_configuration.site",
	"aws_s3_bucket_versioning.site", "aws_s3_object.page",
}

// TestNothingElseIsMade: what the stack's own tests do not know they cannot look at, such as an access list of the bucket,
// a second policy of the role or a second bucket.
func TestNothingElseIsMade(t *testing.T) {
	p := readPlan(t)
	addresses := map[string]bool{}
	for _, r := range p.Planned.Root.Resources {
		address, _, _ := strings.Cut(r.Address, "[")
		addresses[address] = true
	}
	if diff := cmp.Diff(made, slices.Sorted(maps.Keys(addresses))); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
	if n := len(p.Planned.Root.Modules); n != 0 {
		t.Errorf("the stack has %d modules, and no test looks into them", n)
	}
}

// TestOneOfEach: what has no for_each is there once, and each function has one log group in each region.
func TestOneOfEach(t *testing.T) {
	count := map[string]int{}
	for _, r := range readPlan(t).Planned.Root.Resources {
		count[r.Type]++
	}
	functions, groups := count["aws_lambda_function"], count["aws_cloudwatch_log_group"]
	if functions != 2 || groups == 0 || groups%functions != 0 {
		t.Errorf("got %d functions and %d log groups, want two functions and a group of each in every region", functions, groups)
	}
	for _, address := range made {
		kind, _, _ := strings.Cut(address, ".")
		if n := count[kind]; n != 1 && !slices.Contains([]string{"aws_lambda_function", "aws_cloudwatch_log_group", "aws_s3_object"}, kind) {
			t.Errorf("got %d of %s, want one", n, kind)
		}
	}
}

// TestPagesAreTheSite: what is uploaded is what the local run serves.
func TestPagesAreTheSite(t *testing.T) {
	p := readPlan(t)
	want, err := fs.Glob(site.Files(site.GitHubAPI(), ""), "*")
	if err != nil || len(want) == 0 {
		t.Fatalf("files of the site: %q, %v", want, err)
	}
	slices.Sort(want)
	pages := of[struct{ Key string }](t, p, "aws_s3_object")
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(pages))); diff != "" {
		t.Errorf("pages (-site +uploaded):\n%s", diff)
	}
	for _, r := range p.Configuration.Root.Resources {
		if _, found := r.Expressions["acl"]; found {
			t.Errorf("%s has an access list: nothing in the bucket is public", r.Type)
		}
	}
}

// TestPolicyIsTheDistributions: the policy that the viewer gets is the function's, and names the domain that is in the
// event, which is the distribution's own.
func TestPolicyIsTheDistributions(t *testing.T) {
	p := readPlan(t)
	if id := defaultBehavior(t, p).ResponseHeadersPolicy; id != nil {
		t.Errorf("the behavior has the response headers policy %s, which would compete with the function's headers", *id)
	}
	handler, err := originresponse.Handler(site.GitHubAPI())
	if err != nil {
		t.Fatal(err)
	}
	response := edgetest.NewResponse(edge.OriginResponse, 200, "/other.html")
	response.Request.Config.DistributionDomainName = "d222222abcdef8.cloudfront.net"
	response, err = edgetest.Response(&edge.Function{OriginResponse: handler}, response)
	if err != nil {
		t.Fatal(err)
	}
	policy := response.Header.Get("Content-Security-Policy")
	for _, directive := range []string{"script-src 'self' https://d222222abcdef8.cloudfront.net;", "connect-src " + site.GitHubAPI() + ";"} {
		if !strings.Contains(policy, directive) {
			t.Errorf("policy %q, want %q in it", policy, directive)
		}
	}
}

// TestCachePolicyAlone: CloudFront refuses times to live beside a cache policy.
func TestCachePolicyAlone(t *testing.T) {
	b := defaultBehavior(t, readPlan(t))
	if b.MinTTL != 0 || b.MaxTTL != nil || b.DefaultTTL != nil {
		t.Errorf("the behavior has times to live of its own: %+v", b)
	}
}

// TestBucketPolicyIsBound: the policy is written with this distribution and this bucket, whatever their names become.
func TestBucketPolicyIsBound(t *testing.T) {
	for _, r := range readPlan(t).Configuration.Root.Resources {
		if r.Type != "aws_s3_bucket_policy" {
			continue
		}
		var policy struct{ References []string }
		if err := json.Unmarshal(r.Expressions["policy"], &policy); err != nil {
			t.Fatal(err)
		}
		got := slices.Compact(slices.Sorted(slices.Values(policy.References)))
		want := []string{"aws_cloudfront_distribution.site", "aws_cloudfront_distribution.site.arn", "aws_s3_bucket.site", "aws_s3_bucket.site.arn"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("what the bucket's policy is made of (-want +got):\n%s", diff)
		}
		return
	}
	t.Error("no aws_s3_bucket_policy in the configuration")
}

// TestNoAccountInTheStack: the files that people copy name no account, no key, and no region but the one of Lambda@Edge
// and those of the logs.
func TestNoAccountInTheStack(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../*.tf")
	if err != nil || len(files) == 0 {
		t.Fatalf("files of the stack: %q, %v", files, err)
	}
	account := regexp.MustCompile(`[^0-9a-f-][0-9]{12}[^0-9a-f-]|AKIA[0-9A-Z]{16}`)
	region := regexp.MustCompile(`"[a-z]{2}-[a-z]+-[0-9]"`)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := account.Find(data); found != nil {
			t.Errorf("%s: has what looks like an account or a key: %q", file, found)
		}
		for _, name := range region.FindAllString(string(data), -1) {
			if filepath.Base(file) != "variables.tf" && name != `"us-east-1"` {
				t.Errorf("%s: names the region %s", file, name)
			}
		}
	}
}
