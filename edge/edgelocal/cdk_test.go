package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestCDK synthesizes an app with the aws-cdk-lib that .ci/cdk installs, and serves what it wrote: nothing in the folder says more than the
// app does, but for the servers behind the API and the function URL.
func TestCDK(t *testing.T) {
	t.Parallel()
	need(t, "node")
	dir := copied(t, "cdkapp", nil)
	synthesize(t, dir)
	servers := []string{"-env", "api=" + echo(t, "the API"), "-env", "render=" + echo(t, "the renderer")}

	status, stdout, stderr := inFolder(t, dir, append(servers, "-check")...)
	if status != exitOK || stderr != "" {
		t.Errorf("-check: got status %d: %s", status, stderr)
	}
	stack := "edge-lambda-stack-c8d924542f96583731590d45379d50f1a3f09e35e6" // by the stack's address in the app
	wantLines(t, "stdout", stdout, []string{
		"cdk.out/Site.template.json: a template",
		"    viewer-request     " + stack + "-members",
		"    viewer-request     eu-central-1SiteRewrite", // CDK's name for a CloudFront Function begins with the region
		"    origin-response    " + stack + "-headers",
	})
	if status, stdout, stderr = inFolder(t, dir, append(servers, "test", "site.requests")...); status != exitOK {
		t.Errorf("site.requests: got status %d: %s%s", status, stdout, stderr)
	}

	r := start(t, dir, servers...)
	site := r.line("serving on ")
	for _, tc := range []struct{ path, want string }{
		{"/", "200 Miss from cloudfront <!doctype html><title>Journal"}, {"/", "200 Hit from cloudfront <!doctype html><title>Journal"},
		{"/jobs", "301 FunctionGeneratedResponse from cloudfront"}, {"/members/", "302 LambdaGeneratedResponse from cloudfront"},
		{"/api/orders", "200 Miss from cloudfront the API: GET /api/orders"},
	} {
		if got := get(t, site+tc.path); !strings.HasPrefix(got, tc.want) {
			t.Errorf("%s: got %q, want %q", tc.path, got, tc.want)
		}
	}
	r.stop()
}

// synthesize runs a folder's app.js, which writes cdk.out.
func synthesize(t *testing.T, dir string) {
	t.Helper()
	installed := os.Getenv("LAMBDAEDGE_CDK")
	if installed == "" {
		const why = `LAMBDAEDGE_CDK is not set: eval "$(.ci/cdk)" installs aws-cdk-lib and sets it`
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	if err := os.Symlink(installed+"/node_modules", dir+"/node_modules"); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "app.js")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CDK_VALIDATION=false") // its own checks of what it wrote take eight times as long as all else
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("node app.js: %v\n%s", err, said)
	}
}

// echo is the address of a server whose answers say what it was asked.
func echo(t *testing.T, name string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s: %s %s %s", name, r.Method, r.URL.Path, body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}
