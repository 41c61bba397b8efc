package edgesim_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestTriggers holds which triggers run for which request (lambda-cloudfront-trigger-events.html).
func TestTriggers(t *testing.T) {
	t.Parallel()
	const vreq, oreq, ores, vres = edge.ViewerRequest, edge.OriginRequest, edge.OriginResponse, edge.ViewerResponse
	tests := []struct {
		name    string
		origin  *origin
		answers map[edge.Trigger]string // generated responses
		first   []edge.Trigger
		second  []edge.Trigger // the same request again
		result  string         // of the second
	}{
		{"object", says(200), nil, []edge.Trigger{vreq, oreq, ores, vres}, []edge.Trigger{vreq, vres}, "Hit"},
		{"generated-in-viewer-request", says(200), map[edge.Trigger]string{vreq: `{"status":"200"}`}, []edge.Trigger{vreq}, []edge.Trigger{vreq}, "LambdaGeneratedResponse"},
		{"generated-in-origin-request", says(200), map[edge.Trigger]string{oreq: `{"status":"200"}`}, []edge.Trigger{vreq, oreq, vres}, []edge.Trigger{vreq, vres}, "Hit"},
		{"origin-404", says(404), nil, []edge.Trigger{vreq, oreq, ores}, []edge.Trigger{vreq}, "Error"},
		{"origin-500", says(500), nil, []edge.Trigger{vreq, oreq, ores}, []edge.Trigger{vreq}, "Error"},
		{"origin-302", says(302, "Location", "/x"), nil, []edge.Trigger{vreq, oreq, ores, vres}, []edge.Trigger{vreq, vres}, "Hit"},
		{"404-made-200", says(404), map[edge.Trigger]string{ores: `{"status":"200","headers":{}}`}, []edge.Trigger{vreq, oreq, ores}, []edge.Trigger{vreq}, "Hit"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var ran []edge.Trigger
			association := func(trigger edge.Trigger) edgesim.Association {
				return edgesim.Association{Function: raw(func(event []byte) ([]byte, error) {
					ran = append(ran, trigger)
					if answer, ok := tc.answers[trigger]; ok {
						return []byte(answer), nil
					}
					return edit(func(map[string]any) {})(event)
				})}
			}
			w := serving(t, tc.origin, caching(0, 60, 600), func(c *edgesim.Config) {
				c.Distribution.DefaultBehavior.Functions = edgesim.Functions{ViewerRequest: association(vreq), OriginRequest: association(oreq), OriginResponse: association(ores), ViewerResponse: association(vres)}
			})
			get(w.Simulator, "/")
			if diff := cmp.Diff(tc.first, ran); diff != "" {
				t.Errorf("first request (-want +got):\n%s", diff)
			}
			ran = nil
			resp, trace := get(w.Simulator, "/")
			if diff := cmp.Diff(tc.second, ran); diff != "" || resp.Header.Get("X-Cache") != tc.result+" from cloudfront" {
				t.Errorf("second request: %q (%s), want %q (-want +got):\n%s", trace.Result, trace.Reason, tc.result, diff)
			}
		})
	}
}
