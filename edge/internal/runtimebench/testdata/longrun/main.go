// Command longrun is a function that answers with the query string, and fails as the URI says.
package main

import (
	"context"
	"errors"

	"github.com/edgehelpers/lambdaedge/edge"
)

func main() {
	edge.Start(&edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch r.URI {
		case "/error":
			return nil, errors.New("failed " + r.QueryString)
		case "/panic":
			panic("panicked " + r.QueryString)
		}
		return &edge.Response{StatusCode: 200, Body: edge.Text("served " + r.QueryString)}, nil
	}})
}
