package edgesim

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// runFunction runs the trigger's function on the event and reads its answer. failed is CloudFront's page when
// the function, or what it returned, is at fault; the stage is on the trace in any case.
func (x *exchange) runFunction(st *Stage, a *Association, e *function.Event) (o *function.Outcome, failed *message.Response) {
	st.Function = cmp.Or(a.Name, string(e.Trigger))
	if v, ok := a.Function.(interface{ Version() string }); ok {
		st.Version = v.Version()
	}
	st.Input = e.Encode()
	x.trace.Functions++
	x.s.counts.of(e.Trigger).Add(1)
	fault := x.faultOf(e.Trigger, a)
	if note := fault.note(); note != "" {
		st.say(note)
	}
	asked := time.Now()
	called, warned := listened(a)
	out, err := fault.invoke(x.ctx, called, st.Input)
	st.Output = out
	took, most := time.Since(asked), cmp.Or(a.Timeout, function.Timeout)
	st.Limits = append(slices.Grow(st.Limits, 3), Limit{"time, ms", int(took.Milliseconds()), int(most.Milliseconds())})
	if err != nil {
		return nil, x.functionFailed(st, fault, err, warned)
	}
	o = function.Read(e, out, x.s.config.Unknowns.DecodedBodySize)
	if warned == nil {
		o.Judge(e)
	} else {
		o.Findings = append(o.Findings, *warned...)
	}
	st.report(o)
	if first := o.Findings.Refused(); first != nil {
		failed = x.invalidResult(st, *first)
		if fault.spoils() {
			x.trace.Reason = fmt.Sprintf("%s: %v: %s", st.Name, fault, first)
		}
		return nil, failed
	}
	return o, nil
}

// listened is an association whose function also tells warned what package edge warns of. warned is nil for a function of another make,
// which package edge has not checked.
func listened(a *Association) (called *Association, warned *function.Findings) {
	f, ok := a.Function.(*edge.Function)
	if !ok {
		return a, nil
	}
	warned = &function.Findings{}
	own, copied := *f, *a
	own.Warn = func(w *edge.FieldError) {
		warned.Warned(w)
		if f.Warn != nil {
			f.Warn(w)
		}
	}
	copied.Function = &own
	return &copied, warned
}

// report puts what was found in a function's answer on the trace.
func (st *Stage) report(o *function.Outcome) {
	for _, f := range o.Findings {
		st.Findings = append(st.Findings, Finding(f))
	}
	for _, l := range o.Limits {
		st.Limits = append(st.Limits, Limit(l))
	}
}

// functionFailed is the page for an error from the function (http-503-service-unavailable.html), or for an
// answer that package edge refused before it left the function (http-502-bad-gateway.html).
func (x *exchange) functionFailed(st *Stage, fault injected, err error, warned *function.Findings) *message.Response {
	var refused *edge.FieldError
	if errors.As(err, &refused) {
		st.report(&function.Outcome{Findings: function.FieldFindings(err)})
		if warned != nil {
			st.report(&function.Outcome{Findings: *warned})
		}
		resp := x.invalidResult(st, function.Finding{Page: function.PageFor(refused)})
		st.Error = err.Error()
		x.trace.Reason = st.Error
		return resp
	}
	st.Error = err.Error()
	x.trace.Reason = fmt.Sprintf("%s: %v", st.Name, err)
	if fault.Fault == FaultThrottle {
		return page.New(http.StatusServiceUnavailable, page.Throttled, page.FunctionThrottled, x.trace.ID)
	}
	return page.New(http.StatusServiceUnavailable, page.Execution, page.FunctionFailed, x.trace.ID)
}

// invalidResult is the page for an answer that CloudFront refuses.
func (x *exchange) invalidResult(st *Stage, f function.Finding) *message.Response {
	st.Error = f.String()
	x.trace.Reason = fmt.Sprintf("%s: %s", st.Name, f)
	return page.New(http.StatusBadGateway, page.Validation, f.Page, x.trace.ID)
}

// event is the event of a trigger.
func (x *exchange) event(trigger edge.Trigger, r *message.Request) *function.Event {
	return &function.Event{Trigger: trigger, Domain: x.s.domain, DistributionID: x.s.id, RequestID: x.trace.ID, Request: r}
}

// showBody reads the part of the viewer's body that the function may see.
func (x *exchange) showBody(st *Stage, a *Association, e *function.Event, most int64) *message.Response {
	if !a.IncludeBody {
		return nil
	}
	bodyless := x.request.Method == http.MethodGet || x.request.Method == http.MethodHead
	if bodyless && !x.s.config.Unknowns.EmptyBodyOnGet {
		return nil
	}
	e.Body = &function.ShownBody{}
	body := x.request.Body
	if body == nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(body.Reader, most+1))
	if err != nil {
		return x.brokenBody(st, err)
	}
	rest := io.MultiReader(bytes.NewReader(data), body.Reader)
	x.request.Body = &message.Body{Reader: rest, Length: body.Length}
	e.Body.Truncated = int64(len(data)) > most
	e.Body.Data = data[:min(int64(len(data)), most)]
	st.Limits = append(st.Limits, Limit{"request body shown, bytes", len(e.Body.Data), int(most)})
	return nil
}

// brokenBody is the answer to a request body that cannot be read to its end.
func (x *exchange) brokenBody(st *Stage, err error) *message.Response {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return x.refuse(st, http.StatusRequestEntityTooLarge, page.BadRequest, "the body has more than %d bytes", tooLarge.Limit)
	}
	return x.refuse(st, http.StatusBadRequest, page.BadRequest, "the request body broke off: %v", err)
}

// withBody is the request that a function returned, with the body that goes on: the function's own or the viewer's.
func (x *exchange) withBody(st *Stage, o *function.Outcome) *message.Request {
	r := o.Request
	r.Body = x.request.Body
	if o.Replaced {
		r.Body = &message.Body{Reader: bytes.NewReader(o.Body), Length: int64(len(o.Body))}
		if message.Chunked(r.Header) {
			r.Body.Length = -1 // it goes on as the viewer sent it: in chunks
		} else {
			r.Header["Content-Length"] = []string{strconv.Itoa(len(o.Body))}
		}
		st.note("body replaced, %d bytes", len(o.Body))
	}
	return r
}
