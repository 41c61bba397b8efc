package edgesim

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// lookup answers from the cache when it can, and asks the origin when it cannot.
func (x *exchange) lookup() *response {
	st := x.begin(StageCache)
	c := &x.trace.Cache
	c.Policy = x.behavior.policy.Name
	x.addCloudFrontHeaders()
	if !x.behavior.caches(x.viewer.method) {
		c.Result, c.Reason = "bypass", x.bypassReason()
		st.note("not looked up: %s", c.Reason)
		x.end(st)
		return x.fetch("", nil)
	}
	c.Key, c.Parts = cacheKey(x.behavior.policy, x.names.domain, x.viewer.method, x.viewer)
	e := x.s.cache.get(c.Key)
	if part := x.storedPart(c.Key); part != nil && (e == nil || !e.freshAt(x.now)) {
		e = part
	}
	switch {
	case e == nil:
		c.Result, c.Reason = "miss", "no object under this key"
	case e.freshAt(x.now):
		x.hit(st, e)
		x.end(st)
		return x.fromCache(e, resultHit)
	case e.staleFor(x.now, e.life.whileRevalidate):
		c.Result, c.Reason = "stale", "stale-while-revalidate: served as it is and refreshed in the background"
		st.note("%s", c.Reason)
		x.end(st)
		x.refreshInBackground(c.Key)
		return x.fromCache(e, resultHit)
	default:
		c.Result, c.Reason = "stale", fmt.Sprintf("expired %s ago: %s", span(x.now.Sub(e.expires())), e.life.rule)
	}
	st.note("%s: %s", c.Result, c.Reason)
	return x.fill(st, c.Key, e)
}

func (x *exchange) bypassReason() string {
	if x.behavior.policy.disabled() {
		return "the cache policy " + x.behavior.policy.Name + " switches caching off"
	}
	return x.viewer.method + " is not cached"
}

// hit notes what a fresh object is.
func (x *exchange) hit(st *Stage, e *entry) {
	c := &x.trace.Cache
	c.Result = "hit"
	c.Reason = fmt.Sprintf("fresh for %s more: %s", span(e.expires().Sub(x.now)), e.life.rule)
	if !x.now.Before(e.expires()) {
		c.Reason = fmt.Sprintf("stale, but the origin failed: asked again in %s", span(e.retry.Sub(x.now)))
	}
	c.Saved = e.originFunctions
	x.s.counts.saved.Add(int64(e.originFunctions))
	st.note("hit: %s", c.Reason)
}

// fill asks the origin on behalf of all who ask for the key now: one goes, the others wait for it (request
// collapsing). It ends the cache stage.
func (x *exchange) fill(st *Stage, key string, stale *entry) *response {
	if !x.behavior.collapses() {
		x.end(st)
		return x.fetch(key, stale)
	}
	fl, leader := x.s.flights.lead(key)
	if leader {
		x.end(st)
		return x.fetchFor(key, stale, fl)
	}
	fl.wait(x.ctx)
	x.now = x.s.now()
	if e := x.s.cache.get(key); e != nil && e.freshAt(x.now) {
		x.hit(st, e)
		x.trace.Cache.Result = "collapsed"
		st.note("shared the request of another viewer (request collapsing)")
		x.end(st)
		return x.fromCache(e, resultHit)
	}
	st.note("waited for another viewer's request, whose answer is not for sharing")
	x.end(st)
	return x.fetch(key, stale)
}

// fetchFor fetches for those who wait, and lands the flight when the answer is stored or will not be.
func (x *exchange) fetchFor(key string, stale *entry, fl *flight) *response {
	onItsWay := false
	defer func() {
		if !onItsWay {
			fl.land()
		}
	}()
	resp := x.fetch(key, stale)
	if s, ok := resp.stream.(*storingBody); ok {
		s.settled, onItsWay = fl.land, true
		close(fl.streaming)
	}
	return resp
}

// fromCache makes an answer from an object.
func (x *exchange) fromCache(e *entry, result string) *response {
	age := e.ageAt(x.now)
	c := &x.trace.Cache
	c.Age, c.Rule, c.TTL, c.Expires = age, e.life.rule, e.life.ttl, e.expires()
	x.s.counts.hits.Add(1)
	h := e.header.Clone()
	h["Age"] = []string{strconv.FormatInt(int64(age/time.Second), 10)}
	if e.status >= 400 {
		result = resultError
	}
	return &response{status: e.status, reason: e.reason, header: h, body: e.body, result: result, skipViewerResponse: e.skipViewerResponse}
}

// refreshInBackground fetches a new object for the key while viewers get the stale one; once for all who ask.
func (x *exchange) refreshInBackground(key string) {
	fl, leader := x.s.flights.lead(key)
	if !leader {
		return
	}
	copied := *x
	b := &copied
	b.ctx, b.began = detached(x.ctx), time.Now()
	b.viewer = x.viewer.clone()
	b.viewer.method = http.MethodGet
	b.trace = &Trace{ID: requestID(), Time: x.now, Background: true, Viewer: x.trace.Viewer, Behavior: x.trace.Behavior}
	x.s.background.Go(func() {
		defer fl.land()
		st := b.begin(StageCache)
		b.trace.Cache.Key, b.trace.Cache.Result, b.trace.Cache.Reason = key, "stale", "refresh in the background"
		st.note("refresh in the background")
		b.end(st)
		resp := b.fetch(key, b.s.cache.get(key))
		if resp.stream != nil {
			drain(resp.stream)
		}
		b.trace.Status, b.trace.Result = resp.status, resp.result
		b.finish()
	})
}
