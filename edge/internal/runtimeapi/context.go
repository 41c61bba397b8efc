package runtimeapi

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// An Invocation is what the Runtime API says of an invocation in the header of its response. Package edge describes the fields.
type Invocation struct {
	RequestID, FunctionARN, TraceID, TenantID string
}

// InvocationKey is the key of the [*Invocation] in the handler's context.
type InvocationKey struct{}

// An invocation is the context of one invocation. It is made anew for each: a goroutine of the handler may keep it for longer.
//
// It is what context.WithDeadline and two context.WithValue would make, in one piece, and without a timer unless somebody asks for Done:
// most handlers are through in microseconds and never look.
type invocation struct {
	Invocation
	deadline time.Time

	mu    sync.Mutex
	err   error         // nil until the invocation ends or the deadline has passed
	done  chan struct{} // nil until asked for
	timer *time.Timer   // nil until asked for done
}

// newInvocation reads the invocation's data from the header of the Runtime API's response. With a malformed deadline
// it returns an error beside the invocation, for that can be reported to the API.
func newInvocation(res *response) (*invocation, error) {
	// They outlive the response, and share one copy.
	var b strings.Builder
	b.Grow(len(res.requestID) + len(res.arn) + len(res.traceID) + len(res.tenantID))
	for _, field := range [...][]byte{res.requestID, res.arn, res.traceID, res.tenantID} {
		b.Write(field)
	}
	all := b.String()
	cut := func(field []byte) (s string) {
		s, all = all[:len(field)], all[len(field):]
		return s
	}
	inv := &invocation{Invocation: Invocation{
		RequestID: cut(res.requestID), FunctionARN: cut(res.arn), TraceID: cut(res.traceID), TenantID: cut(res.tenantID),
	}}
	ms, err := strconv.ParseInt(string(res.deadline), 10, 64)
	inv.deadline = time.UnixMilli(ms)
	if err != nil {
		return inv, errors.New("failed to parse deadline: " + err.Error())
	}
	return inv, nil
}

// Deadline is when Lambda ends the process, unless it has answered.
func (i *invocation) Deadline() (time.Time, bool) { return i.deadline, true }

// Value has the invocation, and the trace id under the key that AWS's X-Ray SDK looks for.
func (i *invocation) Value(key any) any {
	switch key {
	case InvocationKey{}:
		return &i.Invocation
	case "x-amzn-trace-id":
		return i.TraceID
	}
	return nil
}

func (i *invocation) Done() <-chan struct{} {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.done == nil {
		i.done = make(chan struct{})
		if i.err != nil {
			close(i.done)
		} else {
			i.timer = time.AfterFunc(time.Until(i.deadline), func() { i.end(context.DeadlineExceeded) })
		}
	}
	return i.done
}

func (i *invocation) Err() error {
	if !time.Now().Before(i.deadline) {
		i.end(context.DeadlineExceeded) // the timer may not run, or be late
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.err
}

// end is called when the handler has returned, with context.Canceled, and at the deadline. The first call counts.
func (i *invocation) end(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.err != nil {
		return
	}
	i.err = err
	if i.done != nil {
		i.timer.Stop()
		close(i.done)
	}
}

// setTraceID sets the variable that AWS's SDKs read the trace id from.
func setTraceID(id string) {
	const name = "_X_AMZN_TRACE_ID"
	if now, _ := syscall.Getenv(name); now != id {
		syscall.Setenv(name, id) // fails for an id with a zero byte only, which no header has
	}
}
