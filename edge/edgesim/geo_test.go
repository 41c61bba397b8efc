package edgesim_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestGeoRestriction holds who is let in (georestrictions.html).
func TestGeoRestriction(t *testing.T) {
	t.Parallel()
	allow, block := edgesim.GeoRestriction{Allow: []string{"LI", "CH"}}, edgesim.GeoRestriction{Block: []string{"MC"}}
	tests := []struct {
		name, country string
		restriction   edgesim.GeoRestriction
		status        int
		reason        string
	}{
		{"allowed", "CH", allow, 200, "only if they're in one of the approved countries on your allow list"},
		{"not-allowed", "MC", allow, 403, ""},
		{"blocked", "MC", block, 403, "in one of the banned countries on your block list"},
		{"not-blocked", "CH", block, 200, ""},
		{"not-known-allow", "", allow, 200, "if CloudFront can't determine a user's location, CloudFront serves the content"},
		{"not-known-block", "", block, 200, ""},
		{"none", "MC", edgesim.GeoRestriction{}, 200, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, says(200), caching(0, 0, 0), func(c *edgesim.Config) { c.Distribution.GeoRestriction = tc.restriction })
			r := httptest.NewRequest("GET", "/a", nil)
			if tc.country != "" {
				r.Header.Set("X-Mock-CloudFront-Viewer-Country", tc.country)
			}
			resp, trace := w.Do(r)
			body := string(must(io.ReadAll(resp.Body)))
			const sentence = "The Amazon CloudFront distribution is configured to block access from your country."
			if resp.StatusCode != tc.status || (tc.status == 403) != strings.Contains(body, sentence) {
				t.Errorf("got %d, want %d: %s\n%s", resp.StatusCode, tc.status, tc.reason, body)
			}
			if notes := strings.Join(trace.Stages[0].Notes, "\n"); tc.name != "none" && strings.Contains(notes, "no policy") {
				t.Errorf("the country counts, and the trace says\n%s", notes)
			}
			if tc.status == 403 && (w.origin.calls.Load() != 0 || !strings.Contains(trace.Reason, `"MC"`)) {
				t.Errorf("got %d requests to the origin, and the reason %q", w.origin.calls.Load(), trace.Reason)
			}
		})
	}
	w := serving(t, says(200), caching(0, 0, 0), func(c *edgesim.Config) {
		c.ViewerHeaders = http.Header{"Cloudfront-Viewer-Country": {"MC"}}
		c.Distribution.GeoRestriction = block
		c.Distribution.ErrorResponses = []edgesim.ErrorResponse{{Status: 403, PagePath: "/sorry.html"}}
	})
	resp, trace := w.Do(httptest.NewRequest("GET", "/a", nil))
	if body := string(must(io.ReadAll(resp.Body))); resp.StatusCode != 403 || body != "1" || !trace.Ran(edgesim.StageErrorPage) {
		t.Errorf("with Config.ViewerHeaders and a custom error page: got %d and %q", resp.StatusCode, body)
	}
}

// TestGeoRestrictionMistakes holds what New says.
func TestGeoRestrictionMistakes(t *testing.T) {
	t.Parallel()
	_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{
		DefaultBehavior: edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: http.NotFoundHandler()}},
		GeoRestriction:  edgesim.GeoRestriction{Allow: []string{"ch", "CHE"}, Block: []string{"MC"}},
	}})
	for _, want := range []string{"both Allow and Block", `got "ch"`, `got "CHE"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v, want one with %q", err, want)
		}
	}
}
