package edgesim

import (
	"context"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/policy"
)

// addCloudFrontHeaders puts the CloudFront-* headers that the policies name into the request, over what the
// viewer sent under their names. It happens after the viewer-request function, which therefore never sees them.
func (x *exchange) addCloudFrontHeaders() {
	names := x.behavior.cloudFront
	if len(names) == 0 {
		return
	}
	h := x.request.Header.Clone()
	for _, name := range names {
		delete(h, name)
		if v := x.viewer.CloudFrontHeader(name); v != "" {
			h[name] = []string{v}
		}
	}
	x.request.Header = h
}

// stored is what the cache has for the request.
func (x *exchange) stored() *httpcache.Entry {
	c := &x.trace.Cache
	c.Parts = make([]KeyPart, 0, 4)
	key := x.behavior.policies.Key(x.s.domain, x.request, func(name, value string) { c.Parts = append(c.Parts, KeyPart{name, value}) })
	c.Key = key
	e := x.kept(key)
	if x.behavior.Compress && (e == nil || !e.FreshAt(x.now)) {
		if first := x.firstCopy(); first != nil {
			return first
		}
	}
	return e
}

// firstCopy is a fresh copy of the object that a viewer who takes other formats has brought into the cache, if this one takes it
// too. "If there are subsequent viewer requests for the same object, CloudFront returns the first cached version. For example, if a
// viewer requests a specific cached object that uses Gzip compression, and the viewer accepts the Gzip format, subsequent requests
// to the same object will always return the Gzip version, even if the viewer accepts both Brotli and Gzip."
// (ServingCompressedFiles.html)
func (x *exchange) firstCopy() *httpcache.Entry {
	p := &x.behavior.policies
	accepted, _ := p.Encoding(x.request.Header)
	for _, other := range policy.OtherEncodings(accepted) {
		r := x.request.Clone()
		r.Header["Accept-Encoding"] = []string{other}
		e := x.kept(p.Key(x.s.domain, r, nil))
		if e != nil && e.FreshAt(x.now) && strings.Contains(accepted, e.Header.Get("Content-Encoding")) {
			x.trace.addNote("the copy that was cached first, for viewers who take " + other)
			return e
		}
	}
	return nil
}

// kept is the object under a key, or the part of it that the request asks for when that is fresh and the object is not.
func (x *exchange) kept(key string) *httpcache.Entry {
	e := x.s.cache.Get(key)
	if e != nil && e.FreshAt(x.now) || x.request.Method != http.MethodGet || len(x.request.Header["Range"]) == 0 {
		return e
	}
	if part := x.s.cache.Part(key, x.request.Header, x.now); part != nil {
		return part
	}
	return e
}

// collapsed is what those who waited for a request get of it though its lifetime is 0, when the setting for this point says so.
func (x *exchange) collapsed(fl *httpcache.Flight, key string) *httpcache.Entry {
	if !x.s.config.Unknowns.CollapseZeroTTL {
		return nil
	}
	if e := fl.Shared(); e != nil {
		return e
	}
	return x.kept(key)
}

// bypassReason says why the cache is not asked.
func (x *exchange) bypassReason() string {
	if x.behavior.rules.Off() {
		return "the cache policy " + x.behavior.policyName + " switches caching off"
	}
	return x.request.Method + " is not cached"
}

// hit notes what a fresh object is.
func (x *exchange) hit(st *Stage, e *httpcache.Entry) {
	c := &x.trace.Cache
	c.Result = "hit"
	note := "hit: fresh for " + httpcache.Span(e.Expires().Sub(x.now)) + " more: " + e.Life.Rule
	if !x.now.Before(e.Expires()) {
		note = "hit: stale, but the origin failed: asked again in " + httpcache.Span(e.Retry.Sub(x.now))
	}
	c.Reason = strings.TrimPrefix(note, "hit: ")
	c.Saved = e.OriginFunctions
	x.s.counts.saved.Add(int64(e.OriginFunctions))
	st.say(note)
}

// fromCache makes an answer from an object.
func (x *exchange) fromCache(e *httpcache.Entry, result string) *message.Response {
	age := e.AgeAt(x.now)
	c := &x.trace.Cache
	c.Age, c.Rule, c.TTL, c.Expires = age, e.Life.Rule, e.Life.TTL, e.Expires()
	x.fromStore = e.Header
	h := make(http.Header, len(e.Header)+8) // Age, and what [exchange.write] adds
	maps.Copy(h, e.Header)                  // nobody changes a value in its place
	h["Age"] = []string{strconv.FormatInt(int64(age/time.Second), 10)}
	if e.Status >= 400 {
		result = page.Error
	}
	return &message.Response{Status: e.Status, Reason: e.Reason, Header: h, Body: e.Body, Result: result, SkipViewerResponse: e.SkipViewerResponse}
}

// refreshInBackground fetches a new object for the key while viewers get the stale one; once for all who ask.
func (x *exchange) refreshInBackground(key string) {
	fl, leader := x.s.flights.Lead(key)
	if !leader {
		return
	}
	copied := *x
	b := &copied
	b.ctx, b.began, b.interim = context.WithoutCancel(x.ctx), time.Now(), nil
	b.request = x.request.Clone()
	b.request.Method = http.MethodGet
	b.record, b.trace = nil, &Trace{ID: requestID(), Time: x.now, Background: true, Viewer: x.trace.Viewer, Behavior: x.trace.Behavior}
	x.s.background.Go(func() {
		defer fl.Land()
		st := b.begin(StageCache)
		b.trace.Cache.Key, b.trace.Cache.Result, b.trace.Cache.Reason = key, "stale", "refresh in the background"
		st.note("refresh in the background")
		b.end(st)
		resp := b.fetch(key, b.s.cache.Get(key))
		if resp.Stream != nil {
			httpcache.Drain(resp.Stream)
		}
		b.trace.Status, b.trace.Result = resp.Status, resp.Result
		b.finish()
	})
}

// conditional answers a viewer's conditional or range request from the object.
func (x *exchange) conditional(resp *message.Response) {
	r := x.request
	get := r.Method == http.MethodGet || r.Method == http.MethodHead
	if resp.Status != http.StatusOK && resp.Status != http.StatusPartialContent || !get {
		return
	}
	if x.behavior.conditional() && message.NotModified(r.Header, resp.Header, x.now) {
		resp.Close()
		resp.Status, resp.Reason, resp.Body, resp.Stream = http.StatusNotModified, "", nil, nil
		delete(resp.Header, "Content-Length")
		delete(resp.Header, "Content-Range")
		if !x.s.config.Unknowns.ChunkedNotModified {
			delete(resp.Header, "Transfer-Encoding")
		}
		return
	}
	if resp.Status == http.StatusOK && resp.Stream == nil && !resp.Whole && r.Method == http.MethodGet {
		resp.Cut(r.Header)
	}
	if resp.Status >= 400 {
		resp.Result = page.Error // a 416, which is one like an origin's
	}
}
