// Package lambdactx gives handlers of package edge the lambdacontext of aws-lambda-go, whichever loop serves them: edge.Start or lambda.Start.
//
// It is for functions that share code with others on Lambda, such as a log handler that asks lambdacontext for the request id. A function
// that needs the values alone asks [edge.InvocationFromContext], and its zip is some 200 KB smaller: lambdacontext
// brings log/slog, encoding/json and fmt's printing along.
package lambdactx

import (
	"context"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/edgehelpers/lambdaedge/edge"
)

// FromContext returns the LambdaContext of a handler's context, as lambdacontext.FromContext does under lambda.Start. Under [edge.Start] it
// is made of the context's [edge.Invocation]. With neither in the context ok is false.
//
// ClientContext and Identity are empty: they are for functions that an application invokes by name.
func FromContext(ctx context.Context) (lc *lambdacontext.LambdaContext, ok bool) {
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		return lc, true
	}
	inv, ok := edge.InvocationFromContext(ctx)
	if !ok {
		return nil, false
	}
	return &lambdacontext.LambdaContext{AwsRequestID: inv.RequestID, InvokedFunctionArn: inv.FunctionARN, TenantID: inv.TenantID}, true
}

// NewContext returns ctx with the LambdaContext that [FromContext] gives in it, for code that asks lambdacontext.FromContext. It returns ctx
// itself when there is nothing to add.
func NewContext(ctx context.Context) context.Context {
	if _, ok := lambdacontext.FromContext(ctx); ok {
		return ctx
	}
	lc, ok := FromContext(ctx)
	if !ok {
		return ctx
	}
	return lambdacontext.NewContext(ctx, lc)
}
