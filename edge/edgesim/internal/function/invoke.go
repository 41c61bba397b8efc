package function

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Timeout is the documented maximum for every trigger (cloudfront-limits.html).
const Timeout = 30 * time.Second

// ErrTimeout is the cause when a function does not answer.
var ErrTimeout = errors.New("the function did not answer in time")

// A Function is edgesim's.
type Function interface {
	Invoke(ctx context.Context, event []byte) ([]byte, error)
}

// A limited function ends by itself in time, and does not panic.
type limited interface{ Limit() time.Duration }

// Invoke calls f as Lambda does: a panic is a failure, and one that does not answer is left to itself after limit. A function that keeps its
// time itself is called without a goroutine: to wake those that wait for one another is most of what a small function in a process costs.
func Invoke(ctx context.Context, f Function, limit time.Duration, event []byte) ([]byte, error) {
	if l, ok := f.(limited); ok && l.Limit() <= limit {
		return f.Invoke(context.WithoutCancel(ctx), event)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	type result struct {
		out []byte
		err error
	}
	answered := make(chan result, 1)
	go func() {
		growStack(len(event))
		defer func() {
			if caught := recover(); caught != nil {
				answered <- result{err: fmt.Errorf("panic: %v", caught)}
			}
		}()
		out, err := f.Invoke(ctx, event)
		answered <- result{out, err}
	}()
	select {
	case r := <-answered:
		return r.out, r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %v", ErrTimeout, limit)
	}
}

// growStack makes the stack of a new goroutine as large as decoding an event and encoding an answer need, in one step while there is
// nothing on it to copy. Without it the stack doubles three times on the way, which takes a tenth of a request with two functions.
// What it gives means nothing: it is there so that the compiler keeps the frame.
//
//go:noinline
func growStack(n int) byte {
	var frame [8 << 10]byte
	frame[n%len(frame)] = 1
	return frame[(n+1)%len(frame)]
}
