package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/google/go-cmp/cmp"
)

// TestMostAlike: of each code and severity some findings are kept, and the others
// counted.
func TestMostAlike(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason string
		page, policy string
		want         string // findings of each severity and code, and what is said of others
	}{
		{"as-many", "all are kept", strings.Repeat("<img src=a>", mostAlike), "img-src 'none'", "1000 medium blocked-load"},
		{"one-more", "it is counted", strings.Repeat("<img src=a>", mostAlike+1), "img-src 'none'",
			"1000 medium blocked-load\nmedium blocked-load: the page has 1 more of these; 1000 are listed"},
		{"other-severity", "what decides on the exit status is not lost in the crowd",
			strings.Repeat("<img src=a>", 3*mostAlike) + "<script src=b></script>", "default-src 'none'",
			"1000 medium blocked-load\n1 high blocked-load\nmedium blocked-load: the page has 2000 more of these; 1000 are listed"},
		{"handlers", "csphtml's findings of the same places are not listed in place of those left out",
			strings.Repeat("<p onclick=a>", mostAlike+2), "script-src 'self'",
			"1000 medium blocked-event-handler\nmedium blocked-event-handler: the page has 2 more of these; 1000 are listed"},
		{"of-csphtml", "they are counted too", strings.Repeat("<p onclick=a>", mostAlike+2), "",
			"1000 low event-handler\nlow event-handler: the page has 2 more of these; 1000 are listed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page, err := csphtml.HashHTML(strings.NewReader(tt.page))
			if err != nil {
				t.Fatal(err)
			}
			list, _ := csp.ParseList(tt.policy)
			counts := make(map[string]int)
			var kinds, more []string
			for _, f := range newTrial(nil, newPageIndex([]byte(tt.page), page.Loads), list, nil).findings(page, false) {
				kind := f.Severity.String() + " " + f.Code
				if strings.Contains(f.Reason, " more of these") {
					more = append(more, kind+": "+f.Reason)
					continue
				}
				if counts[kind]++; counts[kind] == 1 {
					kinds = append(kinds, kind)
				}
			}
			for i, kind := range kinds {
				kinds[i] = fmt.Sprintf("%d %s", counts[kind], kind)
			}
			if diff := cmp.Diff(tt.want, strings.Join(append(kinds, more...), "\n")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}
