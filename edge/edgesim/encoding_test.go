package edgesim_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestEncoding holds that functions see UTF-8, ISO-8859-1 read as such, and that what they leave alone goes on with the viewer's bytes
// (edge-function-restrictions-all.html, "URI and query string encoding").
func TestEncoding(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                string
		change              func(*edge.Request)
		seen                string // uri, query string and header as the function sees them
		path, query, header string // as the origin gets them
	}{
		{"unchanged", func(*edge.Request) {}, "/caf\u00e9 q=\u00fc \u00e4", "/caf\xe9", "q=\xfc", "\xe4"},
		{"uri-changed", func(r *edge.Request) { r.URI += "/x" }, "/caf\u00e9 q=\u00fc \u00e4", "/caf\u00e9/x", "q=\xfc", "\xe4"},
		{"query-changed", func(r *edge.Request) { r.QueryString += "&x" }, "/caf\u00e9 q=\u00fc \u00e4", "/caf\xe9", "q=\u00fc&x", "\xe4"},
		{"header-changed", func(r *edge.Request) { r.Header.Set("X-A", r.Header.Get("X-A")+"x") }, "/caf\u00e9 q=\u00fc \u00e4", "/caf\xe9", "q=\xfc", "\u00e4x"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var seen, path, query, value string
			o := script(func(_ http.ResponseWriter, r *http.Request) {
				path, query, value = r.URL.Path, r.URL.RawQuery, r.Header.Get("X-A")
			})
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: o}, Functions: edgesim.Associate(&edge.Function{
				OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
					seen = r.URI + " " + r.QueryString + " " + r.Header.Get("X-A")
					tc.change(r)
					return r, nil
				},
			})})
			r := httptest.NewRequest("GET", "/", nil)
			r.RequestURI = "/caf\xe9?q=\xfc"
			r.Header.Set("X-A", "\xe4")
			_, trace := s.Do(r)
			if seen != tc.seen || path != tc.path || query != tc.query || value != tc.header {
				t.Errorf("the function saw %q, the origin got %q, %q, %q; want %q and %q, %q, %q (%s)", seen, path, query, value, tc.seen, tc.path, tc.query, tc.header, trace.Reason)
			}
		})
	}
}
