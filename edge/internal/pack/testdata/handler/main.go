// Command handler handles two triggers: it lets requests go on and answers with a header more.
package main

import (
	"context"

	"github.com/edgehelpers/lambdaedge/edge"
)

func main() {
	edge.Start(&edge.Function{
		OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil },
		ViewerResponse: func(_ context.Context, r *edge.Response) error {
			r.Header.Set("X-Handler", "was here")
			return nil
		},
	})
}
