package edge_test

import (
	"context"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Send visitors of the front page to the pages in their language.
//
// A viewer-request function decides before the cache, so that the cache needs no key of its own for the language: the path is it. The
// answer is one viewer's, which browsers are told.
func Example_language() {
	choose := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if r.URI != "/" {
			return r, nil
		}
		answer := &edge.Response{StatusCode: 302}
		answer.Header.Set("Location", "/"+r.NegotiateLanguage("en", "de", "fr")+"/")
		answer.Header.Set("Cache-Control", "private, no-cache")
		answer.Header.Set("Vary", "Accept-Language")
		return answer, nil
	}

	f := &edge.Function{ViewerRequest: choose}
	for _, languages := range []string{"de-CH,de;q=0.9,en;q=0.8", "it,fr;q=0.5", "ja"} {
		r := edgetest.NewRequest(edge.ViewerRequest, "GET", "/")
		r.Header.Set("Accept-Language", languages)
		out, err := edgetest.Request(f, r)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(languages, "->", out.(*edge.Response).Header.Get("Location"))
	}
	// Output:
	// de-CH,de;q=0.9,en;q=0.8 -> /de/
	// it,fr;q=0.5 -> /fr/
	// ja -> /en/
}
