package recipes_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestTrailingSlash(t *testing.T) {
	f := recipes.TrailingSlash()
	b := edgesim.Behavior{
		Origin:      bucket("index.html", "docs/index.html", "docs/a.css", "v1.2/docs/index.html"),
		CachePolicy: edgesim.CachingOptimized(),
		Functions:   edgesim.Associate(f),
	}
	check(t, behind(t, b), "X-Cache Location", []row{
		{"root", "/", nil, "200 | Miss |  | index.html", "no default root object is needed"},
		{"folder", "/docs/", nil, "200 | Miss |  | docs/index.html", ""},
		{"index", "/docs/index.html", nil, "200 | Hit |  | docs/index.html", "the same object in the cache"},
		{"no slash", "/docs?page=2&&", nil, "301 | LambdaGeneratedResponse | /docs/?page=2&& | ", "the query goes along"},
		{"dot before", "/v1.2/docs", nil, "301 | LambdaGeneratedResponse | /v1.2/docs/ | ", "only the last segment has an extension"},
		{"file", "/docs/a.css", nil, "200 | Miss |  | docs/a.css", ""},
		{"elsewhere", "//evil@example", nil, "404 | Error |  | <Key>/evil@example</Key>", "no redirect to another site"},
	})

	t.Run("mistake", func(t *testing.T) {
		b.Functions = edgesim.Associate(&edge.Function{OriginRequest: f.ViewerRequest})
		check(t, behind(t, b), "X-Cache Location", []row{
			{"query", "/docs?page=2", nil, "301 | Miss | /docs/ | ", "at origin-request the query is not there: no policy forwards it"},
			{"cached", "/docs?page=3", nil, "301 | Hit | /docs/ | ", "and is not in the key"},
		})
	})
}

// FuzzTrailingSlash: what a viewer writes into a path and a query ends up in a Location.
func FuzzTrailingSlash(f *testing.F) { edgetest.Fuzz(f, recipes.TrailingSlash()) }
