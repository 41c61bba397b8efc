package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe/answered"
)

// TestBuild holds that the zips of the functions about runtimes answer alike: the second request finds the process that had the first.
func TestBuild(t *testing.T) {
	if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") != "1" {
		t.Skip("compiles net/http for the packages, half a minute of a processor the first time: LAMBDAEDGE_REQUIRE_ALL=1 runs it")
	}
	needNode(t)
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the packages hold programs for linux/amd64")
	}
	dir := filepath.Join(t.TempDir(), "packages")
	var stdout, stderr strings.Builder
	if code := run(t.Context(), []string{"-build", "-packages", dir}, nil, &stdout, &stderr); code != 0 {
		t.Fatalf("exit status %d: %s%s", code, &stdout, &stderr)
	}
	for name, first := range map[string]string{"asked.zip": "index.js", "origin.zip": "bootstrap"} {
		z, err := zip.OpenReader(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		if f := z.File[0]; f.Name != first || f.Mode().Perm() != 0o755 {
			t.Errorf("%s begins with %s (%v), want %s that can be run", name, f.Name, f.Mode(), first)
		}
	}
	tests := map[string]struct{ runtime, language string }{
		"goruntime.zip": {"bootstrap", "go1."}, "jsruntime.zip": {"nodejs22.x", "node v"}, "large.zip": {"nodejs22.x", "node v"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := edgesim.Package{Path: filepath.Join(dir, name), Runtime: tc.runtime, Processes: 1}.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			sim, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
				Origin: &edgesim.S3Origin{FS: fstest.MapFS{}}, Functions: edgesim.Functions{ViewerRequest: edgesim.Association{Function: f}},
			}}})
			if err != nil {
				t.Fatal(err)
			}
			for n := range int64(2) {
				w := httptest.NewRecorder()
				sim.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
				body, _ := io.ReadAll(w.Body)
				var got answered.Runtime
				if err := json.Unmarshal(body, &got); err != nil || got.Requests != n+1 || !strings.HasPrefix(got.Language, tc.language) {
					t.Errorf("request %d: %d %s, want %s and as many requests", n+1, w.Code, body, tc.language)
				}
			}
		})
	}
}
