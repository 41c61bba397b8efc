package edge_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// THIS IS WRONG. The function means to send its own headers only, and throws away
// those that came. Via and others are read-only, which is to say that they must not
// be deleted, either: CloudFront would answer every request with its 502 page.
//
// Instead, set and delete single headers in r.Header.
func Example_wrongFreshHeaders() {
	onlyMine := func(_ context.Context, r *edge.Response) error {
		r.Header = edge.Header{}
		r.Header.Set("Content-Type", "text/html; charset=utf-8")
		return nil
	}

	f := &edge.Function{ViewerResponse: onlyMine}
	_, err := edgetest.Response(f, edgetest.NewResponse(edge.ViewerResponse, 200, "/"))
	if breach, ok := errors.AsType[*edge.FieldError](err); ok {
		fmt.Println("refused:", breach.Field, breach.Rule)
		fmt.Println("CloudFront would say:", breach.CloudFront)
	}
	// Output:
	// refused: headers.content-length read-only-deleted
	// CloudFront would say: The Lambda function result failed validation: The function tried to add, delete, or change a read-only header.
}
