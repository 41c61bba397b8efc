package workload_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/workload"
)

func TestFile(t *testing.T) {
	var text strings.Builder
	if err := workload.Write(&text, workload.Rules(3, 4)); err != nil {
		t.Fatal(err)
	}
	want := slices.Collect(workload.Rules(3, 4))
	for i := range want {
		want[i].Status = 301 // what _redirects files mean by none
	}
	got := slices.Collect(workload.Read(text.String()))
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(redirect.Rule{}, redirect.When{})); diff != "" {
		t.Errorf("of %s (-want +got):\n%s", text.String(), diff)
	}
}

// TestPaths: each path is for its own rule.
func TestPaths(t *testing.T) {
	const n = 8
	rules := slices.Collect(workload.Rules(n, n))
	for i := range rules {
		rules[i].Line = i + 1
	}
	table := redirect.MustCompile(redirect.Config{Rules: rules})
	for i := range n {
		for path, want := range map[string]int{
			workload.ExactPath(i):    i + 1,
			workload.WildcardPath(i): n + i + 1,
			workload.MissingPath(i):  0,
		} {
			if m, _ := table.Lookup(workload.Request(path, "")); m.Line != want {
				t.Errorf("%s: rule %d; want %d", path, m.Line, want)
			}
		}
	}
}
