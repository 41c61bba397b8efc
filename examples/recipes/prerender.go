package recipes

import (
	"context"
	"path"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Prerender sends crawlers to a server that renders the pages of an application, and
// browsers to the application itself. A crawler is who has one of the words in its
// User-Agent, in whatever case; anybody may say so. The cache policy must have the
// header X-Prerender.
func Prerender(renderer edge.Origin, words ...string) *edge.Function {
	return &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Del("X-Prerender") // the viewer's own
			agent := strings.ToLower(r.Header.Get("User-Agent"))
			for _, word := range words {
				if path.Ext(r.URI) == "" && strings.Contains(agent, strings.ToLower(word)) {
					r.Header.Set("X-Prerender", "yes")
				}
			}
			return r, nil
		},
		OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			if r.Header.Has("X-Prerender") {
				r.SetOrigin(renderer)
			}
			return r, nil
		},
	}
}
