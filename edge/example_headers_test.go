package edge_test

import (
	"context"
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Add security headers to everything that the origin sends.
//
// In origin-response this runs on a miss only and the cache keeps the headers; it
// runs for the origin's errors, too.
func Example_securityHeaders() {
	policy := csp.Must(csp.New(
		csp.DefaultSrc(csp.None),
		csp.ScriptSrc(csp.Self),
		csp.StyleSrc(csp.Self),
		csp.FrameAncestors(csp.None),
	)).String()

	secure := func(_ context.Context, r *edge.Response) error {
		r.Header.Set(csp.HeaderName, policy)
		r.Header.Set("Strict-Transport-Security", "max-age=63072000")
		r.Header.Set("X-Content-Type-Options", "nosniff")
		r.Header.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		r.Header.Del("Server")
		return nil
	}

	f := &edge.Function{OriginResponse: secure}
	came := edgetest.NewResponse(edge.OriginResponse, 200, "/index.html")
	came.Header.Set("Server", "AmazonS3")
	out, err := edgetest.Response(f, came)
	if err != nil {
		fmt.Println(err)
		return
	}
	for name, value := range out.Header.All() {
		fmt.Printf("%s: %s\n", name, value)
	}
	// Output:
	// content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; frame-ancestors 'none'
	// content-type: text/html; charset=utf-8
	// date: Wed, 14 Oct 2026 09:30:00 GMT
	// referrer-policy: strict-origin-when-cross-origin
	// strict-transport-security: max-age=63072000
	// transfer-encoding: chunked
	// x-content-type-options: nosniff
}
