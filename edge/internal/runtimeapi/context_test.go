package runtimeapi_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
	"github.com/google/go-cmp/cmp"
)

// one runs the handler for one event with the fields, and returns when the loop has ended.
func one(t *testing.T, handler func(context.Context), ms string, fields ...string) {
	t.Helper()
	called := false
	reply := event("8476a536-e9f4-11e8-9739-2dfe598c3fcd", "", fields...)
	if ms != "" {
		reply = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nContent-Length: 0\r\nLambda-Runtime-Deadline-Ms: " + ms + "\r\n\r\n"
	}
	run(t, runtimeapi.Loop{Handler: func(ctx context.Context, dst, _ []byte) ([]byte, error) {
		called = true
		handler(ctx)
		return dst, nil
	}}, []step{{reply: reply}, {reply: accepted}})
	if !called {
		t.Error("the handler was not called")
	}
}

// Not parallel: the variable is the process's.
func TestContextValues(t *testing.T) {
	const arn, trace = "arn:aws:lambda:us-east-1:123456789012:function:us-east-1.demo:1", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0"
	one(t, func(ctx context.Context) {
		want := &runtimeapi.Invocation{RequestID: "8476a536-e9f4-11e8-9739-2dfe598c3fcd", FunctionARN: arn, TraceID: trace, TenantID: "t1"}
		if diff := cmp.Diff(any(want), ctx.Value(runtimeapi.InvocationKey{})); diff != "" {
			t.Errorf("invocation (-want +got):\n%s", diff)
		}
		if got := ctx.Value("x-amzn-trace-id"); got != trace {
			t.Errorf("x-amzn-trace-id = %v; want %q", got, trace)
		}
		if got := os.Getenv("_X_AMZN_TRACE_ID"); got != trace {
			t.Errorf("_X_AMZN_TRACE_ID = %q; want %q", got, trace)
		}
		if ctx.Value("another") != nil {
			t.Error("a key that was never set has a value")
		}
	}, "", "lambda-runtime-invoked-function-arn: "+arn, "Lambda-Runtime-Trace-Id: "+trace, "Lambda-Runtime-Aws-Tenant-Id: t1", "Lambda-Runtime-Client-Context: not json")
	one(t, func(context.Context) {
		if got := os.Getenv("_X_AMZN_TRACE_ID"); got != "" {
			t.Errorf("_X_AMZN_TRACE_ID = %q in an invocation without one; want none of the last invocation's", got)
		}
	}, "")
}

func TestContextWithinTime(t *testing.T) {
	t.Parallel()
	var kept context.Context
	one(t, func(ctx context.Context) {
		kept = ctx
		if got, ok := ctx.Deadline(); !ok || !got.Equal(time.UnixMilli(32503680000000)) {
			t.Errorf("Deadline() = %v, %v", got, ok)
		}
		select {
		case <-ctx.Done():
			t.Error("done before the deadline")
		default:
		}
		if ctx.Err() != nil {
			t.Errorf("Err() = %v before the deadline", ctx.Err())
		}
		child, cancel := context.WithCancel(ctx)
		cancel()
		if child.Err() != context.Canceled || ctx.Err() != nil {
			t.Errorf("after the end of a child: child %v, context %v", child.Err(), ctx.Err())
		}
	}, "")
	// A goroutine of the handler that goes on must learn that the invocation is over.
	<-kept.Done()
	if kept.Err() != context.Canceled || context.Cause(kept) != context.Canceled {
		t.Errorf("after the invocation: Err %v, Cause %v; want Canceled", kept.Err(), context.Cause(kept))
	}
}

func TestContextNeverAskedFor(t *testing.T) {
	t.Parallel()
	var kept context.Context
	one(t, func(ctx context.Context) { kept = ctx }, "")
	if kept.Err() != context.Canceled {
		t.Errorf("Err() = %v after the invocation; want Canceled", kept.Err())
	}
	select {
	case <-kept.Done():
	default:
		t.Error("Done() is open after the invocation")
	}
}

func TestContextPastDeadline(t *testing.T) {
	t.Parallel()
	one(t, func(ctx context.Context) {
		if ctx.Err() != context.DeadlineExceeded {
			t.Errorf("Err() = %v past the deadline", ctx.Err())
		}
		<-ctx.Done()
	}, "1000")
}

func TestContextDeadlineComes(t *testing.T) {
	t.Parallel()
	l := []step{{reply: "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nContent-Length: 0\r\nLambda-Runtime-Deadline-Ms: " + inMilliseconds(50) + "\r\n\r\n"}, {reply: accepted}}
	requests, _ := run(t, runtimeapi.Loop{Handler: func(ctx context.Context, dst, _ []byte) ([]byte, error) {
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
			t.Error("not done long after the deadline")
		}
		if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			t.Errorf("Err() = %v", ctx.Err())
		}
		return append(dst, "late"...), nil
	}}, l)
	// Lambda ends a process that is late; a loop that is not ended sends the answer and lets the API judge.
	if diff := cmp.Diff([]request{next, answer("a", "late")}, requests); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}
