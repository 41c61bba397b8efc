package recipes_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

// accept is the header of a browser.
func accept(types string) []string { return []string{"Accept", types} }

func TestImageFormat(t *testing.T) {
	f := recipes.ImageFormat("avif", "webp")
	chrome := accept("image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8")
	firefox := accept("image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5")
	b := edgesim.Behavior{
		Origin:      bucket("a.jpg", "a.jpg.avif", "a.jpg.webp", "a.png"),
		CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f),
	}
	check(t, behind(t, b), "X-Cache", []row{
		{"chrome", "/a.jpg", chrome, "200 | Miss | a.jpg.avif", ""},
		{"firefox", "/a.jpg", firefox, "200 | Hit | a.jpg.avif", "the same object, though Accept differs"},
		{"webp", "/a.jpg", accept("image/webp,*/*"), "200 | Miss | a.jpg.webp", ""},
		{"weight", "/a.jpg", accept("image/webp,image/avif;q=0.1"), "200 | Hit | a.jpg.webp", ""},
		{"nothing", "/a.jpg", nil, "200 | Miss | a.jpg", ""},
		{"refused", "/a.jpg", accept("image/avif;q=0,image/webp;q=0,*/*"), "200 | Hit | a.jpg", "q=0 is no"},
		{"anything", "/a.jpg", accept("*/*"), "200 | Hit | a.jpg", "who does not name a format may not know it"},
		{"no image", "/a.jpg", accept("text/html"), "200 | Hit | a.jpg", "rather than a 406"},
		{"another file", "/a.png", chrome, "200 | Miss | a.png", ""},
	})

	b.Functions = edgesim.Associate(&edge.Function{OriginRequest: f.ViewerRequest})
	b.Origin = server("origin.example.com", path)
	t.Run("mistake/key", func(t *testing.T) {
		b := b
		b.CachePolicy = keyed("Accept")
		check(t, behind(t, b), "X-Cache", []row{
			{"chrome", "/a.jpg", chrome, "200 | Miss | /a.jpg.avif", ""},
			{"firefox", "/a.jpg", firefox, "200 | Miss | /a.jpg.avif", "the same file, and an object for each wording of Accept"},
		})
	})
	t.Run("mistake/no key", func(t *testing.T) {
		b := b
		b.OriginRequestPolicy = &edgesim.OriginRequestPolicy{Headers: edgesim.Only("Accept")}
		check(t, behind(t, b), "X-Cache", []row{
			{"chrome", "/a.jpg", chrome, "200 | Miss | /a.jpg.avif", ""},
			{"nothing", "/a.jpg", nil, "200 | Hit | /a.jpg.avif", "who cannot show the format gets it"},
		})
	})
}
