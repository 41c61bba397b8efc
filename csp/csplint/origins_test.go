package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
)

// TestQuestions: how often policies are asked does not grow with their hosts.
func TestQuestions(t *testing.T) {
	t.Parallel()
	const many, perURL = 200, 3 // URLs; engines
	var hosts, paths, absolute, relative strings.Builder
	for i := range many {
		fmt.Fprintf(&hosts, " h%d.example", i)
		fmt.Fprintf(&paths, " h%d.example/a/", i)
		fmt.Fprintf(&absolute, "<img src=https://y%d.example/y>", i)
		fmt.Fprintf(&relative, "<img src=/y%d>", i)
	}
	tests := []struct {
		name, reason string
		page         string
		policy       string
		want         int // at most
		maybe        bool
	}{
		{"absolute", "only its own host may help", absolute.String(), "img-src" + hosts.String(), 2 * perURL * many, false},
		{"relative", "the first host helps", relative.String(), "img-src" + hosts.String(), 2 * perURL * many, true},
		{"relative-paths", "no host helps, and some are tried", relative.String(), "img-src" + paths.String(), (1 + mostHosts) * perURL * many, false},
		{"other-directive", "its hosts say nothing of images", relative.String(), "img-src 'none'; font-src" + hosts.String(), perURL * many, false},
		{"repeated", "one question for places that are alike", strings.Repeat("<img src=https://y.example/y>", many), "img-src" + hosts.String(), 2 * perURL, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page, err := csphtml.HashHTML(strings.NewReader(tt.page))
			if err != nil {
				t.Fatal(err)
			}
			list, _ := csp.ParseList(tt.policy)
			trial := newTrial(nil, newPageIndex([]byte(tt.page), page.Loads), list, nil)
			found := trial.findings(page, false)
			if len(found) != many {
				t.Errorf("got %d findings; want %d", len(found), many)
			}
			for _, f := range found {
				if got := strings.Contains(f.Reason, "the page's own host"); got != tt.maybe {
					t.Fatalf("%s: got %q", tt.reason, f.Reason)
				}
			}
			if trial.asked > tt.want {
				t.Errorf("asked %d times; want at most %d: %s", trial.asked, tt.want, tt.reason)
			}
		})
	}
}
