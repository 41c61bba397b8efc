package recipes

import (
	"context"
	"path"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// TrailingSlash serves /docs/index.html of a bucket, which knows no folders, as
// /docs/, and redirects /docs to it, so that relative links on the page hold. What
// has an extension is a file.
func TrailingSlash() *edge.Function {
	return &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch {
		case strings.HasSuffix(r.URI, "/"):
			r.URI += "index.html"
			return r, nil
		case path.Ext(r.URI) != "":
			return r, nil
		}
		location := r.URI + "/"
		if r.QueryString != "" {
			location += "?" + r.QueryString
		}
		// The path is the viewer's: "//evil.example" would be another site.
		target, err := redirect.Local(location)
		if err != nil {
			return r, nil // to the bucket, which has no such object
		}
		return redirect.To(301, target.String()), nil
	}}
}
