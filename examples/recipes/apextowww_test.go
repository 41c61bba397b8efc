package recipes_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestApexToWWW(t *testing.T) {
	f := recipes.ApexToWWW("example.org", "www.example.org")
	d := edgesim.Distribution{
		Aliases: []string{"example.org", "www.example.org"},
		DefaultBehavior: edgesim.Behavior{
			Origin: server("origin.example.com", path), CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f),
		},
	}
	check(t, play(t, d), "Location", []row{
		{"apex", "/a.html?b=%20&&c", []string{"Host", "example.org"}, "301 | https://www.example.org/a.html?b=%20&&c | ", "path and query byte for byte"},
		{"capitals", "/", []string{"Host", "Example.ORG"}, "301 | https://www.example.org/ | ", "host names have no case (RFC 9110 section 4.2.3)"},
		{"slashes", "//evil.example/", []string{"Host", "example.org"}, "301 | https://www.example.org//evil.example/ | ", "a path stays one"},
		{"www", "/a.html", []string{"Host", "www.example.org"}, "200 |  | /a.html", "where it leads"},
	})

	t.Run("mistake", func(t *testing.T) {
		// origin-request sees the viewer's Host because a policy sends it along, but it is not in the cache key.
		d.DefaultBehavior.OriginRequestPolicy = edgesim.HostHeaderOnly()
		d.DefaultBehavior.Functions = edgesim.Associate(&edge.Function{OriginRequest: f.ViewerRequest})
		check(t, play(t, d), "X-Cache Location", []row{
			{"apex", "/a.html", []string{"Host", "example.org"}, "301 | Miss | https://www.example.org/a.html | ", "the redirect is cached"},
			{"www", "/a.html", []string{"Host", "www.example.org"}, "301 | Hit | https://www.example.org/a.html | ", "for www too, and leads in a circle"},
		})
	})
}
