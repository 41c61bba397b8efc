package edge_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// THIS IS WRONG. The function relies on viewer-response to add the policy to all
// that viewers get. CloudFront does not run viewer-response for an answer of
// viewer-request, nor for the origin's errors: the login page, of all pages, comes
// without the policy.
//
// Instead, set it where the answer is made, and in origin-response for the rest.
func Example_wrongTrigger() {
	f := &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			if r.URI != "/login" {
				return r, nil
			}
			answer := &edge.Response{StatusCode: 200, Body: edge.Text("<form method=post>...</form>")}
			answer.Header.Set("Content-Type", "text/html; charset=utf-8")
			return answer, nil
		},
		ViewerResponse: func(_ context.Context, r *edge.Response) error {
			r.Header.Set("Content-Security-Policy", "default-src 'self'")
			return nil
		},
	}

	// CloudFront on this machine shows it.
	sim, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{
		DefaultBehavior: edgesim.Behavior{
			Origin:    &edgesim.S3Origin{FS: fstest.MapFS{"index.html": {Data: []byte("<p>hello")}}},
			Functions: edgesim.Associate(f),
		},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, target := range []string{"/index.html", "/login", "/no-such-page"} {
		res, _ := sim.Do(httptest.NewRequest(http.MethodGet, target, nil))
		fmt.Printf("%s: %d, policy %q\n", target, res.StatusCode, res.Header.Get("Content-Security-Policy"))
	}
	// Output:
	// /index.html: 200, policy "default-src 'self'"
	// /login: 200, policy ""
	// /no-such-page: 403, policy ""
}
