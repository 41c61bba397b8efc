package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestInit: what is left to say is a comment, what was found is not; a file that is there stays.
func TestInit(t *testing.T) {
	t.Parallel()
	dir := copied(t, "node", map[string]string{"lambda": "", "site": ""})
	status, stdout, stderr := inFolder(t, dir, "init")
	if want := "wrote edgelocal.yaml: 3 names are left to say\n"; status != exitOK || stdout != want {
		t.Fatalf("got %d %q %q, want %q", status, stdout, stderr, want)
	}
	content, err := os.ReadFile(filepath.Join(dir, "edgelocal.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	const want = `# What on this machine stands for the names in distribution.json. Paths are relative to this file.
config: "distribution.json"

# an origin's id: a folder, or an address such as http://localhost:3000
# origins:
#   "site": ./public  # site-example.s3.us-east-1.amazonaws.com

# a function's name, ARN or trigger: a folder, a zip, or a file of JavaScript or Python;
# or with more lines below it: code, handler and runtime
# functions:
#   "auth": ./lambda/auth  # arn:aws:lambda:us-east-1:123456789012:function:auth:3
#   "headers": ./lambda/headers  # arn:aws:lambda:us-east-1:123456789012:function:headers:7

# a policy's id: a file that AWS's command line printed, or the name of a managed policy
# policies: nothing is left to say
`
	if diff := cmp.Diff(want, string(content)); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	uncommented := regexp.MustCompile(`(?m)^# (origins:|functions:|  )`).ReplaceAllString(string(content), "$1")
	if err := os.WriteFile(filepath.Join(dir, "edgelocal.yaml"), []byte(uncommented), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, stderr = inFolder(t, dir, "-check")
	wantLines(t, "stderr", stderr, []string{`edgelocal: distribution.json: Origins[0]: origin "site": there is no folder public`, `edgelocal: distribution.json: DefaultCacheBehavior.LambdaFunctionAssociations[0]: viewer-request: function auth: there is no lambda/auth`})
	if status, _, stderr = inFolder(t, dir, "init"); status != exitFailed || !strings.Contains(stderr, "is there already") {
		t.Errorf("a second time: got %d %q", status, stderr)
	}
}

// TestInitSigned: key groups and stores are among what is left to say, where a configuration has them.
func TestInitSigned(t *testing.T) {
	t.Parallel()
	dir := copied(t, "", map[string]string{"site.tfplan.json": `{"values": {"root_module": {"resources": [
		{"address": "aws_cloudfront_function.pages", "type": "aws_cloudfront_function", "name": "pages", "values": {"name": "pages", "runtime": "cloudfront-js-2.0",
			"arn": "arn:aws:cloudfront::123456789012:function/pages", "code": "function handler(event) { return event.request; }",
			"key_value_store_associations": ["arn:aws:cloudfront::123456789012:key-value-store/1"]}},
		{"address": "aws_cloudfront_distribution.site", "type": "aws_cloudfront_distribution", "name": "site", "values": {
			"enabled": true, "origin": [{"origin_id": "app", "domain_name": "app.example.com", "custom_origin_config": [{"origin_protocol_policy": "https-only"}]}],
			"default_cache_behavior": [{"target_origin_id": "app", "viewer_protocol_policy": "allow-all", "cache_policy_id": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
				"trusted_key_groups": ["g1"], "function_association": [{"event_type": "viewer-request", "function_arn": "arn:aws:cloudfront::123456789012:function/pages"}]}]}}]}}}`})
	need(t, "node")
	if status, stdout, stderr := inFolder(t, dir, "init"); status != exitOK || stdout != "wrote edgelocal.yaml: 2 names are left to say\n" {
		t.Fatalf("got %d %q %q", status, stdout, stderr)
	}
	content, err := os.ReadFile(filepath.Join(dir, "edgelocal.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	const want = `
# a key group's id: a file with a public key, whose name is its Key-Pair-Id;
# or with more lines below it: Key-Pair-Ids and their files
# keyGroups:
#   "g1": ./K2JCJMDEHXQW5F.pem  # at default_cache_behavior.trusted_key_groups

# the name of a key value store, or of the CloudFront Function that has it: a JSON file
# keyValueStores:
#   "pages": ./pages.json  # of the CloudFront Function pages
`
	if !strings.HasSuffix(string(content), want) {
		t.Errorf("got %s, want at its end %s", content, want)
	}
}
