package rules

import (
	"slices"
	"strings"
	"testing"
)

func TestHeaderLists(t *testing.T) {
	for _, list := range [][]string{
		disallowed[:], notCustom[:], ReadOnly("viewer-request"), ReadOnly("origin-request"),
		ReadOnly("origin-response"), ReadOnly("viewer-response"), uriHeaders[:],
	} {
		if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Errorf("not sorted or with a name twice: %q", list)
		}
		for _, name := range list {
			if name != strings.ToLower(name) {
				t.Errorf("%q is not in lower case", name)
			}
		}
	}
}
