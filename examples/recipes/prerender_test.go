package recipes_test

import (
	"context"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestPrerender(t *testing.T) {
	by := func(agent string) []string { return []string{"User-Agent", agent} }
	renderer := &edge.CustomOrigin{DomainName: "b.example.com"}
	b := edgesim.Behavior{CachePolicy: keyed("X-Prerender"), Functions: edgesim.Associate(recipes.Prerender(renderer, "Googlebot", "bingbot"))}
	check(t, play(t, withB(b)), "X-Cache", []row{
		{"crawler", "/users/7", by("Mozilla/5.0 (compatible; Googlebot/2.1)"), "200 | Miss | b.example.com", ""},
		{"another crawler", "/users/7", by("BINGBOT/2.0"), "200 | Hit | b.example.com", "one object for all crawlers"},
		{"browser", "/users/7", by("Firefox/140"), "200 | Miss | a.example.com", ""},
		{"another browser", "/users/7", by("Firefox/141"), "200 | Hit | a.example.com", "and one for all browsers"},
		{"forged", "/users/7", append(by("Firefox/141"), "X-Prerender", "yes"), "200 | Hit | a.example.com", "the viewer's header does not count"},
		{"file", "/app.js", by("Googlebot"), "200 | Miss | a.example.com", "only pages are rendered"},
	})

	t.Run("mistake", func(t *testing.T) {
		var seen string
		b.Functions = edgesim.Associate(&edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			seen = r.Header.Get("User-Agent")
			if strings.Contains(seen, "bot") {
				r.SetOrigin(renderer)
			}
			return r, nil
		}})
		check(t, play(t, withB(b)), "X-Cache", []row{
			{"at the origin", "/", by("Googlebot"), "200 | Miss | a.example.com", "User-Agent is not the viewer's at origin-request"},
		})
		if seen != "Amazon CloudFront" {
			t.Errorf("User-Agent at origin-request: got %q", seen)
		}
		b.CachePolicy = keyed("User-Agent")
		check(t, play(t, withB(b)), "X-Cache", []row{
			{"crawler", "/", by("Googlebot"), "200 | Miss | b.example.com", "a policy brings it"},
			{"browser", "/", by("Firefox/140"), "200 | Miss | a.example.com", ""},
			{"another browser", "/", by("Firefox/141"), "200 | Miss | a.example.com", "and an object for each of thousands of browsers"},
		})
	})
}
