package edge_test

import (
	"context"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Make the origin's error a page of the site. A bucket that may not be listed
// answers 403 for what is not there; viewers get 404.
//
// origin-response runs for the origin's errors, viewer-response does not. Edit the
// response that came: a new one would lose headers that CloudFront does not let go.
func Example_errorPage() {
	const page = "<!doctype html>\n<title>Not found</title>\n<h1>There is nothing here</h1>\n"

	errorPage := func(_ context.Context, r *edge.Response) error {
		if r.StatusCode != 403 && r.StatusCode != 404 {
			return nil
		}
		r.StatusCode, r.Status = 404, "Not Found"
		r.Body = edge.Text(page)
		r.Header.Set("Content-Type", "text/html; charset=utf-8")
		r.Header.Set("Cache-Control", "max-age=60")
		// These were the origin's body's.
		r.Header.Del("Content-Length")
		r.Header.Del("Content-Encoding")
		r.Header.Del("Etag")
		return nil
	}

	f := &edge.Function{OriginResponse: errorPage}
	for _, status := range []int{200, 403} {
		out, err := edgetest.Response(f, edgetest.NewResponse(edge.OriginResponse, status, "/page.html"))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%d: %d, the origin's own body: %t\n", status, out.StatusCode, out.Body.IsZero())
	}
	// Output:
	// 200: 200, the origin's own body: true
	// 403: 404, the origin's own body: false
}
