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
