package edgesim

import (
	"cmp"
	"io"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// keepFailure stores the page for a function that failed, when the setting for this undocumented point says so.
func (x *exchange) keepFailure(key string, a *answer) *message.Response {
	if ttl := x.s.config.Unknowns.FunctionErrorTTL; key != "" && ttl > 0 {
		x.store(x.entry(key, a, a.resp.Body, httpcache.Lifetime{Keep: true, TTL: ttl, Rule: "function error TTL (setting)"}))
	}
	return a.resp
}

// serveStale serves the expired object, and asks the origin again only after the error caching time.
func (x *exchange) serveStale(stale *httpcache.Entry, a *answer) *message.Response {
	st := x.begin(StageStore)
	defer x.end(st)
	a.resp.Close()
	again := *stale
	wait := x.errorTTL(a.resp.Status, a.s3)
	again.Retry = x.now.Add(wait)
	x.s.cache.Put(&again)
	st.note("the origin failed with %d: the expired object is served, the origin asked again in %s", a.resp.Status, httpcache.Span(wait))
	x.trace.Reason = ""
	return x.fromCache(&again, page.Hit)
}

// refreshed makes the stored object fresh again after a 304 (RFC 9111 section 3.2).
func (x *exchange) refreshed(stale *httpcache.Entry, a *answer) *message.Response {
	st := x.begin(StageStore)
	defer x.end(st)
	again := stale.Refreshed(x.behavior.rules, a.resp.Header, a.modified, x.now)
	again.OriginFunctions = a.functions
	x.s.cache.Put(again)
	x.trace.Cache.Result, x.trace.Cache.Stored = "refresh", true
	st.note("not modified: fresh again for %s: %s", httpcache.Span(again.Life.TTL), again.Life.Rule)
	return x.fromCache(again, page.Refresh)
}

// errorTTL is the error caching minimum TTL of a status.
func (x *exchange) errorTTL(status int, s3 bool) time.Duration {
	for _, e := range x.s.config.Distribution.ErrorResponses {
		if e.Status == status {
			if e.CachingTTL == 0 && s3 {
				return time.Second // custom-error-pages-expiration.html
			}
			return e.CachingTTL
		}
	}
	return defaultErrorTTL
}

// keep decides whether the answer goes into the cache, and puts it there.
func (x *exchange) keep(key string, a *answer) *message.Response {
	resp := a.resp
	resp.Result = x.missResult(a)
	resp.Whole = a.ranged && resp.Status == http.StatusOK // RangeGETs.html: an origin that does not support ranges
	if key == "" {
		return resp
	}
	st := x.begin(StageStore)
	defer x.end(st)
	var life httpcache.Lifetime
	switch {
	case resp.Status >= 400:
		life = x.behavior.rules.Failure(resp.Status, resp.Header, x.errorTTL(resp.Status, a.s3), x.now)
	case resp.Status == http.StatusPartialContent && httpcache.IsPart(x.request.Header, resp.Header):
		life = x.behavior.rules.Success(http.StatusOK, resp.Header, x.now)
		st.note("a part of the object")
	default:
		life = x.behavior.rules.Success(resp.Status, resp.Header, x.now)
	}
	c := &x.trace.Cache
	c.Rule, c.TTL = life.Rule, life.TTL
	if x.request.Method == http.MethodHead && !x.s.config.Unknowns.HeadFillsByGet {
		life = httpcache.Lifetime{Rule: "a HEAD request brings no object"}
	}
	if !life.Keep {
		if resp.Status != http.StatusRequestedRangeNotSatisfiable {
			x.s.cache.Drop(key) // what was there is out of date
		}
		st.note("not kept: %s", life.Rule)
		x.share(key, a, life)
		return resp
	}
	return x.keepBody(st, key, a, life)
}

// share gives an answer that is not kept to those who wait for it, when the setting for this point says so.
func (x *exchange) share(key string, a *answer, life httpcache.Lifetime) {
	resp, fl := a.resp, x.flight
	whole := x.request.Method != http.MethodHead && resp.Status != http.StatusPartialContent && resp.Status != http.StatusNotModified
	if fl == nil || !whole || !x.s.config.Unknowns.CollapseZeroTTL {
		return
	}
	e := x.entry(key, a, resp.Body, life)
	if resp.Stream == nil {
		fl.Share(e)
		return
	}
	resp.Stream = &httpcache.StoringBody{ReadCloser: resp.Stream, Most: x.s.config.ObjectBytes, Store: func(body []byte) {
		e.Body = body
		fl.Share(e)
	}}
}

// missResult is X-Cache for an answer that did not come from the cache.
func (x *exchange) missResult(a *answer) string {
	switch {
	case a.generated:
		return cmp.Or(x.s.config.Unknowns.OriginRequestXCache, page.Miss)
	case a.resp.Status >= 400:
		return page.Error
	}
	return page.Miss
}

// keepBody stores the answer with its body: at once when its length is known, and otherwise when the viewer has
// got the last of it.
func (x *exchange) keepBody(st *Stage, key string, a *answer, life httpcache.Lifetime) *message.Response {
	resp := a.resp
	most := x.s.config.ObjectBytes
	switch {
	case resp.Stream != nil && resp.Length < 0:
		x.compress(st, resp)
		st.note("kept when the viewer has got all of it: %s", life.Rule)
		e := x.entry(key, a, nil, life) // now, as what follows is for the viewer: viewer-response, the local address
		x.intoStore = e.Header
		resp.Stream = &httpcache.StoringBody{ReadCloser: resp.Stream, Most: most, Store: func(body []byte) {
			e.Body = body
			x.store(e)
		}}
		return resp
	case resp.Stream != nil && resp.Length > most || int64(len(resp.Body)) > most:
		st.note("not kept: larger than the simulator's ObjectBytes (%d)", most)
		return resp
	case resp.Stream != nil:
		body, err := io.ReadAll(resp.Stream)
		resp.Stream.Close()
		if err != nil {
			return x.notReached(a, st, err).resp
		}
		resp.Stream, resp.Body = nil, body
	}
	x.compress(st, resp)
	e := x.entry(key, a, resp.Body, life)
	x.store(e)
	if x.trace.Cache.Stored {
		x.intoStore = e.Header
	}
	switch {
	case !x.trace.Cache.Stored:
		st.note("not kept: larger than the whole cache")
	case life.TTL == 0:
		st.note("kept to be revalidated every time: %s", life.Rule)
	default:
		st.note("kept for %s: %s", httpcache.Span(life.TTL), life.Rule)
	}
	return resp
}

// compress compresses an object for the viewers that have the same cache key.
func (x *exchange) compress(st *Stage, resp *message.Response) {
	p := &x.behavior.policies
	if !x.behavior.Compress {
		return
	}
	c := viewer.Compression{Brotli: x.s.config.Brotli, KeepLength: x.s.config.Unknowns.CompressedLength}
	encodings, _ := p.Encoding(x.request.Header)
	if note := c.Compress(resp, encodings); note != "" {
		st.say(note)
	}
}

// entry is the object that an answer makes.
func (x *exchange) entry(key string, a *answer, body []byte, life httpcache.Lifetime) *httpcache.Entry {
	header := a.resp.Header.Clone()
	delete(header, "Age")
	return &httpcache.Entry{
		Key: key, URI: x.request.URI, Query: x.behavior.policies.Query(x.request.Query),
		Status: a.resp.Status, Reason: a.resp.Reason, Header: header, Body: body, ETag: a.etag, Modified: a.modified,
		Stored: x.now, Age: x.behavior.rules.OriginAge(a.resp.Header), Life: life,
		SkipViewerResponse: a.resp.SkipViewerResponse, OriginFunctions: a.functions,
	}
}

// store puts the object into the cache.
func (x *exchange) store(e *httpcache.Entry) {
	if e.Status == http.StatusPartialContent {
		e.Place(x.request.Header)
	}
	stored, evicted := x.s.cache.Put(e)
	c := &x.trace.Cache
	c.Stored, c.Expires, c.Evicted = stored, e.Expires(), evicted
	if c.Reason == "" {
		c.Reason = "stored: " + e.Life.Rule
	}
}
