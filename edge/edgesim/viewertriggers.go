package edgesim

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge"
)

// viewerRequest runs the viewer-request function. It returns nil when the request goes on.
func (x *exchange) viewerRequest(r *http.Request) *response {
	a := &x.behavior.Functions.ViewerRequest
	if a.Function == nil || x.errorPage {
		return nil
	}
	st := x.begin(StageViewerRequest)
	defer x.end(st)
	e := x.event(edge.ViewerRequest, x.viewer)
	if failed := x.showBody(st, a, e, 40<<10); failed != nil {
		return failed
	}
	o, failed := x.runFunction(st, a, e)
	if failed != nil {
		return failed
	}
	if o.response != nil {
		st.note("answered %d: cache, origin and viewer-response are left out", o.response.status)
		return x.generated(o.response, resultGenerated)
	}
	st.Notes = append(st.Notes, changesOf(x.viewer, o.request)...)
	x.viewer = x.withBody(st, o)
	return nil
}

// generated completes a response that a function made.
func (x *exchange) generated(resp *response, result string) *response {
	resp.result = result
	if resp.header.Get("Server") == "" {
		resp.header.Set("Server", "CloudFront")
	}
	x.stamp(resp)
	return resp
}

// changesOf says what a request function changed, without values.
func changesOf(before, after *request) []string {
	var notes []string
	if before.uri != after.uri {
		notes = append(notes, fmt.Sprintf("uri is now %s", after.uri))
	}
	if before.query != after.query {
		notes = append(notes, "query string changed")
	}
	notes = append(notes, headerChanges(before.header, after.header)...)
	if notes == nil {
		notes = []string{"passed on as it came"}
	}
	return notes
}

// showBody reads the part of the viewer's body that the function may see.
func (x *exchange) showBody(st *Stage, a *Association, e *event, most int64) *response {
	if !a.IncludeBody {
		return nil
	}
	bodyless := x.viewer.method == http.MethodGet || x.viewer.method == http.MethodHead
	if bodyless && !x.unknown.EmptyBodyOnGet {
		return nil
	}
	e.body = &shownBody{}
	body := x.viewer.body
	if body == nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(body.reader, most+1))
	if err != nil {
		return x.brokenBody(st, err)
	}
	rest := io.MultiReader(bytes.NewReader(data), body.reader)
	x.viewer.body = &requestBody{rest, body.length}
	e.body.truncated = int64(len(data)) > most
	e.body.data = data[:min(int64(len(data)), most)]
	st.Limits = append(st.Limits, Limit{"request body shown, bytes", len(e.body.data), int(most)})
	return nil
}

// brokenBody is the answer to a request body that cannot be read to its end.
func (x *exchange) brokenBody(st *Stage, err error) *response {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return x.refuse(st, http.StatusRequestEntityTooLarge, pageBadRequest, "the body has more than %d bytes", tooLarge.Limit)
	}
	return x.refuse(st, http.StatusBadRequest, pageBadRequest, "the request body broke off: %v", err)
}

// withBody is the request that a function returned, with the body that goes on: the function's own or the viewer's.
func (x *exchange) withBody(st *Stage, o *outcome) *request {
	r := o.request
	r.body = x.viewer.body
	if o.body != nil {
		r.body = &requestBody{bytes.NewReader(o.body.data), int64(len(o.body.data))}
		r.header.Del("Content-Length")
		st.note("body replaced, %d bytes", len(o.body.data))
	}
	return r
}

// viewerResponse runs the viewer-response function, unless the answer is one of those that CloudFront does not
// run it for.
func (x *exchange) viewerResponse(resp *response) *response {
	a := &x.behavior.Functions.ViewerResponse
	if a.Function == nil || x.errorPage {
		return resp
	}
	st := x.begin(StageViewerResponse)
	if resp.skipViewerResponse {
		st.note("not run: the status is %d, and CloudFront does not run it for errors", resp.status)
		x.end(st)
		return resp
	}
	defer x.end(st)
	e := x.event(edge.ViewerResponse, x.viewer)
	e.response = resp
	o, failed := x.runFunction(st, a, e)
	if failed != nil {
		resp.close()
		x.stamp(failed)
		return failed
	}
	st.Notes = append(st.Notes, headerChanges(resp.header, o.response.header)...)
	return o.response
}
