package edge_test

import (
	"context"
	"fmt"
	"net/url"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Replace the body of a request on its way to the origin, here to take a form's
// password field out.
//
// The function's association must include the body. CloudFront shows the first 1 MB
// of it in origin-request, and what is shown must not be taken for the whole.
func Example_body() {
	strip := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if r.Body == nil || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
			return r, nil
		}
		if r.Body.InputTruncated {
			return &edge.Response{StatusCode: 413}, nil
		}
		body, err := r.Body.Bytes()
		if err != nil {
			return nil, err
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return &edge.Response{StatusCode: 400}, nil
		}
		form.Del("password")
		r.Body.Replace([]byte(form.Encode()))
		return r, nil
	}

	f := &edge.Function{OriginRequest: strip}
	r := edgetest.NewRequest(edge.OriginRequest, "POST", "/subscribe")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Body = &edge.RequestBody{
		Action:   "read-only",
		Encoding: "base64",
		Data:     "bmFtZT1KJUMzJUJDcmdlbiZwYXNzd29yZD1ub3QtcmVhbA==", // name=J%C3%BCrgen&password=not-real
	}
	out, err := edgetest.Request(f, r)
	if err != nil {
		fmt.Println(err)
		return
	}
	body, err := out.(*edge.Request).Body.Bytes()
	fmt.Printf("%s %s %v\n", out.(*edge.Request).Body.Action, body, err)
	// Output: replace name=J%C3%BCrgen <nil>
}
