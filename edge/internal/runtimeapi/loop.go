package runtimeapi

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"
)

// A Loop serves one function. API and Handler have to be set.
type Loop struct {
	API Address // see [ParseAddress]

	// Handler appends its answer to dst and returns the extended buffer. The event and dst are valid until it returns.
	Handler func(ctx context.Context, dst, event []byte) ([]byte, error)

	Log  io.Writer                   // gets a line of JSON for each error of the function; nil discards
	Dial func(Address) (Conn, error) // nil is blocking sockets on Linux, package net elsewhere

	Polled   func() // called when the first request for an invocation is on its way; nil does nothing
	Answered func() // called after each invocation, when what came of it is sent; nil does nothing
}

func (l *Loop) client() *client {
	if l.Dial != nil {
		return newClient(l.API, l.Dial)
	}
	return newClient(l.API, dial)
}

// ErrPanic is the error of [Loop.Run] after a panic of the handler, which was reported as the invocation's error.
var ErrPanic = errors.New("runtimeapi: the handler panicked, and the process should end")

// Run serves invocations, one after another, until the Runtime API cannot be used any more or the handler panics. It returns why.
func (l *Loop) Run() error {
	c := l.client()
	c.sent = l.Polled
	defer c.disconnect()
	for {
		res, err := c.next()
		if err != nil {
			return err
		}
		if err := l.serve(c, res); err != nil {
			return err
		}
		if l.Answered != nil {
			l.Answered()
		}
	}
}

// serve runs the handler for one invocation and sends what comes of it. Its error is one that ends the loop.
func (l *Loop) serve(c *client, res *response) error {
	inv, err := newInvocation(res)
	id := inv.RequestID
	if !validID(id) {
		return errors.New("runtimeapi: next invocation: got request id " + strconv.Quote(id) + "; want letters, digits and hyphens")
	}
	if err != nil {
		return l.report(c, id, errorReport(err))
	}
	setTraceID(inv.TraceID)

	out := c.room(id)
	room := len(out)
	out, failure := l.call(inv, out, res.body)
	inv.end(context.Canceled)
	if failure == nil {
		return c.answer(id, room, out)
	}
	if err := l.report(c, id, failure); err != nil {
		return err
	}
	if failure.panicked {
		return ErrPanic
	}
	return nil
}

// call runs the handler. It turns an error, a panic and runtime.Goexit into a report.
func (l *Loop) call(ctx context.Context, dst, event []byte) (answer []byte, failure *report) {
	returned := false
	defer func() {
		if returned {
			return
		}
		if v := recover(); v != nil {
			failure = panicReport(v)
			return
		}
		// No panic and no return: runtime.Goexit. It cannot be stopped, and this goroutine is the only one that serves.
		// What AWS's client makes of it is a deadlock; ending with a message is the better way to the same end.
		io.WriteString(os.Stderr, "runtimeapi: the handler called runtime.Goexit\n")
		os.Exit(1)
	}()
	answer, err := l.Handler(ctx, dst, event)
	if err != nil {
		answer, failure = nil, errorReport(err) // asks err for its message, which is the user's code too
	}
	returned = true
	return answer, failure
}

// report sends a report and logs it.
func (l *Loop) report(c *client, id string, r *report) error {
	body := r.appendJSON(nil)
	if l.Log != nil {
		l.Log.Write(append(body, '\n')) // one write, so that lines of several writers do not mix
	}
	return c.report(id, r, body)
}

// ReportInitError tells the Runtime API that the process cannot serve, for the reason err. The process should end after it.
func (l *Loop) ReportInitError(err error) error {
	c := l.client()
	defer c.disconnect()
	return l.report(c, "", errorReport(err))
}

// validID reports whether id may stand in a request's path as it is. Lambda's are UUIDs.
func validID(id string) bool {
	for i := range len(id) {
		c := id[i]
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-') {
			return false
		}
	}
	return id != ""
}
