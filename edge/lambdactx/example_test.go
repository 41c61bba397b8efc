package lambdactx_test

import (
	"context"
	"fmt"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/lambdactx"
)

// Code that serves other functions of Lambda finds the request id where it looks for it.
func ExampleNewContext() {
	audit := func(ctx context.Context, uri string) {
		if lc, ok := lambdacontext.FromContext(ctx); ok {
			fmt.Println(lc.AwsRequestID, uri)
		}
	}
	handle := func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		audit(lambdactx.NewContext(ctx), r.URI)
		return r, nil
	}

	ctx := edge.ContextWithInvocation(context.Background(), edge.Invocation{RequestID: "8476a536-e9f4-11e8-9739-2dfe598c3fcd"})
	handle(ctx, &edge.Request{URI: "/index.html"})
	// Output: 8476a536-e9f4-11e8-9739-2dfe598c3fcd /index.html
}
