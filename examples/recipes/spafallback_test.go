package recipes_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestSPAFallback(t *testing.T) {
	api := &edgesim.CustomOrigin{DomainName: "api.example.com", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(404)
		io.WriteString(w, `{"error":"no such user"}`)
	})}
	d := edgesim.Distribution{
		Behaviors: []edgesim.Behavior{{PathPattern: "/api/*", Origin: api, CachePolicy: edgesim.CachingDisabled()}},
		DefaultBehavior: edgesim.Behavior{
			Origin:      bucket("index.html", "app.js"),
			CachePolicy: edgesim.CachingOptimized(),
			Functions:   edgesim.Associate(recipes.SPAFallback("/index.html")),
		},
	}
	check(t, play(t, d), "Content-Type", []row{
		{"root", "/", nil, "200 | text/html | index.html", ""},
		{"page", "/users/7", nil, "200 | text/html | index.html", "the application's router reads the path"},
		{"file", "/app.js", nil, "200 | text/javascript | app.js", ""},
		{"lost file", "/app.0ld.js", nil, "404 | application/xml | <Key>app.0ld.js</Key>", "a page in the place of a script would be a syntax error"},
		{"api", "/api/users/7", nil, `404 | application/json | {"error":"no such user"}`, "its errors are its own"},
	})

	t.Run("mistake", func(t *testing.T) {
		d.DefaultBehavior.Functions = edgesim.Functions{}
		d.ErrorResponses = []edgesim.ErrorResponse{{Status: 404, PagePath: "/index.html", ResponseCode: 200}}
		check(t, play(t, d), "Content-Type", []row{
			{"page", "/users/7", nil, "200 | text/html | index.html", "a custom error response does it without a function"},
			{"lost file", "/app.0ld.js", nil, "200 | text/html | index.html", "for files"},
			{"api", "/api/users/7", nil, "200 | text/html | index.html", "and for every behaviour of the distribution"},
		})
	})
}
