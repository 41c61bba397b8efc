package edgesim

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// An answer is what came of asking an origin.
type answer struct {
	resp           *response
	status         int    // the origin's own, 0 when there was none
	etag, modified string // the origin's own validators
	functions      int    // how many origin-facing functions ran
	s3             bool

	generated   bool // an origin-request function made it
	unreachable bool // it is CloudFront's page for an origin that does not answer
	failed      bool // it is CloudFront's page for a function that failed, or for a request that goes no further
}

// ask takes the request to one origin: origin-request function, origin, origin-response function.
func (x *exchange) ask(o Origin, stale *entry) *answer {
	s := o.settings()
	a := &answer{s3: s.kind == kindS3}
	if custom, ok := o.(*CustomOrigin); ok && custom.lookup() != "" {
		// The name is resolved before the function runs (lambda-at-edge-function-restrictions.html, "Network access").
		if err := x.s.config.lookupHost(x.ctx, custom.lookup()); err != nil {
			st := x.begin(StageOrigin)
			defer x.end(st)
			return x.notReached(a, st, &originError{http.StatusBadGateway, fmt.Sprintf("the origin's domain name %q does not resolve", custom.lookup()), nil})
		}
	}
	r := x.originRequest(s, stale)
	if x.unknown.HeadFillsByGet && r.method == http.MethodHead && x.behavior.caches(r.method) {
		r.method = http.MethodGet
	}
	r, s, done := x.originRequestFunction(a, r, s)
	if done {
		return a
	}
	if !x.callOrigin(a, x.backing(o, s), r, s) {
		return a
	}
	x.originResponseFunction(a, r, s)
	return a
}

// originRequestFunction runs the function; done is true when its answer, or its failure, is the answer.
func (x *exchange) originRequestFunction(a *answer, r *request, s *originSettings) (*request, *originSettings, bool) {
	assoc := &x.behavior.Functions.OriginRequest
	if assoc.Function == nil {
		return r, s, false
	}
	st := x.begin(StageOriginRequest)
	defer x.end(st)
	a.functions++
	e := x.event(edge.OriginRequest, r)
	e.origin = s
	if a.resp = x.showBody(st, assoc, e, 1<<20); a.resp != nil {
		a.failed = true
		return nil, nil, true
	}
	o, failed := x.runFunction(st, assoc, e)
	switch {
	case failed != nil:
		a.resp, a.failed = failed, true
		return nil, nil, true
	case o.response != nil:
		st.note("answered %d: the origin is not asked, origin-response not run", o.response.status)
		a.resp, a.generated = o.response, true
		if a.resp.header.Get("Server") == "" {
			a.resp.header.Set("Server", "CloudFront")
		}
		a.resp.skipViewerResponse = o.response.status >= 400 && x.unknown.SkipViewerResponseOnGeneratedError
		return nil, nil, true
	}
	st.Notes = append(st.Notes, changesOf(r, o.request)...)
	next := x.withBody(st, o)
	if o.origin != nil && !o.origin.same(s) {
		st.note("origin is now %s%s", o.origin.domainName, o.origin.path)
		s = o.origin
	}
	return next, s, false
}

// backing finds what answers for the settings that a function left: the origin itself, another one of the distribution, or a server of that name.
func (x *exchange) backing(o Origin, s *originSettings) Origin {
	if s.domainName == o.settings().domainName {
		return o
	}
	for _, known := range x.s.origins() {
		if known.settings().domainName == s.domainName {
			return known
		}
	}
	address := s.domainName
	protocol := or(s.protocol, "https")
	if s.port != 0 && !(protocol == "http" && s.port == 80) && !(protocol == "https" && s.port == 443) {
		address = fmt.Sprintf("%s:%d", s.domainName, s.port)
	}
	return &CustomOrigin{URL: protocol + "://" + address, DomainName: s.domainName}
}

// origins are all origins of the distribution, members of groups among them.
func (s *Simulator) origins() (all []Origin) {
	for _, b := range append(slices.Clone(s.behaviors), s.fallback) {
		all = append(all, members(b.Origin)...)
	}
	return all
}

// members is the origin itself, or the two of a group in order.
func members(o Origin) []Origin {
	if g, ok := o.(*OriginGroup); ok {
		return []Origin{g.Primary, g.Secondary}
	}
	return []Origin{o}
}

// callOrigin sends the request and reads the answer's head. It returns false when there is none.
func (x *exchange) callOrigin(a *answer, o Origin, r *request, s *originSettings) bool {
	st := x.begin(StageOrigin)
	defer x.end(st)
	call := &originCall{method: r.method, path: s.path + r.uri, query: r.query, header: r.header.Clone(), settings: s, transport: x.s.transport}
	for name, values := range s.customHeaders {
		call.header[http.CanonicalHeaderKey(name)] = values
	}
	if r.body != nil {
		call.body, call.length = r.body.reader, r.body.length
	}
	st.note("%s %s%s from %s", r.method, call.path, showQuery(r.query), s.domainName)
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
	x.fromOrigin(resp.header)
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
	a.resp = x.refuse(st, failure.status, "CloudFront attempted to establish a connection with the origin, but either the attempt failed or the origin closed the connection.", failure.Error())
	a.unreachable = true
	return a
}

// checkOriginResponse refuses answers that CloudFront does not pass on.
func checkOriginResponse(resp *response) error {
	size := headSize(resp.header, "")
	for name, values := range resp.header {
		for _, v := range values {
			if !isToken(name) || controlAt(v) >= 0 {
				resp.close()
				return &originError{http.StatusBadGateway, fmt.Sprintf("the origin sent the header %q, or a value of it, that is none", name), nil}
			}
		}
	}
	switch {
	case resp.status < 200 || resp.status > 599:
		resp.close()
		return &originError{http.StatusBadGateway, fmt.Sprintf("the origin answered with the status %d", resp.status), nil}
	case size > maxRequestHead:
		resp.close()
		return &originError{http.StatusBadGateway, fmt.Sprintf("the origin's headers have %d bytes, %d are allowed", size, maxRequestHead), nil}
	}
	return nil
}

// fromOrigin removes the headers of the origin's answer that CloudFront does not pass on (RequestAndResponseBehaviorCustomOrigin.html, "HTTP response headers
// that CloudFront removes or replaces").
func (x *exchange) fromOrigin(h http.Header) {
	for _, line := range h["Connection"] {
		for name := range strings.SplitSeq(line, ",") {
			h.Del(strings.TrimSpace(name))
		}
	}
	for _, name := range []string{"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "Trailer", "Transfer-Encoding", "Upgrade", "X-Amz-Id-2", "X-Amz-Request-Id"} {
		delete(h, name)
	}
	if x.behavior.policy.Cookies.None() && x.behavior.forward.Cookies.None() {
		delete(h, "Set-Cookie")
	}
	x.filterVary(h)
}

// filterVary keeps the names in Vary that can make a difference: headers that go to the origin, and two that the page names.
// They do not make objects of their own: only what is in the cache key does.
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

// originResponseFunction runs the function on the answer, whatever its status.
func (x *exchange) originResponseFunction(a *answer, r *request, s *originSettings) {
	assoc := &x.behavior.Functions.OriginResponse
	if assoc.Function == nil {
		return
	}
	st := x.begin(StageOriginResponse)
	defer x.end(st)
	a.functions++
	e := x.event(edge.OriginResponse, r)
	e.origin, e.response = s, a.resp
	o, failed := x.runFunction(st, assoc, e)
	if failed != nil {
		a.resp.close()
		a.resp, a.failed = failed, true
		return
	}
	st.Notes = append(st.Notes, headerChanges(a.resp.header, o.response.header)...)
	if o.response.status != a.resp.status {
		st.note("status %d is now %d", a.resp.status, o.response.status)
		o.response.skipViewerResponse = a.resp.status >= 400 && !x.unknown.ViewerResponseByFinalStatus || o.response.status >= 400
	}
	a.resp = o.response
	if o.newBody != nil {
		a.resp.close()
		a.resp.stream, a.resp.body = nil, bytes.Clone(*o.newBody)
		a.resp.header.Del("Content-Length")
		st.note("body replaced, %d bytes", len(*o.newBody))
	}
}
