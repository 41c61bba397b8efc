package repo_test

import (
	"bytes"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

// TestDemoPackages holds the zips of the demo to what viewer triggers were seen to take, and to equal bytes for two builds.
func TestDemoPackages(t *testing.T) {
	t.Parallel()
	leaveOutIfShort(t)
	if raceEnabled {
		t.Skip("compressing takes too long under the race detector: a run without it looks at the sizes")
	}
	for _, name := range []string{"viewerrequest", "originresponse"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second := demo(t, name), demo(t, name)
			if !bytes.Equal(first, second) {
				t.Errorf("%s: two builds differ", name)
			}
			data, err := pack.Zip(first)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s.zip: %s bytes", name, pack.Grouped(len(data)))
			if len(data) > pack.ViewerLimit {
				t.Errorf("%s.zip has %s bytes, want at most %s", name, pack.Grouped(len(data)), pack.Grouped(pack.ViewerLimit))
			}
		})
	}
}

// demo builds one of the demo's programs.
func demo(t *testing.T, name string) []byte {
	t.Helper()
	var builder pack.Builder
	programs, err := builder.Find(t.Context(), module+"/examples/githubdemo/lambda/"+name)
	if err != nil {
		t.Fatal(err)
	}
	program, err := builder.Build(t.Context(), programs[0])
	if err != nil {
		t.Fatal(err)
	}
	return program
}
