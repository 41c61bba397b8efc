package edgesim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
)

// functionTimeout is the documented maximum for every trigger (cloudfront-limits.html).
const functionTimeout = 30 * time.Second

// errCrash and errTimeout are the causes of a function that does not answer.
var (
	errCrash   = errors.New("the function's process ended (fault on demand)")
	errTimeout = errors.New("the function did not answer in time")
)

// runFunction runs the trigger's function on the event and reads its answer. failed is CloudFront's page when
// the function, or what it returned, is at fault; the stage is on the trace in any case.
func (x *exchange) runFunction(st *Stage, a *Association, e *event) (o *outcome, failed *response) {
	st.Function = or(a.Name, string(e.trigger))
	st.Input = e.encode()
	x.trace.Functions++
	x.s.counts.of(e.trigger).Add(1)
	fault := a.Fault
	if f, ok := x.faults[e.trigger]; ok {
		fault = f
	}
	asked := time.Now()
	out, err := invoke(x.ctx, a, fault, st.Input)
	st.Output = out
	st.Limits = append(st.Limits, Limit{"time, ms", int(time.Since(asked).Milliseconds()), int(or(a.Timeout, functionTimeout).Milliseconds())})
	if err != nil {
		return nil, x.functionFailed(st, fault, err)
	}
	o = readOutcome(e, out, *x.unknown)
	st.Findings = append(st.Findings, o.findings...)
	st.Limits = append(st.Limits, o.limits...)
	if first := o.findings.refused(); first != nil {
		return nil, x.invalidResult(st, *first)
	}
	return o, nil
}

// invoke calls the function as Lambda does: a panic is a failure, and one that does not answer is left to itself.
func invoke(ctx context.Context, a *Association, fault Fault, event []byte) ([]byte, error) {
	switch fault {
	case FaultThrottle, FaultTimeout:
		return nil, errTimeout
	case FaultCrash:
		return nil, errCrash
	case FaultCold:
		time.Sleep(500 * time.Millisecond)
	}
	limit := or(a.Timeout, functionTimeout)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	type result struct {
		out []byte
		err error
	}
	answered := make(chan result, 1)
	go func() {
		defer func() {
			if caught := recover(); caught != nil {
				answered <- result{err: fmt.Errorf("panic: %v", caught)}
			}
		}()
		out, err := a.Function.Invoke(ctx, event)
		answered <- result{out, err}
	}()
	select {
	case r := <-answered:
		return spoil(fault, r.out), r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %v", errTimeout, limit)
	}
}

// spoil applies the faults that change an answer.
func spoil(fault Fault, out []byte) []byte {
	switch fault {
	case FaultInvalid:
		return out[:len(out)/2]
	case FaultOversize:
		padded := append([]byte(`{"status":"200","body":"`), make([]byte, 2<<20)...)
		for i := len(padded) - 2<<20; i < len(padded); i++ {
			padded[i] = 'x'
		}
		return append(padded, `"}`...)
	}
	return out
}

// functionFailed is the page for an error from the function (http-503-service-unavailable.html), or for an
// answer that package edge refused before it left the function (http-502-bad-gateway.html).
func (x *exchange) functionFailed(st *Stage, fault Fault, err error) *response {
	var refused *edge.FieldError
	if errors.As(err, &refused) {
		st.Findings = append(st.Findings, fieldFindings(err)...)
		resp := x.invalidResult(st, Finding{Page: pageFor(refused)})
		st.Error = err.Error()
		x.trace.Reason = st.Error
		return resp
	}
	st.Error = err.Error()
	x.trace.Reason = fmt.Sprintf("%s: %v", st.Name, err)
	if fault == FaultThrottle {
		st.Error = "throttled (fault on demand)"
		x.trace.Reason = st.Error
		return errorPage(http.StatusServiceUnavailable, resultThrottled, pageThrottled, x.trace.ID)
	}
	return errorPage(http.StatusServiceUnavailable, resultExecution, pageExecution, x.trace.ID)
}

// invalidResult is the page for an answer that CloudFront refuses.
func (x *exchange) invalidResult(st *Stage, f Finding) *response {
	st.Error = f.String()
	x.trace.Reason = fmt.Sprintf("%s: %s", st.Name, f)
	return errorPage(http.StatusBadGateway, resultValidation, f.Page, x.trace.ID)
}

// event is the event of a trigger.
func (x *exchange) event(trigger edge.Trigger, r *request) *event {
	return &event{trigger: trigger, domain: x.s.domain, distributionID: x.s.id, reqID: x.trace.ID, request: r}
}
