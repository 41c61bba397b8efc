package recipes_test

import (
	"encoding/base64"
	"net/http"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestBasicAuth(t *testing.T) {
	const refused = "401 | LambdaGeneratedResponse | Basic realm=\"preview\", charset=\"UTF-8\" | This page needs a password."
	login := func(credentials string) []string {
		return []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(credentials))}
	}
	f := recipes.BasicAuth("preview",
		"b3ac1b73444ce3330af6916894da4a2fbcc54bf374a6c949cce4fbd7089c2b3a", // guest:n4kqv7xw2t9r
		"not a hash")
	b := edgesim.Behavior{Origin: bucket("a.html"), CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f)}
	check(t, behind(t, b), "X-Cache WWW-Authenticate", []row{
		{"guest", "/a.html", login("guest:n4kqv7xw2t9r"), "200 | Miss |  | a.html", ""},
		{"again", "/a.html", login("guest:n4kqv7xw2t9r"), "200 | Hit |  | a.html", "the password is not in the key"},
		{"nothing", "/a.html", nil, refused, "though the page is in the cache"},
		{"wrong", "/a.html", login("guest:guess"), refused, ""},
		{"text", "/a.html", login("not a hash"), refused, "what is no hash lets nobody in"},
		{"scheme", "/a.html", []string{"Authorization", "Bearer Z3Vlc3Q6bjRrcXY3eHcydDly"}, refused, "another scheme"},
		{"lower case", "/a.html", []string{"Authorization", "basic Z3Vlc3Q6bjRrcXY3eHcydDly"}, "200 | Hit |  | a.html", "schemes have no case (RFC 9110 section 11.1)"},
		{"not base64", "/a.html", []string{"Authorization", "Basic guest:n4kqv7xw2t9r"}, refused, ""},
	})

	t.Run("forwarded", func(t *testing.T) {
		b := b
		b.Origin = server("origin.example.com", func(r *http.Request) string { return "got " + r.Header.Get("Authorization") })
		b.OriginRequestPolicy = edgesim.AllViewerExceptHostHeader()
		check(t, behind(t, b), "X-Cache", []row{{"guest", "/a.html", login("guest:n4kqv7xw2t9r"), "200 | Miss | got", "the password is not for the origin"}})
	})

	t.Run("mistake", func(t *testing.T) {
		b.Functions = edgesim.Associate(&edge.Function{OriginRequest: f.ViewerRequest})
		b.Origin, b.OriginRequestPolicy = server("origin.example.com", path), edgesim.AllViewerExceptHostHeader()
		check(t, behind(t, b), "X-Cache", []row{
			{"guest", "/a.html", login("guest:n4kqv7xw2t9r"), "200 | Miss | /a.html", ""},
			{"nothing", "/a.html", nil, "200 | Hit | /a.html", "at origin-request the cache answers first, and asks nobody for a password"},
		})
	})
}
