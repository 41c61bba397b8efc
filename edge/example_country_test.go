package edge_test

import (
	"context"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Serve the page of the viewer's country.
//
// CloudFront adds CloudFront-Viewer-Country after viewer-request, so that only the
// origin triggers have it. The behavior's cache policy must name it: the country is
// then part of the cache key, and what is made for one country is not shown in
// another.
func Example_country() {
	localize := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch r.ViewerCountry() {
		case "DE", "AT", "CH":
			r.URI = "/de" + r.URI
		case "FR":
			r.URI = "/fr" + r.URI
		default: // "" too: no policy names the header, or the place is not known
			r.URI = "/en" + r.URI
		}
		return r, nil
	}

	f := &edge.Function{OriginRequest: localize}
	for _, country := range []string{"CH", "FR", "JP", ""} {
		r := edgetest.NewRequest(edge.OriginRequest, "GET", "/prices.html")
		if country != "" {
			r.Header.Set("CloudFront-Viewer-Country", country)
		}
		out, err := edgetest.Request(f, r)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%q: %s\n", country, out.(*edge.Request).URI)
	}
	// Output:
	// "CH": /de/prices.html
	// "FR": /fr/prices.html
	// "JP": /en/prices.html
	// "": /en/prices.html
}
