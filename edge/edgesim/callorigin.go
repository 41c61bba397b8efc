package edgesim

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// callOrigin sends the request and reads the answer's head. It returns false when there is none.
func (x *exchange) callOrigin(a *answer, o Origin, r *request, s *originSettings) bool {
	st := x.begin(StageOrigin)
	defer x.end(st)
	call := &originCall{
		method: r.method, path: s.path + r.uri, query: r.query, header: r.header.Clone(),
		settings: s, transport: x.s.transport,
	}
	for name, values := range s.customHeaders {
		call.header[http.CanonicalHeaderKey(name)] = values
	}
	if r.body != nil {
		call.body, call.length = r.body.reader, r.body.length
	}
	st.note("%s %s%s from %s", r.method, call.path, showQuery(r.query), s.domainName)
	x.trace.Origins = append(x.trace.Origins, OriginTrace{
		Origin: s.domainName, Method: r.method, Target: rawURL(call.path, call.query), Header: call.header,
	})
	ctx := x.ctx
	if x.behavior.caches(r.method) {
		ctx = detached(ctx) // others may wait for the answer, and the cache can use it
	}
	resp, err := o.roundTrip(ctx, call)
	if err == nil {
		err = checkOriginResponse(resp)
	}
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			a.resp, a.failed = x.brokenBody(st, err), true
			return false
		}
		x.notReached(a, st, err)
		return false
	}
	a.resp, a.status = resp, resp.status
	a.etag, a.modified = resp.header.Get("Etag"), resp.header.Get("Last-Modified")
	resp.skipViewerResponse = resp.status >= 400
	seen := &x.trace.Origins[len(x.trace.Origins)-1]
	seen.Status, seen.Received = resp.status, maps.Clone(resp.header)
	x.fromOrigin(resp.header)
	seen.Passed = maps.Clone(resp.header)
	st.note("%d %s", resp.status, resp.description())
	return true
}

// notReached is CloudFront's page for an origin that gives no answer.
func (x *exchange) notReached(a *answer, st *Stage, err error) *answer {
	var failure *originError
	if !errors.As(err, &failure) {
		failure = &originError{http.StatusBadGateway, "the origin gave no valid answer", err}
	}
	if errors.Is(err, context.Canceled) {
		failure.reason = "the viewer left before the origin answered"
	}
	a.resp = x.refuse(st, failure.status, pageNoOrigin, "%v", failure)
	a.unreachable = true
	return a
}

// checkOriginResponse refuses answers that CloudFront does not pass on.
func checkOriginResponse(resp *response) error {
	var reason string
	size := headSize(resp.header, "")
	switch {
	case resp.status < 200 || resp.status > 599:
		reason = fmt.Sprintf("the origin answered with the status %d", resp.status)
	case size > maxRequestHead:
		reason = fmt.Sprintf("the origin's headers have %d bytes, %d are allowed", size, maxRequestHead)
	}
	for name, values := range resp.header {
		if !isToken(name) || slices.ContainsFunc(values, func(v string) bool { return controlAt(v) >= 0 }) {
			reason = fmt.Sprintf("the origin sent the header %q with a name or a value that no header has", name)
		}
	}
	if reason == "" {
		return nil
	}
	resp.close()
	return &originError{http.StatusBadGateway, reason, nil}
}

// fromOrigin removes the headers of the origin's answer that CloudFront does not pass on
// (RequestAndResponseBehaviorCustomOrigin.html, "HTTP response headers that CloudFront removes or replaces").
func (x *exchange) fromOrigin(h http.Header) {
	for _, line := range h["Connection"] {
		for name := range strings.SplitSeq(line, ",") {
			h.Del(strings.TrimSpace(name))
		}
	}
	for _, name := range []string{"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "Trailer",
		"Transfer-Encoding", "Upgrade", "X-Amz-Id-2", "X-Amz-Request-Id"} {
		delete(h, name)
	}
	if x.behavior.policy.Cookies.None() && x.behavior.forward.Cookies.None() {
		delete(h, "Set-Cookie")
	}
	x.filterVary(h)
}

// filterVary keeps the names in Vary that can make a difference: headers that go to the origin, and two that the
// page names. They do not make objects of their own: only what is in the cache key does.
func (x *exchange) filterVary(h http.Header) {
	if len(h["Vary"]) == 0 {
		return
	}
	var kept []string
	for name := range strings.SplitSeq(strings.Join(h["Vary"], ","), ",") {
		name = strings.TrimSpace(name)
		canonical := http.CanonicalHeaderKey(name)
		if canonical == "*" || canonical == "Accept-Encoding" || canonical == "Cookie" || canonical != "" && x.forwards(canonical) {
			kept = append(kept, name)
		}
	}
	if kept == nil {
		delete(h, "Vary")
		return
	}
	h["Vary"] = []string{strings.Join(kept, ", ")}
}
