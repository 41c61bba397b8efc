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
	status, stdout, stderr := finished(t, process(t, dir, "init"))
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
	_, _, stderr = finished(t, process(t, dir, "-check"))
	wantLines(t, "stderr", stderr, []string{`edgelocal: distribution.json: Origins[0]: origin "site": there is no folder public`, `edgelocal: distribution.json: DefaultCacheBehavior.LambdaFunctionAssociations[0]: viewer-request: function auth: there is no lambda/auth`})
	if status, _, stderr = finished(t, process(t, dir, "init")); status != exitFailed || !strings.Contains(stderr, "is there already") {
		t.Errorf("a second time: got %d %q", status, stderr)
	}
}
