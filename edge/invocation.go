package edge

import (
	"context"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
)

// An Invocation is what Lambda says of the call under way. Its fields have the values of Lambda's Runtime API as they are, and are empty
// where it gives none (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). When Lambda ends the call is
// the context's Deadline; CloudFront's own id of the request is [Config].RequestID.
type Invocation struct {
	RequestID   string // a UUID, the same in Lambda's log lines and reports
	FunctionARN string // of the function, with its version
	TraceID     string // AWS X-Ray's, such as "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0"
	TenantID    string // empty for a function at the edge
}

// InvocationFromContext returns the invocation of a handler's context. [Start] puts it there; in a test [ContextWithInvocation] does. Without
// one ok is false.
//
// Under lambda.Start of aws-lambda-go there is none. Package [github.com/edgehelpers/lambdaedge/edge/lambdactx] has
// the same values under both loops, in the form that aws-lambda-go gives them.
func InvocationFromContext(ctx context.Context) (inv Invocation, ok bool) {
	p, ok := ctx.Value(runtimeapi.InvocationKey{}).(*runtimeapi.Invocation)
	if ok {
		inv = Invocation(*p)
	}
	return inv, ok
}

// ContextWithInvocation returns a copy of parent in which [InvocationFromContext] finds inv: for tests of handlers, and for other loops than
// [Start].
func ContextWithInvocation(parent context.Context, inv Invocation) context.Context {
	return context.WithValue(parent, runtimeapi.InvocationKey{}, (*runtimeapi.Invocation)(&inv))
}
