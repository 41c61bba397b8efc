package syntax

import (
	"testing"

	"slices"
)

// TestDirectiveIndex compares the index with a plain loop over the names.
func TestDirectiveIndex(t *testing.T) {
	t.Parallel()
	var names []string
	longest := 0 // number of names that a look-up compares
	for id := DirUnknown + 1; id < DirectiveEnd; id++ {
		names = append(names, Directives[id].Name)
		n := 1
		for i := directiveSlot(Directives[id].Name); directiveIndex[i] != id; i++ {
			n++
		}
		longest = max(longest, n)
	}
	if len(names) < 35 {
		t.Fatalf("got %d directives", len(names))
	}
	for _, name := range names {
		if !(LookupDirective(name) != DirUnknown) {
			t.Errorf("%s is not found", name)
		}
		for i := range name {
			wrong := name[:i] + "x" + name[i+1:]
			if (LookupDirective(wrong) != DirUnknown) != slices.Contains(names, wrong) {
				t.Errorf("%s: got %v", wrong, (LookupDirective(wrong) != DirUnknown))
			}
		}
	}
	for _, name := range []string{"", "x", "img-srcs", "IMG-SRC"} {
		if LookupDirective(name) != DirUnknown {
			t.Errorf("%q is found", name)
		}
	}
	if longest > 3 {
		t.Errorf("a look-up compares %d names; want at most 3", longest)
	}
}
