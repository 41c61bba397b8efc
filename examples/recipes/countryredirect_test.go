package recipes_test

import (
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestCountryRedirect(t *testing.T) {
	f := recipes.CountryRedirect(map[string]string{"CH": "/de/", "DE": "/de/", "FR": "/fr/"})
	from := func(country string) []string { return []string{"X-Mock-CloudFront-Viewer-Country", country} }
	d := edgesim.Distribution{DefaultRootObject: "index.html", DefaultBehavior: edgesim.Behavior{
		Origin:      server("origin.example.com", path),
		CachePolicy: &edgesim.CachePolicy{DefaultTTL: time.Hour, MaxTTL: 24 * time.Hour, Headers: []string{"CloudFront-Viewer-Country"}},
		Functions:   edgesim.Associate(f),
	}}
	check(t, play(t, d), "X-Cache Location", []row{
		{"switzerland", "/", from("CH"), "302 | Miss | /de/ | ", ""},
		{"switzerland again", "/", from("CH"), "302 | Hit | /de/ | ", "kept for a day, for this country"},
		{"france", "/", from("FR"), "302 | Miss | /fr/ | ", ""},
		{"japan", "/", from("JP"), "200 | Miss |  | /index.html", "the page for all others"},
		{"nowhere", "/", nil, "200 | Miss |  | /index.html", "the country is not always known"},
		{"chosen", "/en/", from("CH"), "200 | Miss |  | /en/", "a link to another country's page holds"},
	})

	t.Run("mistake/policy", func(t *testing.T) {
		d := d
		d.DefaultBehavior.CachePolicy = edgesim.CachingOptimized()
		d.DefaultBehavior.OriginRequestPolicy = &edgesim.OriginRequestPolicy{Headers: edgesim.Only("CloudFront-Viewer-Country")}
		check(t, play(t, d), "X-Cache Location", []row{
			{"switzerland", "/", from("CH"), "302 | Miss | /de/ | ", "an origin request policy brings the header"},
			{"france", "/", from("FR"), "302 | Hit | /de/ | ", "but not into the cache key"},
		})
	})
	t.Run("mistake/trigger", func(t *testing.T) {
		d := d
		d.DefaultBehavior.Functions = edgesim.Associate(&edge.Function{ViewerRequest: f.OriginRequest})
		check(t, play(t, d), "X-Cache Location", []row{
			{"switzerland", "/", from("CH"), "200 | Miss |  | /index.html", "the header is added after viewer-request"},
		})
	})
}
