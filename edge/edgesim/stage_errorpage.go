package edgesim

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// errorResponse puts a custom error page in the place of an error ("Generate custom error responses"). The page
// comes through the behaviour that its path matches, without the viewer-facing functions.
func (x *exchange) errorResponse(resp *message.Response) *message.Response {
	custom := x.customFor(resp.Status)
	if custom == nil || x.errorPage {
		return resp
	}
	instead := x.fetchPage(custom.PagePath)
	st := x.begin(StageErrorPage)
	defer x.end(st)
	resp.Close()
	instead.Result = page.Error
	instead.SkipViewerResponse = true // lambda-cloudfront-trigger-events.html
	if instead.Status >= 400 {
		// "If [...] the custom error page isn't available, CloudFront returns to the viewer the status code that CloudFront received from
		// the origin that contains the custom error pages" (GeneratingCustomErrorResponses.html).
		st.note("%d was to be answered with %s, which is itself a %d: that is sent", resp.Status, custom.PagePath, instead.Status)
		return instead
	}
	instead.Status, instead.Reason = cmp.Or(custom.ResponseCode, resp.Status), ""
	st.note("%d is answered with %s as %d", resp.Status, custom.PagePath, instead.Status)
	return instead
}

func (x *exchange) customFor(status int) *ErrorResponse {
	for i, e := range x.s.config.Distribution.ErrorResponses {
		if e.Status == status && e.PagePath != "" {
			return &x.s.config.Distribution.ErrorResponses[i]
		}
	}
	return nil
}

// fetchPage gets the page as a request of CloudFront's own.
func (x *exchange) fetchPage(path string) *message.Response {
	sub := *x
	sub.errorPage, sub.fromStore, sub.flight = true, nil, nil
	sub.request = x.request.Clone()
	sub.request.Method, sub.request.Body = http.MethodGet, nil
	for _, name := range []string{"Range", "If-Range", "If-None-Match", "If-Modified-Since"} {
		sub.request.Header.Del(name)
	}
	sub.request.URI, sub.request.Query, _ = strings.Cut(path, "?")
	sub.behavior = x.s.behaviorFor(sub.request.URI)
	sub.record, sub.trace = nil, &Trace{ID: x.trace.ID, Viewer: x.trace.Viewer}
	resp := sub.object()
	x.trace.Stages = append(x.trace.Stages, sub.trace.Stages...)
	x.trace.Origins = append(x.trace.Origins, sub.trace.Origins...)
	x.trace.Functions += sub.trace.Functions
	x.fromStore = sub.fromStore
	x.trace.Reason = cmp.Or(x.trace.Reason, sub.trace.Reason)
	return resp
}
