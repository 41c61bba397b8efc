package repo_test

import (
	"bytes"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

// TestDemoPackages holds the zips of the demo to what viewer triggers were seen to take, and to equal bytes for two builds.
func TestDemoPackages(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"viewerrequest", "originresponse"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second := demoZip(t, name), demoZip(t, name)
			t.Logf("%s.zip: %s bytes", name, pack.Grouped(len(first)))
			if len(first) > pack.ViewerLimit {
				t.Errorf("%s.zip has %s bytes, want at most %s", name, pack.Grouped(len(first)), pack.Grouped(pack.ViewerLimit))
			}
			if !bytes.Equal(first, second) {
				t.Errorf("%s.zip: two builds differ: %s, %s", name, pack.SHA256(first), pack.SHA256(second))
			}
		})
	}
}

func demoZip(t *testing.T, name string) []byte {
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
	data, err := pack.Zip(program)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
