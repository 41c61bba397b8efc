package viewerrequest_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/viewerrequest/rules"
	"github.com/edgehelpers/lambdaedge/redirect"
)

var update = flag.Bool("update", false, "write rules/compiled.bin")

// TestCompiled: the rules that the function holds are those that can be read.
func TestCompiled(t *testing.T) {
	const file = "rules/compiled.bin"
	want, err := redirect.MustCompile(rules.Config()).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what the rules compile to (%v); run go generate", file, err)
	}
}
