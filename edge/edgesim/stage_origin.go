package edgesim

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/origin"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// originRequest builds the request that goes to the origin, before the origin-request function: what the policies let through,
// and what CloudFront adds (RequestAndResponseBehaviorCustomOrigin.html). stale is the object to be revalidated, or nil.
func (x *exchange) originRequest(s *message.Origin, stale *httpcache.Entry) *message.Request {
	p := &x.behavior.policies
	r := p.Forward(x.request, x.behavior.caches(x.request.Method), s.Kind == message.S3)
	h := r.Header
	if !p.Named("Host") {
		h.Set("Host", s.DomainName)
	}
	if !p.Named("User-Agent") {
		h.Set("User-Agent", "Amazon CloudFront")
	}
	h["X-Forwarded-For"] = []string{strings.Join(append(x.request.Header["X-Forwarded-For"], x.request.ClientIP), ", ")}
	h["Via"] = x.via()
	h.Set("X-Amz-Cf-Id", x.trace.ID)
	for name := range s.CustomHeaders {
		delete(h, http.CanonicalHeaderKey(name)) // origin custom headers win (add-origin-custom-headers.html)
	}
	if stale != nil {
		stale.Revalidate(h)
		if !x.behavior.conditional() {
			delete(h, "If-None-Match")
			delete(h, "If-Modified-Since")
		}
	}
	return r
}

// backing finds what answers for the settings that a function left: the origin itself, another one of the
// distribution, or a server of that name.
func (x *exchange) backing(o *source, s *message.Origin) (origin.Asker, error) {
	if s.DomainName == o.secure.DomainName {
		return o, nil
	}
	for _, known := range x.s.sourceList {
		if known.secure.DomainName == s.DomainName {
			return known, nil
		}
	}
	address := s.DomainName
	protocol := cmp.Or(s.Protocol, "https")
	if s.Port != 0 && !(protocol == "http" && s.Port == 80) && !(protocol == "https" && s.Port == 443) {
		address = fmt.Sprintf("%s:%d", s.DomainName, s.Port)
	}
	return (&CustomOrigin{URL: protocol + "://" + address, DomainName: s.DomainName}).asker(x.s.transport)
}

// callOrigin sends the request and reads the answer's head. It returns false when there is none.
func (x *exchange) callOrigin(a *answer, o *source, r *message.Request, s *message.Origin) bool {
	st := x.begin(StageOrigin)
	defer x.end(st)
	call := &origin.Call{Method: r.Method, Path: s.Path + r.URI, Query: r.Query, Header: r.Header.Clone(), Origin: s}
	for name, values := range s.CustomHeaders {
		call.Header[http.CanonicalHeaderKey(name)] = values
	}
	if r.Body != nil {
		call.Body, call.Length = r.Body.Reader, r.Body.Length
	}
	st.note("%s %s%s from %s", r.Method, call.Path, showQuery(r.Query), s.DomainName)
	x.trace.Origins = append(x.trace.Origins, OriginTrace{
		Origin: s.DomainName, Method: r.Method, Target: message.Target(call.Path, call.Query), Header: call.Header,
	})
	ctx := x.ctx
	if x.behavior.caches(r.Method) {
		ctx = context.WithoutCancel(ctx) // others may wait for the answer, and the cache can use it
	}
	call.Interim = x.passInterim()
	resp, err := x.askOrigin(ctx, o, call)
	x.noteInterim(st)
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			a.resp, a.failed = x.brokenBody(st, err), true
			return false
		}
		x.notReached(a, st, err)
		return false
	}
	a.resp, a.status, a.ranged = resp, resp.Status, len(call.Header["Range"]) > 0
	a.etag, a.modified = resp.Header.Get("Etag"), resp.Header.Get("Last-Modified")
	resp.SkipViewerResponse = resp.Status >= 400
	seen := &x.trace.Origins[len(x.trace.Origins)-1]
	seen.Status, seen.Received = resp.Status, maps.Clone(resp.Header)
	x.behavior.policies.PassOn(x.request, x.behavior.caches(x.request.Method), resp.Header)
	seen.Passed = maps.Clone(resp.Header)
	st.note("%d %s", resp.Status, resp.Description())
	return true
}

// askOrigin asks what answers for the settings in the call, and checks the answer.
func (x *exchange) askOrigin(ctx context.Context, o *source, call *origin.Call) (*message.Response, error) {
	asker, err := x.backing(o, call.Origin)
	if err != nil {
		return nil, err
	}
	resp, err := asker.Ask(ctx, call)
	if err == nil {
		err = origin.Check(resp, viewer.MaxHead)
	}
	return resp, err
}

// notReached is CloudFront's page for an origin that gives no answer.
func (x *exchange) notReached(a *answer, st *Stage, err error) *answer {
	var failure *origin.Error
	if !errors.As(err, &failure) {
		failure = &origin.Error{Status: http.StatusBadGateway, Reason: "the origin gave no valid answer", Err: err}
	}
	if errors.Is(err, context.Canceled) {
		failure.Reason = "the viewer left before the origin answered"
	}
	a.resp = x.refuse(st, failure.Status, page.NoOrigin, "%v", failure)
	a.unreachable = true
	return a
}
