package edgesim_test

import (
	"archive/zip"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// need skips a test when a program is missing, unless everything is to be tested.
func need(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatalf("%s is not installed", program)
		}
		t.Skipf("%s is not installed", program)
	}
}

// open writes the files into a folder and opens it as a package.
func open(t testing.TB, p edgesim.Package, files map[string]string) *edgesim.OpenPackage {
	t.Helper()
	p.Path = t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(p.Path, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

const asyncHandler = `export const handler = async (event, context) => {
  const request = event.Records[0].cf.request;
  if (request.uri === "/crash") process.exit(7);
  if (request.uri === "/hang") await new Promise((resolve) => setTimeout(resolve, 60000));
  if (request.uri === "/throw") throw new TypeError("no such table");
  if (request.uri === "/null") return null;
  return { status: "200", body: request.uri + " " + (context.getRemainingTimeInMillis() > 0) };
};
`

func TestNodePackage(t *testing.T) {
	t.Parallel()
	need(t, "node")
	o := open(t, edgesim.Package{Timeout: 2 * time.Second, Processes: 1}, map[string]string{"index.mjs": asyncHandler})
	s := foreign(t, edge.ViewerRequest, o)
	tests := []struct {
		target string
		status int
		want   string // in the body, or in the reason
		starts int
	}{
		{"/a", 200, "/a true", 1},
		{"/throw", 503, "no such table", 1},
		{"/null", 502, "must be an object", 1},
		{"/b", 200, "/b true", 1},
		{"/crash", 503, "crashed", 1},
		{"/c", 200, "/c true", 2},
		{"/hang", 503, "timed out", 2},
		{"/d", 200, "/d true", 3},
	}
	for _, tc := range tests { // one after the other: each needs what the one before left
		resp, trace := get(s, tc.target)
		if got := body(t, resp) + trace.Reason; resp.StatusCode != tc.status || !strings.Contains(got, tc.want) || o.Starts() != tc.starts {
			t.Errorf("%s: got %d %q after %d starts, want %d %q after %d", tc.target, resp.StatusCode, got, o.Starts(), tc.status, tc.want, tc.starts)
		}
	}
}

func TestNodeCallbackPackage(t *testing.T) {
	t.Parallel()
	need(t, "node")
	o := open(t, edgesim.Package{Handler: "app.run", Runtime: "nodejs22.x", Processes: 4}, map[string]string{"app.js": `'use strict';
exports.run = (event, context, callback) => {
  const response = event.Records[0].cf.response;
  response.headers['x-from'] = [{ key: 'X-From', value: 'callback' }];
  callback(null, response);
};
`})
	s := foreign(t, edge.OriginResponse, o)
	for range 2 {
		if resp, trace := send(s, "POST", "/"); resp.Header.Get("X-From") != "callback" || o.Starts() != 1 {
			t.Errorf("got %d %v (%s), %d starts", resp.StatusCode, resp.Header, trace.Reason, o.Starts())
		}
	}
}

// TestPackageRuntimes: one and the same handler, and CloudFront's page, by the rules of two runtimes.
func TestPackageRuntimes(t *testing.T) {
	t.Parallel()
	need(t, "node")
	tests := []struct {
		name, code   string
		older, newer int
		reason       string // in what the trace says of the failure
	}{
		{"plain-return", `event => ({ status: "200" })`, 502, 200, "null"},
		{"callback", `(event, context, callback) => callback(null, { status: "200" })`, 200, 503, "Runtime.CallbackHandlerDeprecated"},
		{"above-6-MB", `async () => "x".repeat(7e6)`, 503, 503, "Response payload size exceeded maximum allowed payload size (6291556 bytes)."},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for runtime, want := range map[string]int{"nodejs22.x": tc.older, "nodejs24.x": tc.newer} {
				o := open(t, edgesim.Package{Runtime: runtime, Timeout: time.Minute}, map[string]string{"index.js": "exports.handler = " + tc.code})
				resp, trace := get(foreign(t, edge.OriginRequest, o), "/")
				if resp.StatusCode != want || want != 200 && !strings.Contains(trace.Reason, tc.reason) || o.Runtime() != runtime {
					t.Errorf("%s: got %d (%s), want %d with %q", o.Runtime(), resp.StatusCode, trace.Reason, want, tc.reason)
				}
			}
		})
	}
}

// TestPythonPackage runs four events at once in processes of their own, from a zip.
func TestPythonPackage(t *testing.T) {
	t.Parallel()
	need(t, "python3")
	path := filepath.Join(t.TempDir(), "function.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(file)
	w, _ := z.Create("index.py")
	w.Write([]byte("import time\n\ndef handler(event, context):\n    time.sleep(0.05)\n    request = event['Records'][0]['cf']['request']\n" +
		"    request['uri'] = '/changed'\n    return request\n"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file.Close()
	o, err := edgesim.Package{Path: path, Processes: 4}.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	s := foreign(t, edge.OriginRequest, o)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			resp, trace := get(s, "/x", "Authorization", "x")
			if resp.StatusCode != 200 || trace.Ran(edgesim.StageOriginRequest) && !strings.Contains(strings.Join(trace.Stage(edgesim.StageOriginRequest).Notes, ";"), "/changed") {
				t.Errorf("got %d (%s)", resp.StatusCode, trace.Reason)
			}
		})
	}
	group.Wait()
}

func TestPackageMistakes(t *testing.T) {
	t.Parallel()
	empty := t.TempDir()
	tests := []struct {
		name string
		p    edgesim.Package
		want string
	}{
		{"no-file", edgesim.Package{Path: filepath.Join(empty, "nothing.zip")}, "nothing.zip: "},
		{"nothing-to-run", edgesim.Package{Path: empty}, "want bootstrap, or one of"},
		{"no-bootstrap", edgesim.Package{Path: empty, Runtime: "bootstrap"}, "no file"},
		{"runtime", edgesim.Package{Path: empty, Runtime: "ruby"}, `"ruby"`},
		{"handler", edgesim.Package{Path: empty, Handler: "handler"}, "module.member"},
		{"not-a-zip", edgesim.Package{Path: "package_test.go"}, "not a valid zip"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if o, err := tc.p.Open(); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, %v, want an error with %q", o, err, tc.want)
			}
		})
	}
}

// TestMain is also the program of a package: a link to the test binary with the name bootstrap runs the demo's
// function.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "bootstrap" {
		f := demo()
		f.OriginRequest = func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Set("Via", "me") // read-only
			return r, nil
		}
		edge.Start(f)
	}
	os.Exit(m.Run())
}

// TestRefusedInAPackage: what package edge refuses is a 502 in process, as CloudFront would answer if it came
// that far. Deployed, the function reports it as an error, and CloudFront answers 503; a package shows that.
func TestRefusedInAPackage(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a program without .exe does not run on Windows")
	}
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(dir, "bootstrap")); err != nil {
		t.Skip(err)
	}
	o, err := edgesim.Package{Path: dir}.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: site()}, Functions: edgesim.Functions{
		ViewerRequest: edgesim.Association{Function: o}, OriginRequest: edgesim.Association{Function: o},
	}})
	if resp, trace := get(s, "/index.html?a=b"); resp.StatusCode != 302 || resp.Header.Get("Location") != "http://localhost:8080/other.html?a=b" {
		t.Errorf("the package's redirect: got %d (%s)", resp.StatusCode, trace.Reason)
	}
	if resp, trace := get(s, "/index.html"); resp.StatusCode != 503 || !strings.Contains(trace.Reason, "via") {
		t.Errorf("got %d (%s), want 503", resp.StatusCode, trace.Reason)
	}
}
