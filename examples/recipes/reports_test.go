package recipes_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/cspreport"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
	"github.com/google/go-cmp/cmp"
)

func TestReports(t *testing.T) {
	everyMethod := []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
	tests := []struct {
		name    string
		methods []string
		body    bool // include_body
		want    int
		lines   []string
		reason  string
	}{
		{"taken", everyMethod, true, 204, []string{"https://www.example.com/search script-src-elem https://cdn.example.net/app.js"}, "without the query"},
		{"mistake/methods", nil, true, 403, nil, "a behaviour allows GET and HEAD unless it says more"},
		{"mistake/body", everyMethod, false, 503, nil, "the association does not include the body, and the function says so"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var log strings.Builder
			f := recipes.Reports("/csp-report", &log)
			sim := behind(t, edgesim.Behavior{Origin: bucket(), AllowedMethods: test.methods,
				Functions: edgesim.Functions{ViewerRequest: edgesim.Association{Function: f, IncludeBody: test.body}}})
			r := httptest.NewRequest("POST", "/csp-report", strings.NewReader(`{"csp-report": {"document-uri": "https://www.example.com/search?q=illness",
				"effective-directive": "script-src-elem", "blocked-uri": "https://cdn.example.net/app.js"}}`))
			r.Header.Set("Content-Type", "application/csp-report")
			if response, trace := sim.Do(r); response.StatusCode != test.want {
				t.Errorf("got %d, want %d: %s", response.StatusCode, test.want, trace.Reason)
			}
			var lines []string
			for report, err := range cspreport.Read(strings.NewReader(log.String())) {
				if err != nil {
					t.Error(err)
				}
				lines = append(lines, strings.Join([]string{report.DocumentURL, report.Directive, report.BlockedURL}, " "))
			}
			if diff := cmp.Diff(test.lines, lines); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.reason, diff)
			}
		})
	}
}
