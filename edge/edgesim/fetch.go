package edgesim

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// fetch gets the object from the origin and stores it. key is "" when the answer is not for the cache; stale is
// the object under the key that is to be revalidated.
func (x *exchange) fetch(key string, stale *entry) *response {
	x.s.counts.misses.Add(1)
	a := x.askGroup(stale)
	if a.failed {
		return x.keepFailure(key, a)
	}
	broken := a.unreachable || a.resp.status >= 500
	switch {
	case stale != nil && broken && x.mayServeStale(stale):
		return x.serveStale(stale, a)
	case stale != nil && a.resp.status == http.StatusNotModified && a.status == http.StatusNotModified:
		return x.refreshed(stale, a)
	}
	return x.keep(key, a)
}

// askGroup asks the behaviour's origin, and the second of a group when the first one fails ("Optimize high
// availability with origin failover").
func (x *exchange) askGroup(stale *entry) *answer {
	group, ok := x.behavior.Origin.(*OriginGroup)
	if !ok {
		return x.ask(x.behavior.Origin, stale)
	}
	a := x.ask(group.Primary, stale)
	safe := slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, x.viewer.method)
	if a.failed || a.generated || !safe || !a.unreachable && !slices.Contains(group.Statuses, a.status) {
		return a
	}
	a.resp.close()
	if n := len(x.trace.Stages); n > 0 {
		x.trace.Stages[n-1].Notes = append(x.trace.Stages[n-1].Notes, "failover to the second origin of the group")
	}
	x.trace.Reason = ""
	second := x.ask(group.Secondary, stale)
	second.functions += a.functions
	return second
}

// keepFailure stores the page for a function that failed, when the setting for this undocumented point says so.
func (x *exchange) keepFailure(key string, a *answer) *response {
	if ttl := x.unknown.FunctionErrorTTL; key != "" && ttl > 0 {
		x.store(key, a, a.resp.body, lifetime{keep: true, ttl: ttl, rule: "function error TTL (setting)"})
	}
	return a.resp
}

// mayServeStale reports whether an expired object may stand in for an origin that fails
// (custom-error-pages-expiration.html, stale-if-error).
func (x *exchange) mayServeStale(e *entry) bool {
	cc := parseCacheControl(e.header)
	if cc.has("must-revalidate") || cc.has("proxy-revalidate") || cc.has("no-cache") || e.status >= 400 {
		return false // RFC 9111 section 4.2.4; AWS does not say otherwise
	}
	if cc.has("stale-if-error") {
		return e.staleFor(x.now, e.life.ifError)
	}
	return true
}

// serveStale serves the expired object, and asks the origin again only after the error caching time.
func (x *exchange) serveStale(stale *entry, a *answer) *response {
	st := x.begin(StageStore)
	defer x.end(st)
	a.resp.close()
	again := *stale
	wait := x.errorTTL(a.resp.status, a.s3)
	again.retry = x.now.Add(wait)
	x.s.cache.put(&again)
	st.note("the origin failed with %d: the expired object is served, the origin asked again in %s", a.resp.status, span(wait))
	x.trace.Reason = ""
	return x.fromCache(&again, resultHit)
}

// refreshed makes the stored object fresh again after a 304 (RFC 9111 section 3.2).
func (x *exchange) refreshed(stale *entry, a *answer) *response {
	st := x.begin(StageStore)
	defer x.end(st)
	again := *stale
	again.header = stale.header.Clone()
	for name, values := range a.resp.header {
		switch name {
		case "Content-Length", "Content-Encoding", "Content-Md5", "Content-Range", "Age", "Etag":
		default:
			again.header[name] = values
		}
	}
	if a.modified != "" {
		again.modified = a.modified
	}
	again.stored, again.age, again.retry = x.now, x.originAge(a.resp.header), time.Time{}
	again.life = x.behavior.policy.successLifetime(again.status, again.header, x.now, *x.unknown)
	again.originFunctions = a.functions
	x.s.cache.put(&again)
	x.trace.Cache.Result, x.trace.Cache.Stored = "refresh", true
	st.note("not modified: fresh again for %s: %s", span(again.life.ttl), again.life.rule)
	return x.fromCache(&again, resultRefresh)
}

// originAge is the age that the origin itself gives (RFC 9111 section 4.2.3).
func (x *exchange) originAge(h http.Header) time.Duration {
	if x.unknown.IgnoreOriginAge || len(h["Age"]) == 0 {
		return 0
	}
	first, _, _ := strings.Cut(h.Get("Age"), ",")
	age, _ := parseDeltaSeconds(strings.TrimSpace(first)) // one that is no number is ignored (section 5.1)
	return age
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
func (x *exchange) keep(key string, a *answer) *response {
	resp := a.resp
	resp.result = x.missResult(a)
	if key == "" {
		return resp
	}
	st := x.begin(StageStore)
	defer x.end(st)
	var life lifetime
	part := x.partKey(key)
	switch {
	case resp.status >= 400:
		life = x.behavior.policy.errorLifetime(resp.status, resp.header, x.errorTTL(resp.status, a.s3), x.now, *x.unknown)
	case resp.status == http.StatusPartialContent && part != "" && resp.header.Get("Content-Range") != "":
		key = part
		life = x.behavior.policy.successLifetime(http.StatusOK, resp.header, x.now, *x.unknown)
		st.note("a part of the object")
	default:
		life = x.behavior.policy.successLifetime(resp.status, resp.header, x.now, *x.unknown)
	}
	c := &x.trace.Cache
	c.Rule, c.TTL = life.rule, life.ttl
	if x.viewer.method == http.MethodHead && !x.unknown.HeadFillsByGet {
		life = lifetime{rule: "a HEAD request brings no object"}
	}
	if !life.keep {
		x.s.cache.drop(key) // what was there is out of date
		st.note("not kept: %s", life.rule)
		return resp
	}
	return x.keepBody(st, key, a, life)
}

// missResult is X-Cache for an answer that did not come from the cache.
func (x *exchange) missResult(a *answer) string {
	switch {
	case a.generated:
		return or(x.unknown.OriginRequestXCache, resultMiss)
	case a.resp.status >= 400:
		return resultError
	}
	return resultMiss
}

// keepBody stores the answer with its body: at once when its length is known, and otherwise when the viewer has
// got the last of it.
func (x *exchange) keepBody(st *Stage, key string, a *answer, life lifetime) *response {
	resp := a.resp
	most := x.s.config.ObjectBytes
	switch {
	case resp.stream != nil && resp.length < 0:
		st.note("kept when the viewer has got all of it: %s", life.rule)
		resp.stream = &storingBody{ReadCloser: resp.stream, most: most, store: func(body []byte) { x.store(key, a, body, life) }}
		return resp
	case resp.stream != nil && resp.length > most || int64(len(resp.body)) > most:
		st.note("not kept: larger than the simulator's ObjectBytes (%d)", most)
		return resp
	case resp.stream != nil:
		body, err := io.ReadAll(resp.stream)
		resp.stream.Close()
		if err != nil {
			resp = x.notReached(a, st, err).resp
			return resp
		}
		resp.stream, resp.body = nil, body
	}
	x.compress(st, resp)
	x.store(key, a, resp.body, life)
	switch {
	case !x.trace.Cache.Stored:
		st.note("not kept: larger than the whole cache")
	case life.ttl == 0:
		st.note("kept to be revalidated every time: %s", life.rule)
	default:
		st.note("kept for %s: %s", span(life.ttl), life.rule)
	}
	return resp
}

// store puts the object into the cache.
func (x *exchange) store(key string, a *answer, body []byte, life lifetime) {
	header := a.resp.header.Clone()
	delete(header, "Age")
	e := &entry{
		key: key, uri: x.viewer.uri, query: selectQuery(x.viewer.query, x.behavior.policy.QueryStrings),
		status: a.resp.status, reason: a.resp.reason, header: header, body: body, etag: a.etag, modified: a.modified,
		stored: x.now, age: x.originAge(a.resp.header), life: life,
		skipViewerResponse: a.resp.skipViewerResponse, originFunctions: a.functions,
	}
	stored, evicted := x.s.cache.put(e)
	c := &x.trace.Cache
	c.Stored, c.Expires, c.Evicted = stored, e.expires(), evicted
	if c.Reason == "" {
		c.Reason = fmt.Sprintf("stored: %s", life.rule)
	}
}
