package edgesim

import (
	"net/http"
	"strings"
)

// errorResponse puts a custom error page in the place of an error ("Generate custom error responses"). The page
// comes through the behaviour that its path matches, without the viewer-facing functions.
func (x *exchange) errorResponse(r *http.Request, resp *response) *response {
	custom := x.customFor(resp.status)
	if custom == nil || x.errorPage {
		return resp
	}
	page := x.fetchPage(r, custom.PagePath)
	st := x.begin(StageErrorPage)
	defer x.end(st)
	if page.status >= 400 {
		page.close()
		st.note("the page %s is itself a %d: the origin's %d is sent", custom.PagePath, page.status, resp.status)
		return resp
	}
	resp.close()
	was := resp.status
	page.status, page.reason = or(custom.ResponseCode, was), ""
	page.result = resultError
	page.skipViewerResponse = true // lambda-cloudfront-trigger-events.html
	st.note("%d is answered with %s as %d", was, custom.PagePath, page.status)
	return page
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
func (x *exchange) fetchPage(r *http.Request, path string) *response {
	sub := *x
	sub.errorPage = true
	sub.viewer = x.viewer.clone()
	sub.viewer.method, sub.viewer.body = http.MethodGet, nil
	for _, name := range []string{"Range", "If-Range", "If-None-Match", "If-Modified-Since"} {
		sub.viewer.header.Del(name)
	}
	sub.viewer.uri, sub.viewer.query, _ = strings.Cut(path, "?")
	sub.behavior = x.s.behaviorFor(sub.viewer.uri)
	sub.trace = &Trace{ID: x.trace.ID, Viewer: x.trace.Viewer}
	page := sub.object(r)
	x.trace.Stages = append(x.trace.Stages, sub.trace.Stages...)
	x.trace.Origins = append(x.trace.Origins, sub.trace.Origins...)
	x.trace.Functions += sub.trace.Functions
	return page
}
