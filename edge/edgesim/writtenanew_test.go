package edgesim_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestWrittenAnew: a function that gives back what it got in JSON of its own changes nothing, and nothing is found, however odd what the
// viewer and the distribution send.
func TestWrittenAnew(t *testing.T) {
	t.Parallel()
	same := edgesim.Association{Function: edit(func(map[string]any) {})}
	withBody := edgesim.Association{Function: same.Function, IncludeBody: true}
	s := behind(t, edgesim.Behavior{
		Origin:              &edgesim.CustomOrigin{Handler: says(200, "Set-Cookie", "a=1", "Location", "/\u00e9"), CustomHeaders: http.Header{"X-Both": {"1"}}},
		OriginRequestPolicy: edgesim.AllViewer(),
		Functions:           edgesim.Functions{ViewerRequest: withBody, OriginRequest: withBody, OriginResponse: same, ViewerResponse: same},
		AllowedMethods:      []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"},
	})
	for _, target := range []string{"/", "/%41?a=%zz&&=", "/a\u00e9?b\u00e9", "/a\xe9?b=\xe9", "//a/../b?c?d", "/" + strings.Repeat("a", 8000)} {
		r := httptest.NewRequest("POST", "/", strings.NewReader("body"))
		r.RequestURI = target
		for name, value := range map[string]string{"X-Both": "2", "Set-Cookie": "a=1", "Cloudfront-Viewer-Country": "CH", "X-Latin": "\xe9"} {
			r.Header.Set(name, value)
		}
		resp, trace := s.Do(r)
		if resp.StatusCode != 200 {
			t.Errorf("%.40q: got %d: %s", target, resp.StatusCode, trace.Reason)
		}
		for _, trigger := range []edge.Trigger{vreq, oreq, ores, vres} {
			if st := trace.Stage(edgesim.StageName(trigger)); st == nil || len(st.Findings) > 0 {
				t.Errorf("%.40q: %s: got %v; want no findings", target, trigger, st)
			}
		}
	}
}
