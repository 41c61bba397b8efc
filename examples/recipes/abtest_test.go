package recipes_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

// keyed is a cache policy with a header in the key.
func keyed(header string) *edgesim.CachePolicy {
	return &edgesim.CachePolicy{DefaultTTL: time.Hour, MaxTTL: time.Hour, Headers: []string{header}}
}

// host is what a server was asked for as.
func host(r *http.Request) string { return r.Host }

// withB is a distribution with a second origin, which no behaviour has: functions send requests to it by its domain name.
func withB(b edgesim.Behavior) edgesim.Distribution {
	b.Origin = server("a.example.com", host)
	return edgesim.Distribution{DefaultBehavior: b, Origins: map[string]edgesim.Origin{"b": server("b.example.com", host)}}
}

func TestABTest(t *testing.T) {
	f := recipes.ABTest{Cookie: "experiment", Share: 50, B: &edge.CustomOrigin{DomainName: "b.example.com"}}.Function()
	remembered := func(variant string) string {
		return "experiment=" + variant + "; Path=/; Max-Age=604800; Secure; HttpOnly; SameSite=Lax"
	}
	rows := []row{
		{"new", "/", []string{"X-Mock-CloudFront-Viewer-Address", "203.0.113.7:1"}, "200 | Miss | " + remembered("b") + " | b.example.com", "by the address"},
		{"another new", "/", []string{"X-Mock-CloudFront-Viewer-Address", "203.0.113.20:1"}, "200 | Miss | " + remembered("a") + " | a.example.com", ""},
		{"a", "/", []string{"Cookie", "experiment=a"}, "200 | Hit |  | a.example.com", "each variant is cached once"},
		{"b", "/", []string{"Cookie", "x=1; experiment=b"}, "200 | Hit |  | b.example.com", ""},
		{"forged cookie", "/", []string{"Cookie", "experiment=c", "X-Mock-CloudFront-Viewer-Address", "203.0.113.7:1"},
			"200 | Hit | " + remembered("b") + " | b.example.com", "and no third object in the cache"},
		{"forged header", "/", []string{"Cookie", "experiment=a", "X-Variant", "b"}, "200 | Hit |  | a.example.com", "the function's counts"},
	}
	check(t, play(t, withB(edgesim.Behavior{CachePolicy: keyed("X-Variant"), Functions: edgesim.Associate(f)})), "X-Cache Set-Cookie", rows)

	t.Run("mistake", func(t *testing.T) {
		b := edgesim.Behavior{CachePolicy: edgesim.CachingOptimized(), OriginRequestPolicy: edgesim.AllViewerExceptHostHeader(), Functions: edgesim.Associate(f)}
		check(t, play(t, withB(b)), "X-Cache", []row{
			{"b", "/", []string{"Cookie", "experiment=b"}, "200 | Miss | b.example.com", "an origin request policy brings the header to the function"},
			{"a", "/", []string{"Cookie", "experiment=a"}, "200 | Hit | b.example.com", "but it is not in the cache key"},
		})
	})
}

// TestABTestShare: the percentage is that of viewers.
func TestABTestShare(t *testing.T) {
	f := recipes.ABTest{Cookie: "experiment", Share: 20, B: &edge.CustomOrigin{DomainName: "b.example.com"}}.Function()
	sim, seen := play(t, withB(edgesim.Behavior{CachePolicy: keyed("X-Variant"), Functions: edgesim.Associate(f)})), 0
	for i := range 200 {
		got, _ := ask(t, sim, "", row{target: "/", header: []string{"X-Mock-CloudFront-Viewer-Address", fmt.Sprintf("203.0.113.%d:1", i)}})
		if got == "200 | b.example.com" {
			seen++
		}
	}
	if seen < 20 || seen > 60 {
		t.Errorf("%d of 200 viewers see b; want about 40", seen)
	}
}
