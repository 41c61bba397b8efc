package edgelog

import (
	"context"
	"os"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A Call is what each line has of the call under way.
type Call struct {
	RequestID           string // Lambda's
	CloudFrontRequestID string
	DistributionID      string
	Trigger             edge.Trigger
	Region              string // in which the function runs
	TraceID             string // the root alone, such as 1-5bef4de7-ad49b0e87f6ef6c87fc2e700
}

// ContextWithCall returns a copy of parent in which [CallFromContext] finds what lines have of the request. [Logger.Request] and
// [Logger.Response] do it for their handlers; others need it for log/slog alone.
func ContextWithCall(parent context.Context, r *edge.Request) context.Context {
	c := &callContext{parent, callOf(parent)}
	c.call.CloudFrontRequestID, c.call.DistributionID, c.call.Trigger = r.Config.RequestID, r.Config.DistributionID, r.Config.Trigger
	if root := traceRoot(r.Header.Get(traceHeader)); root != "" {
		c.call.TraceID = root
	}
	return c
}

// CallFromContext returns what lines have of the call under way. Without [ContextWithCall] that is what Lambda says of it; of a context of
// neither it is the region alone.
func CallFromContext(ctx context.Context) Call {
	if c, ok := ctx.Value(callKey{}).(*Call); ok {
		return *c
	}
	return callOf(ctx)
}

// callOf returns what Lambda says of the call.
func callOf(ctx context.Context) Call {
	inv, _ := edge.InvocationFromContext(ctx)
	return Call{RequestID: inv.RequestID, Region: os.Getenv("AWS_REGION"), TraceID: traceRoot(inv.TraceID)}
}

// A callContext is a context with a value, in one allocation.
type callContext struct {
	context.Context
	call Call
}

type callKey struct{}

func (c *callContext) Value(key any) any {
	if key == (callKey{}) {
		return &c.call
	}
	return c.Context.Value(key)
}
