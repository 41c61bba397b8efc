package recipes_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestCORS(t *testing.T) {
	f := recipes.CORS{Origins: []string{"https://app.example.com", "https://admin.example.com"}, Methods: "PUT", Headers: "Content-Type"}.Function()
	b := edgesim.Behavior{
		Origin: server("origin.example.com", path), CachePolicy: edgesim.CachingOptimized(),
		AllowedMethods: []string{"GET", "HEAD", "OPTIONS"}, Functions: edgesim.Associate(f),
	}
	from := func(origin string) []string { return []string{"Origin", origin} }
	before := func(origin string) []string {
		return []string{"Origin", origin, "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "content-type"}
	}
	check(t, behind(t, b), "X-Cache Vary Access-Control-Allow-Origin Access-Control-Allow-Methods", []row{
		{"same site", "/a", nil, "200 | Miss | Origin |  |  | /a", ""},
		{"app", "/a", from("https://app.example.com"), "200 | Hit | Origin | https://app.example.com |  | /a", ""},
		{"admin", "/a", from("https://admin.example.com"), "200 | Hit | Origin | https://admin.example.com |  | /a", "one object, with each site's own header"},
		{"stranger", "/a", from("https://evil.example"), "200 | Hit | Origin |  |  | /a", ""},
		{"prefix", "/a", from("https://app.example.com.evil.example"), "200 | Hit | Origin |  |  | /a", "whole origins are compared"},
		{"null", "/a", from("null"), "200 | Hit | Origin |  |  | /a", "a sandboxed frame of anybody"},
		{"preflight", "OPTIONS /a", before("https://app.example.com"), "204 | LambdaGeneratedResponse | Origin | https://app.example.com | PUT | ", ""},
		{"preflight of a stranger", "OPTIONS /a", before("https://evil.example"), "204 | LambdaGeneratedResponse | Origin |  |  | ", ""},
	})

	t.Run("origin's own", func(t *testing.T) {
		b := b
		b.Origin = &edgesim.CustomOrigin{DomainName: "origin.example.com", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
		})}
		check(t, behind(t, b), "X-Cache Access-Control-Allow-Origin", []row{
			{"stranger", "/a", from("https://evil.example"), "200 | Miss |  | ", "the list says who may read, and not the origin"},
			{"app", "/a", from("https://app.example.com"), "200 | Hit | https://app.example.com | ", ""},
		})
	})

	t.Run("mistake", func(t *testing.T) {
		b.OriginRequestPolicy = edgesim.CORSCustomOrigin() // Origin is forwarded, and is not in the key
		b.Functions = edgesim.Associate(&edge.Function{OriginResponse: func(_ context.Context, r *edge.Response) error {
			r.Header.Set("Access-Control-Allow-Origin", r.Request.Header.Get("Origin"))
			return nil
		}})
		check(t, behind(t, b), "X-Cache Access-Control-Allow-Origin", []row{
			{"app", "/a", from("https://app.example.com"), "200 | Miss | https://app.example.com | /a", ""},
			{"admin", "/a", from("https://admin.example.com"), "200 | Hit | https://app.example.com | /a", "the first site's header is in the cache: the browser refuses the answer"},
		})
	})
}
