package recipes

import (
	"maps"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// CountryRedirect leads viewers who ask for the front page to the page of their
// country: pages has a path for a country's two letters, such as "/de/" for "CH". Who
// comes from elsewhere, or from nobody knows where, stays. All other pages are left
// alone, so that a viewer can choose. It panics if pages is no list of redirects.
func CountryRedirect(pages map[string]string) *edge.Function {
	var rules []redirect.Rule
	for _, country := range slices.Sorted(maps.Keys(pages)) {
		rules = append(rules, redirect.Rule{
			From: "/", To: pages[country], When: redirect.When{Country: []string{country}},
			Query:        redirect.Drop,               // it is not in the cache key
			CacheControl: "max-age=0, s-maxage=86400", // in CloudFront's cache, not in the browser's
		})
	}
	table := redirect.MustCompile(redirect.Config{
		Rules:    rules,
		Index:    "index.html", // with a default root object "/" is this at origin-request
		CacheKey: []string{"header:cloudfront-viewer-country"},
	})
	return &edge.Function{OriginRequest: table.Handle}
}
