package edgesim_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestMocks holds that a request can play another viewer.
func TestMocks(t *testing.T) {
	t.Parallel()
	var seen, atOrigin, after *edge.Request
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}, CachePolicy: edgesim.CachingDisabled(),
		OriginRequestPolicy: edgesim.AllViewerAndCloudFrontHeaders(),
		Functions: edgesim.Associate(&edge.Function{
			ViewerRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { seen = r; return r, nil },
			OriginRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { atOrigin = r; return r, nil },
			ViewerResponse: func(_ context.Context, r *edge.Response) error { after = r.Request; return nil },
		})}, func(c *edgesim.Config) {
		c.ViewerHeaders = http.Header{}
		c.ViewerHeaders.Set("CloudFront-Viewer-City", "Bern")
		c.Distribution.DefaultRootObject = "index.html"
	})
	get(s, "/", "X-Mock-CloudFront-Viewer-Country", "CH", "X-Mock-CloudFront-Viewer-Address", "[2001:db8::1]:4711", "CloudFront-Viewer-Country", "XX",
		"User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148")
	if seen.ClientIP != "2001:db8::1" || seen.Header.Get("CloudFront-Viewer-Country") != "XX" || seen.Header.Has("X-Mock-CloudFront-Viewer-Country") {
		t.Errorf("viewer-request saw client %q and headers %v", seen.ClientIP, seen.Header)
	}
	for name, want := range map[string]string{"Country": "CH", "City": "Bern", "Address": "[2001:db8::1]:4711"} {
		if got := atOrigin.Header.Get("CloudFront-Viewer-" + name); got != want {
			t.Errorf("origin-request: %s: got %q, want %q", name, got, want)
		}
	}
	if after.Header.Get("CloudFront-Viewer-Country") != "XX" || after.Header.Has("CloudFront-Viewer-City") || after.URI != "/" || atOrigin.URI != "/index.html" {
		t.Errorf("viewer-response saw %q with %v: the root object and these headers are for the origin", after.URI, after.Header)
	}
	if h := atOrigin.Header; h.Get("CloudFront-Is-Mobile-Viewer") != "true" || h.Get("CloudFront-Is-Desktop-Viewer") != "false" || h.Get("CloudFront-Is-IOS-Viewer") != "true" {
		t.Errorf("device: got %v", h)
	}
}
