package edge_test

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Rewrite the path for the origin, which viewers do not see: an S3 bucket knows no
// directories, and CloudFront's default root object is for the root only.
//
// In origin-request this runs on a miss only, and the cache key is still the path
// that the viewer asked for.
func Example_rewrite() {
	index := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch {
		case strings.HasSuffix(r.URI, "/"):
			r.URI += "index.html"
		case path.Ext(r.URI) == "":
			r.URI += "/index.html"
		}
		return r, nil
	}

	f := &edge.Function{OriginRequest: index}
	for _, uri := range []string{"/docs/", "/docs", "/docs/a%20b.css"} {
		out, err := edgetest.Request(f, edgetest.NewRequest(edge.OriginRequest, "GET", uri))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(uri, "->", out.(*edge.Request).URI)
	}
	// Output:
	// /docs/ -> /docs/index.html
	// /docs -> /docs/index.html
	// /docs/a%20b.css -> /docs/a%20b.css
}
