package edgesim

import (
	"bytes"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// viewerRequest runs the viewer-request function. It returns nil when the request goes on.
func (x *exchange) viewerRequest() *message.Response {
	if f := x.behavior.CloudFrontFunctions.ViewerRequest; f != nil && !x.errorPage {
		return x.cloudFrontViewerRequest(f)
	}
	a := &x.behavior.Functions.ViewerRequest
	if a.Function == nil || x.errorPage {
		return nil
	}
	st := x.begin(StageViewerRequest)
	defer x.end(st)
	e := x.event(edge.ViewerRequest, x.request)
	if failed := x.showBody(st, a, e, 40<<10); failed != nil {
		return failed
	}
	o, failed := x.runFunction(st, a, e)
	if failed != nil {
		return failed
	}
	if o.Response != nil {
		st.note("answered %d: cache, origin and viewer-response are left out", o.Response.Status)
		return x.generated(o.Response, page.Generated)
	}
	st.Notes = append(st.Notes, changesOf(x.request, o.Request)...)
	x.request = x.withBody(st, o)
	return nil
}

// generated completes a response that a viewer-request function made.
func (x *exchange) generated(resp *message.Response, result string) *message.Response {
	resp.Result = result
	x.stamp(withServer(resp))
	return resp
}

// withServer names CloudFront as the server of a response that a function made without one.
func withServer(resp *message.Response) *message.Response {
	if resp.Header.Get("Server") == "" {
		resp.Header.Set("Server", "CloudFront")
	}
	return resp
}

// viewerResponse runs the viewer-response function, unless the answer is one of those that CloudFront does not
// run it for.
func (x *exchange) viewerResponse(resp *message.Response) *message.Response {
	a, f := &x.behavior.Functions.ViewerResponse, x.behavior.CloudFrontFunctions.ViewerResponse
	if a.Function == nil && f == nil || x.errorPage {
		return resp
	}
	st := x.begin(StageViewerResponse)
	if resp.SkipViewerResponse {
		st.note("not run: the status is %d, and CloudFront does not run it for errors", resp.Status)
		x.end(st)
		return resp
	}
	defer x.end(st)
	if f != nil {
		return x.cloudFrontViewerResponse(st, f, resp)
	}
	e := x.event(edge.ViewerResponse, x.request)
	e.Response = resp
	o, failed := x.runFunction(st, a, e)
	if failed != nil {
		resp.Close()
		x.stamp(failed)
		return failed
	}
	st.Notes = append(st.Notes, headerChanges(resp.Header, o.Response.Header)...)
	return o.Response
}

// originRequestFunction runs the function; done is true when its answer, or its failure, is the answer.
func (x *exchange) originRequestFunction(a *answer, r *message.Request, s *message.Origin) (*message.Request, *message.Origin, bool) {
	assoc := &x.behavior.Functions.OriginRequest
	if assoc.Function == nil {
		return r, s, false
	}
	st := x.begin(StageOriginRequest)
	defer x.end(st)
	st.noteWithheld(x.request, r)
	a.functions++
	e := x.event(edge.OriginRequest, r)
	e.Origin = s
	if a.resp = x.showBody(st, assoc, e, 1<<20); a.resp != nil {
		a.failed = true
		return nil, nil, true
	}
	o, failed := x.runFunction(st, assoc, e)
	switch {
	case failed != nil:
		a.resp, a.failed = failed, true
		return nil, nil, true
	case o.Response != nil:
		st.note("answered %d: the origin is not asked, origin-response not run", o.Response.Status)
		a.resp, a.generated = withServer(o.Response), true
		a.resp.SkipViewerResponse = a.resp.Status >= 400 && x.s.config.Unknowns.SkipViewerResponseOnGeneratedError
		return nil, nil, true
	}
	st.Notes = append(st.Notes, changesOf(r, o.Request)...)
	next := x.withBody(st, o)
	if o.Origin != nil && !function.SameOrigin(o.Origin, s) {
		st.note("origin is now %s%s", o.Origin.DomainName, o.Origin.Path)
		s = o.Origin
	}
	return next, s, false
}

// originResponseFunction runs the function on the answer, whatever its status.
func (x *exchange) originResponseFunction(a *answer, r *message.Request, s *message.Origin) {
	assoc := &x.behavior.Functions.OriginResponse
	if assoc.Function == nil {
		return
	}
	st := x.begin(StageOriginResponse)
	defer x.end(st)
	if x.behavior.Functions.OriginRequest.Function == nil {
		st.noteWithheld(x.request, r)
	}
	a.functions++
	e := x.event(edge.OriginResponse, r)
	e.Origin, e.Response = s, a.resp
	o, failed := x.runFunction(st, assoc, e)
	if failed != nil {
		a.resp.Close()
		a.resp, a.failed = failed, true
		return
	}
	st.Notes = append(st.Notes, headerChanges(a.resp.Header, o.Response.Header)...)
	if o.Response.Status != a.resp.Status {
		st.note("status %d is now %d", a.resp.Status, o.Response.Status)
		o.Response.SkipViewerResponse = a.resp.Status >= 400 && !x.s.config.Unknowns.ViewerResponseByFinalStatus || o.Response.Status >= 400
	}
	a.resp = o.Response
	if o.NewBody != nil {
		a.resp.Close()
		a.resp.Stream, a.resp.Body = nil, bytes.Clone(*o.NewBody)
		a.resp.Header.Del("Content-Length")
		st.note("body replaced, %d bytes", len(*o.NewBody))
	}
}
