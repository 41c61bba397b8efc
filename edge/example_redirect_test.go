package edge_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// Redirect an old part of the site to the new one, with the query byte for byte as
// the viewer sent it. For more than a rule or two see redirect.Table.
func Example_redirect() {
	moved := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		rest, ok := strings.CutPrefix(r.URI, "/blog/")
		if !ok {
			return r, nil
		}
		// What the viewer chose goes through Local, which refuses to leave the site.
		target, err := redirect.Local("/articles/" + rest)
		if err != nil {
			return &edge.Response{StatusCode: 404}, nil
		}
		location := target.String()
		if r.QueryString != "" {
			location += "?" + r.QueryString
		}
		return redirect.To(301, location), nil
	}

	f := &edge.Function{ViewerRequest: moved}
	for _, target := range []string{"/blog/2026/go?x=a%20b+%2F&&z", "/about"} {
		out, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", target))
		switch out := out.(type) {
		case *edge.Response:
			fmt.Println(target, "->", out.StatusCode, out.Header.Get("Location"))
		case *edge.Request:
			fmt.Println(target, "-> goes on")
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// /blog/2026/go?x=a%20b+%2F&&z -> 301 /articles/2026/go?x=a%20b+%2F&&z
	// /about -> goes on
}
