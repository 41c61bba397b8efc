package edgesim

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/cffunction"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// cloudFrontViewerRequest runs the behaviour's CloudFront Function. It returns nil when the request goes on.
func (x *exchange) cloudFrontViewerRequest(f *OpenCloudFrontFunction) *message.Response {
	st := x.begin(StageViewerRequest)
	defer x.end(st)
	x.showCloudFrontHeaders()
	e := x.cloudFrontEvent(nil)
	o, failed := x.runCloudFrontFunction(st, f, e)
	if failed != nil {
		return failed
	}
	if o.Response != nil {
		st.note("answered %d: cache, origin and viewer-response are left out", o.Response.Status)
		return x.generated(o.Response, page.FunctionGenerated)
	}
	st.Notes = append(st.Notes, changesOf(x.request, o.Request)...)
	x.request = o.Request
	for i := range o.Changes {
		if err := x.changeOrigin(st, &o.Changes[i]); err != nil {
			return x.invalidValue(st, function.Finding{Field: o.Changes[i].Kind, Reason: err.Error(), Page: page.OriginRewrite})
		}
	}
	return nil
}

// showCloudFrontHeaders puts the CloudFront-* headers into the request, once. Unlike a Lambda@Edge function a
// CloudFront Function sees them (functions-event-structure.html has one in its example), and what it makes of them is
// what the cache key and the origin get.
func (x *exchange) showCloudFrontHeaders() {
	if !x.headersAdded {
		x.addCloudFrontHeaders()
		x.headersAdded = true
	}
}

// cloudFrontViewerResponse runs the behaviour's CloudFront Function on an answer for which it runs.
func (x *exchange) cloudFrontViewerResponse(st *Stage, f *OpenCloudFrontFunction, resp *message.Response) *message.Response {
	x.showCloudFrontHeaders()
	o, failed := x.runCloudFrontFunction(st, f, x.cloudFrontEvent(resp))
	if failed != nil {
		resp.Close()
		x.stamp(failed)
		return failed
	}
	st.Notes = append(st.Notes, headerChanges(resp.Header, o.Response.Header)...)
	if o.Response.Status != resp.Status {
		st.note("status %d is now %d", resp.Status, o.Response.Status)
	}
	if o.NewBody != nil {
		resp.Close()
		o.Response.Stream, o.Response.Body = nil, bytes.Clone(*o.NewBody)
		st.note("body replaced, %d bytes", len(*o.NewBody))
	}
	return o.Response
}

// cloudFrontEvent is the event of a run; resp is nil in viewer-request.
func (x *exchange) cloudFrontEvent(resp *message.Response) *cffunction.Event {
	return &cffunction.Event{
		Domain: x.s.domain, DistributionID: x.s.id, RequestID: x.trace.ID, Request: x.request, Response: resp,
		Now: x.now, QueryMark: strings.Contains(x.trace.Viewer.Target, "?"), Location: x.s.config.Pop[:min(3, len(x.s.config.Pop))],
		MaxBody: x.s.config.Unknowns.CloudFrontFunctionBody,
	}
}

// runCloudFrontFunction runs the function on the event and reads its answer. failed is CloudFront's page when the
// function, or what it returned, is at fault.
func (x *exchange) runCloudFrontFunction(st *Stage, f *OpenCloudFrontFunction, e *cffunction.Event) (*cffunction.Outcome, *message.Response) {
	now, release := f.use()
	defer release()
	st.Function, st.Version = now.name, now.version
	line, event := e.Encode()
	st.Input = event
	x.trace.Functions++
	x.s.counts.of(edge.Trigger(st.Name)).Add(1)
	fault := x.faultOf(edge.Trigger(st.Name), &Association{})
	if fault.Fault == FaultInvalid {
		st.note("%v: the function answers nothing", fault)
	}
	asked := time.Now()
	r, err := fault.run(now.process, line)
	st.Output, st.Logs = Payload(r.Answer), r.Logs
	st.Limits = append(st.Limits, Limit{"time, ms", int(time.Since(asked).Milliseconds()), int(now.timeout.Milliseconds())})
	if err != nil {
		return nil, x.notRun(st, fault.Fault, err.Error())
	}
	if r.Err != "" {
		return nil, x.notRun(st, "", r.Err)
	}
	o := cffunction.Read(e, r)
	st.report(&function.Outcome{Findings: o.Findings, Limits: o.Limits})
	if first := o.Findings.Refused(); first != nil {
		failed := x.invalidValue(st, *first)
		if fault.Fault == FaultInvalid {
			x.trace.Reason = fmt.Sprintf("%s: %v: %s", st.Name, fault, first)
		}
		return nil, failed
	}
	return o, nil
}

// notRun is the page for a function that failed (http-503-service-unavailable.html, "Lambda@Edge or CloudFront Function
// execution error"). The sentence for one that is throttled is by that example.
func (x *exchange) notRun(st *Stage, fault Fault, reason string) *message.Response {
	st.Error = reason
	x.trace.Reason = string(st.Name) + ": " + reason
	result := page.FunctionExecution
	if fault == FaultThrottle {
		result = page.FunctionLimit
	}
	return page.New(http.StatusServiceUnavailable, result, page.FunctionNotRun, x.trace.ID)
}

// invalidValue is the page for an answer that CloudFront refuses: a 502, as edge-function-restrictions-all.html has it
// for headers and people report it for the rest.
func (x *exchange) invalidValue(st *Stage, f function.Finding) *message.Response {
	st.Error = f.String()
	x.trace.Reason = string(st.Name) + ": " + st.Error
	return page.New(http.StatusBadGateway, page.FunctionValidation, f.Page, x.trace.ID)
}
