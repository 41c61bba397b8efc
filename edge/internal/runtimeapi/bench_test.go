package runtimeapi_test

import (
	"context"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
)

// An endless Conn gives the same two responses for ever: an invocation, and the acceptance of its answer.
type endless struct {
	responses [2]string
	turn      int
	left      int // requests before the end
}

func (c *endless) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	c.left--
	c.turn ^= 1
	return copy(p, c.responses[c.turn^1]), nil
}

func (c *endless) Write(p []byte) (int, error) { return len(p), nil }
func (c *endless) Close() error                { return nil }

func newEndless(invocations int) *endless {
	return &endless{left: 2 * invocations, responses: [2]string{
		event("8476a536-e9f4-11e8-9739-2dfe598c3fcd", strings.Repeat("x", 2000), "Content-Type: application/json", "Date: Sun, 22 Nov 2026 09:00:00 GMT",
			"Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:us-east-1.demo:1", "Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0"),
		accepted,
	}}
}

func serveEndless(invocations int) {
	answer := []byte(strings.Repeat("y", 400))
	conn := newEndless(invocations) // dialled again after its end it is at its end still
	loop := runtimeapi.Loop{
		Handler: func(_ context.Context, dst, _ []byte) ([]byte, error) { return append(dst, answer...), nil },
		Dial:    func(runtimeapi.Address) (runtimeapi.Conn, error) { return conn, nil },
	}
	loop.Run()
}

// BenchmarkInvocation is the loop's own share of an invocation: all but the system calls and the handler.
func BenchmarkInvocation(b *testing.B) {
	b.ReportAllocs()
	serveEndless(b.N)
}

// Two allocations for an invocation: the context and its strings. They cannot be used again for the next invocation, for the handler may
// have kept the context.
func TestAllocations(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("it is about the connection on Linux; others have package net's")
	}
	const few, many, budget = 100, 1100, 2
	base := testing.AllocsPerRun(5, func() { serveEndless(few) })
	more := testing.AllocsPerRun(5, func() { serveEndless(many) })
	if got := (more - base) / (many - few); got > budget+0.1 {
		t.Errorf("%.1f allocations for an invocation; want %d", got, budget)
	}
}
