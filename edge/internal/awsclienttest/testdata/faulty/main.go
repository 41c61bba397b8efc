// Command faulty is a function that fails in the way that the request's URI says.
package main

import (
	"context"
	"errors"
	"os"

	"github.com/edgehelpers/lambdaedge/edge"
)

func main() {
	edge.Start(&edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch r.URI {
		case "/error":
			return nil, errors.New("no such user")
		case "/panic":
			panic("boom")
		case "/exit":
			os.Exit(3)
		}
		return r, nil
	}})
}
