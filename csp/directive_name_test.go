package csp_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
)

// TestDirectiveIndex compares the index with a plain loop over the names.
func TestDirectiveIndex(t *testing.T) {
	t.Parallel()
	names := csp.DirectiveNames()
	if len(names) < 35 {
		t.Fatalf("got %d directives", len(names))
	}
	for _, name := range names {
		if !csp.KnowsDirective(name) {
			t.Errorf("%s is not found", name)
		}
		for i := range name {
			wrong := name[:i] + "x" + name[i+1:]
			if csp.KnowsDirective(wrong) != contains(names, wrong) {
				t.Errorf("%s: got %v", wrong, csp.KnowsDirective(wrong))
			}
		}
	}
	for _, name := range []string{"", "x", "img-srcs", "IMG-SRC"} {
		if csp.KnowsDirective(name) {
			t.Errorf("%q is found", name)
		}
	}
	if n := csp.LongestProbe(); n > 3 {
		t.Errorf("a look-up compares %d names; want at most 3", n)
	}
}
