package edgesim

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"

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
		// The name is resolved before the function runs (lambda-at-edge-function-restrictions.html, "Network
		// access").
		if err := x.s.config.lookupHost(x.ctx, custom.lookup()); err != nil {
			st := x.begin(StageOrigin)
			defer x.end(st)
			reason := fmt.Sprintf("the origin's domain name %q does not resolve", custom.lookup())
			return x.notReached(a, st, &originError{http.StatusBadGateway, reason, nil})
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

// backing finds what answers for the settings that a function left: the origin itself, another one of the
// distribution, or a server of that name.
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
