package runtimeapi_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
)

// A canned Conn has its bytes ready. It gives them in pieces.
type canned struct {
	data   string
	pieces int
}

func (c *canned) Read(p []byte) (int, error) {
	if c.data == "" {
		return 0, io.EOF
	}
	n := copy(p, c.data[:min(c.pieces, len(c.data))])
	c.data = c.data[n:]
	return n, nil
}

func (c *canned) Write(p []byte) (int, error) { return len(p), nil }
func (c *canned) Close() error                { return nil }

// first runs a loop on one connection that gives data, and none after it, and returns what the first response led to.
func first(data string, pieces int) string {
	c := &canned{data: data, pieces: max(1, pieces)}
	dialled, outcome := false, ""
	var reports bytes.Buffer
	loop := runtimeapi.Loop{
		Handler: func(ctx context.Context, dst, event []byte) ([]byte, error) {
			if inv, ok := ctx.Value(runtimeapi.InvocationKey{}).(*runtimeapi.Invocation); ok && outcome == "" && reports.Len() == 0 {
				outcome = fmt.Sprintf("invocation %+v: %q", *inv, event)
			}
			return append(dst, event...), nil
		},
		Log: &reports,
		Dial: func(runtimeapi.Address) (runtimeapi.Conn, error) {
			if dialled {
				return nil, io.ErrClosedPipe
			}
			dialled = true
			return c, nil
		},
	}
	err := loop.Run()
	switch {
	case outcome != "":
		return outcome
	case reports.Len() > 0:
		line, _ := reports.ReadString('\n')
		return "report " + line
	}
	return err.Error()
}

// FuzzResponses holds the reader to its law: what a response means does not depend on how it is cut into pieces.
func FuzzResponses(f *testing.F) {
	for _, s := range scripts {
		data := ""
		for _, step := range s.steps {
			data += step.reply
		}
		if len(data) < 10_000 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data string) {
		whole := first(data, len(data))
		for _, pieces := range []int{1, 7} {
			if got := first(data, pieces); got != whole {
				t.Errorf("in pieces of %d bytes: %s\nin one piece: %s", pieces, got, whole)
			}
		}
	})
}
