package csp_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestCoreLinksNoCrypto: what needs it is in cspcrypto.
func TestCoreLinksNoCrypto(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", "./testdata/linking/send").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for dep := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(dep, "crypto") {
			t.Errorf("a program that sends policies links %s", dep)
		}
	}
}

// TestHostsAreLinkedOnlyForEvaluate builds two small programs: the data that
// Evaluate brings must not be in the one that only sends a policy, as functions
// at the edge do, nor what HashHTML brings.
func TestHostsAreLinkedOnlyForEvaluate(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds programs")
	}
	marks := []string{"cdnjs.cloudflare.com", "CounterClockwiseContourIntegral"}
	for _, tt := range []struct {
		program string
		want    bool
	}{{"testdata/linking/send", false}, {"testdata/linking/evaluate", true}} {
		file := filepath.Join(t.TempDir(), "program")
		if out, err := exec.Command("go", "build", "-o", file, "./"+tt.program).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", tt.program, err, out)
		}
		program, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, mark := range marks {
			if got := bytes.Contains(program, []byte(mark)); got != tt.want {
				t.Errorf("%s: has %q: %v; want %v", tt.program, mark, got, tt.want)
			}
		}
	}
}
