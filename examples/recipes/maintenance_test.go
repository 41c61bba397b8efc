package recipes_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestMaintenance(t *testing.T) {
	f := recipes.Maintenance("<h1>Back soon</h1>", 10*time.Minute, netip.MustParsePrefix("203.0.113.0/28"), netip.MustParsePrefix("2001:db8:1::/48"))
	from := func(address string) []string { return []string{"X-Mock-CloudFront-Viewer-Address", address} }
	b := edgesim.Behavior{Origin: bucket("a.html"), CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f)}
	check(t, behind(t, b), "X-Cache Retry-After Cache-Control", []row{
		{"viewer", "/a.html", from("198.51.100.7:1"), "503 | LambdaGeneratedResponse | 600 | no-store | <h1>Back soon</h1>", "browsers keep it neither"},
		{"operator", "/a.html", from("203.0.113.7:1"), "200 | Miss |  |  | a.html", "nothing was cached"},
		{"operator by IPv6", "/a.html", from("[2001:db8:1::7]:1"), "200 | Hit |  |  | a.html", ""},
		{"viewer again", "/a.html", from("203.0.113.16:1"), "503 | LambdaGeneratedResponse | 600 | no-store | <h1>Back soon</h1>", "the cache is not asked"},
	})

	t.Run("mistake", func(t *testing.T) {
		b.Functions = edgesim.Associate(&edge.Function{OriginRequest: f.ViewerRequest})
		check(t, behind(t, b), "Age Retry-After", []row{
			{"viewer", "/a.html", from("198.51.100.7:1"), "503 |  | 600 | <h1>Back soon</h1>", ""},
			{"operator", "/a.html", from("203.0.113.7:1"), "503 | 0 | 600 | <h1>Back soon</h1>",
				"a 503 of origin-request is cached for the error caching minimum TTL, 10 seconds, whatever it says (custom-error-pages-expiration.html)"},
		})
	})
}
