package edge_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Answer an API request at the edge, without an origin.
//
// CloudFront caches what an origin-request function answers, here for an hour and
// for each country, if the cache policy names CloudFront-Viewer-Country. The answer
// of a viewer-request function is never cached, and the function runs each time.
func Example_json() {
	type currency struct {
		Country  string `json:"country"`
		Currency string `json:"currency"`
	}
	currencies := map[string]string{"CH": "CHF", "DE": "EUR", "JP": "JPY"}

	serve := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if r.URI != "/api/currency" {
			return r, nil
		}
		country := r.ViewerCountry()
		code, ok := currencies[country]
		if !ok {
			code = "USD"
		}
		body, err := json.Marshal(currency{country, code})
		if err != nil {
			return nil, err
		}
		answer := edge.JSONResponse(200, string(body))
		answer.Header.Set("Cache-Control", "max-age=3600")
		return answer, nil
	}

	f := &edge.Function{OriginRequest: serve}
	r := edgetest.NewRequest(edge.OriginRequest, "GET", "/api/currency")
	r.Header.Set("CloudFront-Viewer-Country", "CH")
	out, err := edgetest.Request(f, r)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", out.(*edge.Response).Body.Bytes())
	// Output: {"country":"CH","currency":"CHF"}
}
