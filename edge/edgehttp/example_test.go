package edgehttp_test

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgehttp"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// A router of the standard library at the edge: one route is answered here, all
// others go on to the cache.
func ExampleHandler() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Hello, %s!", r.PathValue("name"))
	})
	mux.HandleFunc("/", edgehttp.Continue)
	f := &edge.Function{ViewerRequest: edgehttp.Handler(mux)}

	for _, target := range []string{"/hello/octocat", "/index.html"} {
		out, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", target))
		switch out := out.(type) {
		case *edge.Response:
			fmt.Printf("%s: %d %s\n", target, out.StatusCode, out.Body.Bytes())
		case *edge.Request:
			fmt.Printf("%s: goes on\n", target)
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// /hello/octocat: 200 Hello, octocat!
	// /index.html: goes on
}

// Continue stands where a middleware expects the next handler.
func ExampleContinue() {
	withoutWWW := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if host, ok := strings.CutPrefix(r.Host, "www."); ok {
				http.Redirect(w, r, "https://"+host+r.URL.RequestURI(), http.StatusPermanentRedirect)
				return
			}
			r.Header.Set("X-Seen", "1")
			next.ServeHTTP(w, r)
		})
	}
	f := &edge.Function{ViewerRequest: edgehttp.Handler(withoutWWW(http.HandlerFunc(edgehttp.Continue)))}

	for _, target := range []string{"https://www.example.com/a?b=c", "https://example.com/a?b=c"} {
		out, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", target))
		switch out := out.(type) {
		case *edge.Response:
			fmt.Println(out.StatusCode, out.Header.Get("location"))
		case *edge.Request:
			fmt.Println("goes on with X-Seen:", out.Header.Get("x-seen"))
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// 308 https://example.com/a?b=c
	// goes on with X-Seen: 1
}

// What HTTP has no place for is in CloudFront's own request: the country here, and
// the origin.
func ExampleFromContext() {
	nearest := func(w http.ResponseWriter, r *http.Request) {
		if cf, ok := edgehttp.FromContext(r.Context()); ok && cf.ViewerCountry() == "CH" {
			cf.SetOrigin(&edge.CustomOrigin{DomainName: "ch.example.com"})
		}
		edgehttp.Continue(w, r)
	}
	f := &edge.Function{OriginRequest: edgehttp.Handler(http.HandlerFunc(nearest))}

	r := edgetest.NewRequest(edge.OriginRequest, "GET", "/")
	r.Header.Set("CloudFront-Viewer-Country", "CH")
	out, err := edgetest.Request(f, r)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.(*edge.Request).Origin.(*edge.CustomOrigin).DomainName)
	// Output: ch.example.com
}
