// Command failing fails every viewer request.
package main

import (
	"context"
	"errors"

	"github.com/edgehelpers/lambdaedge/edge"
)

func main() {
	edge.Start(&edge.Function{
		ViewerRequest: func(context.Context, *edge.Request) (edge.Outcome, error) { return nil, errors.New("out of order") },
	})
}
