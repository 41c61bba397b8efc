package recipes

import (
	"context"
	"path"

	"github.com/edgehelpers/lambdaedge/edge"
)

// SPAFallback serves an application of one page: every path whose last segment has no
// dot is the page's, such as "/index.html". Files that are not there stay a 404.
// Associate it with the behaviour of the application, and with none of an API.
func SPAFallback(page string) *edge.Function {
	return &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if path.Ext(r.URI) == "" {
			r.URI = page
		}
		return r, nil
	}}
}
