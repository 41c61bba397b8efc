package edge_test

import (
	"context"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/google/go-cmp/cmp"
)

func TestInvocationFromContext(t *testing.T) {
	t.Parallel()
	inv := edge.Invocation{RequestID: "8476a536-e9f4-11e8-9739-2dfe598c3fcd", FunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:demo:1", TraceID: "Root=1", TenantID: "t1"}
	with := edge.ContextWithInvocation(t.Context(), inv)
	tests := []struct {
		name   string
		ctx    context.Context
		want   edge.Invocation
		ok     bool
		reason string
	}{
		{"none", t.Context(), edge.Invocation{}, false, "not called by Lambda"},
		{"child", context.WithoutCancel(with), inv, true, "a context that a handler made of it"},
		{"zero", edge.ContextWithInvocation(with, edge.Invocation{}), edge.Invocation{}, true, "the innermost counts, whatever it says"},
	}
	for _, test := range tests {
		got, ok := edge.InvocationFromContext(test.ctx)
		if diff := cmp.Diff(test.want, got); diff != "" || ok != test.ok {
			t.Errorf("%s (%s): ok %v, want %v (-want +got):\n%s", test.name, test.reason, ok, test.ok, diff)
		}
	}
}
