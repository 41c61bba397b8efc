package edgelog_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func TestPassTrace(t *testing.T) {
	const lambdas, viewers = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0", "Root=1-67891233-ABCDEF012345678912345678"
	for _, tt := range []struct {
		name, came, invocation, want, reason string
	}{
		{"none", "", lambdas, lambdas, "Lambda's is passed on"},
		{"viewers", viewers, lambdas, viewers, "what came stays"},
		{"not-one", "my trace", lambdas, lambdas, "what came is no tracing header"},
		{"short-root", "Root=1-5bef4de7-ad49", lambdas, lambdas, "24 digits"},
		{"not-hex", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e70g", lambdas, lambdas, "hexadecimal ones"},
		{"version-2", "Root=2-5bef4de7-ad49b0e87f6ef6c87fc2e700", lambdas, lambdas, "another version has another form"},
		{"long", lambdas + ";" + strings.Repeat("a=b;", 64), lambdas, lambdas, "a tracing header has a few fields"},
		{"no-invocation", "", "", "", "in a test"},
		{"not-lambdas", "", "x y\r\n", "", "nothing is put into a header unchecked"},
	} {
		handler := edgelog.PassTrace(func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil })
		r := edgetest.NewRequest(edge.OriginRequest, "GET", "/")
		if tt.came != "" {
			r.Header.Set("X-Amzn-Trace-Id", tt.came)
		}
		if _, err := handler(edge.ContextWithInvocation(t.Context(), edge.Invocation{TraceID: tt.invocation}), r); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, r.Header.Get("X-Amzn-Trace-Id")); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.name, tt.reason, diff)
		}
	}
}

// TestPassTraceReturnsWhatItGot: answers and errors pass through as they are.
func TestPassTraceReturnsWhatItGot(t *testing.T) {
	failed := errors.New("failed")
	for _, tt := range []struct {
		outcome edge.Outcome
		err     error
	}{{&edge.Response{StatusCode: 200}, nil}, {nil, failed}, {nil, nil}, {(*edge.Request)(nil), nil}, {new(edge.Request), failed}} {
		handler := edgelog.PassTrace(func(context.Context, *edge.Request) (edge.Outcome, error) { return tt.outcome, tt.err })
		outcome, err := handler(lambdaContext(t.Context()), edgetest.NewRequest(edge.OriginRequest, "GET", "/"))
		if outcome != tt.outcome || err != tt.err {
			t.Errorf("got %v, %v; want %v, %v", outcome, err, tt.outcome, tt.err)
		}
	}
}
