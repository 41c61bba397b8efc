package edgesim_test

import (
	"context"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestCustomErrorPages(t *testing.T) {
	t.Parallel()
	ran := map[edge.Trigger]int{}
	f := &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			ran[edge.ViewerRequest]++
			return r, nil
		},
		ViewerResponse: func(context.Context, *edge.Response) error { ran[edge.ViewerResponse]++; return nil },
	}
	s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: site()}, CachePolicy: caching(0, 60, 600), Functions: edgesim.Associate(f)}, func(c *edgesim.Config) {
		c.Distribution.ErrorResponses = []edgesim.ErrorResponse{
			{Status: 403, PagePath: "/errors/index.html", ResponseCode: 200, CachingTTL: 10 * time.Second}, {Status: 416, PagePath: "/nowhere.html"},
		}
		c.Distribution.Behaviors = []edgesim.Behavior{{PathPattern: "/errors/*", CachePolicy: caching(0, 60, 600),
			Origin: &edgesim.CustomOrigin{Handler: script(answer(200, "sorry", "Content-Type", "text/html")), DomainName: "errors.example.com"}}}
	})
	for _, want := range []string{"first", "again"} {
		resp, trace := get(s, "/missing", "Range", "bytes=0-1")
		if got := body(t, resp); resp.StatusCode != 200 || got != "sorry" || trace.Result != "Error from cloudfront" {
			t.Errorf("%s: got %d %q %q", want, resp.StatusCode, got, trace.Result)
		}
	}
	if ran[edge.ViewerRequest] != 2 || ran[edge.ViewerResponse] != 0 {
		t.Errorf("got %v, want viewer-request once for each viewer and viewer-response not at all (lambda-cloudfront-trigger-events.html)", ran)
	}
}

// TestErrorPageNotThere holds what a viewer gets when the custom error page is an error itself: the status of the origin that has the pages
// (GeneratingCustomErrorResponses.html: a deleted page for 500 in a bucket is a 404).
func TestErrorPageNotThere(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		pages edgesim.Origin
		want  int
		why   string
	}{
		{"deleted", &edgesim.S3Origin{FS: site(), ListBucket: true}, 404, ""},
		{"denied", &edgesim.S3Origin{FS: site()}, 403, "and not the page for 403"},
		{"broken", &edgesim.CustomOrigin{Handler: script(answer(503, "busy"))}, 503, ""},
		{"no-server", &edgesim.CustomOrigin{URL: "http://127.0.0.1:1", Attempts: 1}, 502, "CloudFront's own page"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: script(answer(500, "failed"))}, CachePolicy: caching(0, 60, 600)}, func(c *edgesim.Config) {
				c.Distribution.ErrorResponses = []edgesim.ErrorResponse{{Status: 500, PagePath: "/errors/500.html", ResponseCode: 200}, {Status: 403, PagePath: "/errors/403.html"}}
				c.Distribution.Behaviors = []edgesim.Behavior{{PathPattern: "/errors/*", CachePolicy: caching(0, 60, 600), Origin: tc.pages}}
			})
			for _, which := range []string{"first", "again"} {
				resp, trace := get(s, "/")
				if resp.StatusCode != tc.want || trace.Result != "Error from cloudfront" || body(t, resp) == "failed" {
					t.Errorf("%s: got %d, %q, want %d %s", which, resp.StatusCode, trace.Result, tc.want, tc.why)
				}
			}
		})
	}
}
