package edgesim

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/origin"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// An exchange takes one request through the stages. This file is the whole way, from top to bottom; what happens at each station is
// in the file of that stage.
type exchange struct {
	s     *Simulator
	ctx   context.Context
	began time.Time // real time, for durations
	now   time.Time // the simulator's, for the cache
	trace *Trace

	record *record // what trace is a part of; nil for one that is made on the way

	viewer   viewer.Viewer    // who asks
	names    viewer.Names     // what the distribution is called
	request  *message.Request // as the viewer sent it, then as viewer-request left it
	behavior *behavior
	changed  *route // the origins that a CloudFront Function put in the place of the behaviour's; nil: none
	faults   map[edge.Trigger]Fault
	interim  *interim // nil: interim responses go to nobody

	flight    *httpcache.Flight // of others who wait for the answer; nil: nobody can
	fromStore http.Header       // of the object that the answer is made from; nil when it is not the cache's
	intoStore http.Header       // of the object that is made from the answer; nil when it is not kept
	errorPage bool              // the request for a custom error page: viewer-facing functions do not run

	restricted   bool // the answer is a 403 by country or signature
	headersAdded bool // CloudFront-*, for a CloudFront Function
}

// run takes the request through the stages in the order of the event model (lambda-cloudfront-trigger-events.html).
func (x *exchange) run(r *http.Request) *message.Response {
	resp := x.admit(r)
	if x.restricted {
		return x.errorResponse(resp)
	}
	if resp == nil {
		resp = x.viewerRequest()
	}
	if resp == nil {
		resp = x.object()
		x.responseHeaders(resp)
		resp = x.viewerResponse(resp)
	}
	return resp
}

// object answers from the cache or the origin: everything between the two viewer triggers. The default root
// object and the CloudFront-* headers are for the cache and the origin only: the viewer-response function sees
// the request as the viewer-request function left it.
func (x *exchange) object() *message.Response {
	left, inner := x.request, *x.request
	x.request = &inner
	defer func() { x.request = left }()
	x.stripSignature()
	x.stripCookies()
	if !x.s.config.Unknowns.RootObjectFirst {
		x.rootObject()
	}
	resp := x.lookup()
	x.conditional(resp)
	if resp.Status >= 400 {
		resp = x.errorResponse(resp)
	}
	x.stamp(resp)
	return resp
}

// rootObject puts the default root object in the place of "/" (DefaultRootObject.html).
func (x *exchange) rootObject() {
	root := x.s.config.Distribution.DefaultRootObject
	if root == "" || x.request.URI != "/" {
		return
	}
	x.request.URI = "/" + root
	x.trace.addNote("default root object: / is " + x.request.URI)
}

// lookup answers from the cache when it can, and asks the origin when it cannot.
func (x *exchange) lookup() *message.Response {
	st := x.begin(StageCache)
	c := &x.trace.Cache
	c.Policy = x.behavior.policyName
	if !x.headersAdded {
		x.addCloudFrontHeaders()
	}
	if !x.behavior.caches(x.request.Method) {
		c.Result, c.Reason = "bypass", x.bypassReason()
		st.note("not looked up: %s", c.Reason)
		x.end(st)
		return x.fetch("", nil)
	}
	e := x.stored()
	switch {
	case e == nil:
		c.Result, c.Reason = "miss", "no object under this key"
	case e.FreshAt(x.now):
		x.hit(st, e)
		x.end(st)
		return x.fromCache(e, page.Hit)
	case e.StaleFor(x.now, e.Life.WhileRevalidate):
		c.Result, c.Reason = "stale", "stale-while-revalidate: served as it is and refreshed in the background"
		st.note("%s", c.Reason)
		x.end(st)
		x.refreshInBackground(c.Key)
		return x.fromCache(e, page.Hit)
	default:
		c.Result, c.Reason = "stale", fmt.Sprintf("expired %s ago: %s", httpcache.Span(x.now.Sub(e.Expires())), e.Life.Rule)
	}
	st.note("%s: %s", c.Result, c.Reason)
	return x.fill(st, c.Key, e)
}

// fill asks the origin on behalf of all who ask for the key now: one goes, the others wait for it (request
// collapsing). It ends the cache stage.
func (x *exchange) fill(st *Stage, key string, stale *httpcache.Entry) *message.Response {
	if !x.behavior.collapses() {
		x.end(st)
		return x.fetch(key, stale)
	}
	fl, leader := x.s.flights.Lead(key)
	if leader {
		x.end(st)
		return x.fetchFor(key, stale, fl)
	}
	fl.Wait(x.ctx)
	x.now = x.s.now()
	if e := x.kept(key); e != nil && e.FreshAt(x.now) {
		x.hit(st, e)
		x.trace.Cache.Result = "collapsed"
		st.note("shared the request of another viewer (request collapsing)")
		x.end(st)
		return x.fromCache(e, page.Hit)
	}
	if e := x.collapsed(fl, key); e != nil && e != stale {
		x.trace.Cache.Result, x.trace.Cache.Reason = "collapsed", "shared the request of another viewer, though not with later ones (setting): "+e.Life.Rule
		st.say(x.trace.Cache.Reason)
		x.end(st)
		return x.fromCache(e, page.Hit)
	}
	st.note("waited for another viewer's request, whose answer is not for sharing")
	x.end(st)
	return x.fetch(key, stale)
}

// fetchFor fetches for those who wait, and lands the flight when the answer is stored or will not be.
func (x *exchange) fetchFor(key string, stale *httpcache.Entry, fl *httpcache.Flight) *message.Response {
	onItsWay := false
	x.flight = fl
	defer func() {
		x.flight = nil
		if !onItsWay {
			fl.Land()
		}
	}()
	resp := x.fetch(key, stale)
	if s, ok := resp.Stream.(*httpcache.StoringBody); ok {
		s.Settled, onItsWay = fl.Land, true
		fl.Streams()
	}
	return resp
}

// fetch gets the object from the origin and stores it. key is "" when the answer is not for the cache; stale is
// the object under the key that is to be revalidated.
func (x *exchange) fetch(key string, stale *httpcache.Entry) *message.Response {
	x.s.counts.misses.Add(1)
	a := x.askGroup(stale)
	if a.failed {
		return x.keepFailure(key, a)
	}
	broken := a.unreachable || a.resp.Status >= 500
	switch {
	case stale != nil && broken && stale.MayStandIn(x.behavior.rules, x.now):
		return x.serveStale(stale, a)
	case stale != nil && a.resp.Status == http.StatusNotModified && a.status == http.StatusNotModified:
		return x.refreshed(stale, a)
	}
	return x.keep(key, a)
}

// An answer is what came of asking an origin.
type answer struct {
	resp           *message.Response
	status         int    // the origin's own, 0 when there was none
	etag, modified string // the origin's own validators
	functions      int    // how many origin-facing functions ran
	ranged         bool   // the origin was asked for a range
	s3             bool

	generated   bool // an origin-request function made it
	unreachable bool // it is CloudFront's page for an origin that does not answer
	failed      bool // it is CloudFront's page for a function that failed, or for a request that goes no further
}

// askGroup asks the behaviour's origin, and the second of a group when the first one fails ("Optimize high
// availability with origin failover").
func (x *exchange) askGroup(stale *httpcache.Entry) *answer {
	b := x.route()
	a := x.ask(b.sources[0], stale)
	safe := slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, x.request.Method)
	if len(b.sources) == 1 || a.failed || a.generated || !safe || !a.unreachable && !slices.Contains(b.failover, a.status) {
		return a
	}
	a.resp.Close()
	x.trace.addNote("failover to the second origin of the group")
	x.trace.Reason = ""
	second := x.ask(b.sources[1], stale)
	second.functions += a.functions
	return second
}

// ask takes the request to one origin: origin-request function, origin, origin-response function.
func (x *exchange) ask(o *source, stale *httpcache.Entry) *answer {
	seen := o.seen(x.viewer.HTTPS)
	a := &answer{s3: seen.Kind == message.S3}
	if o.lookup != "" {
		// The name is resolved before the function runs (lambda-at-edge-function-restrictions.html, "Network
		// access").
		if err := x.s.config.lookupHost(x.ctx, o.lookup); err != nil {
			st := x.begin(StageOrigin)
			defer x.end(st)
			reason := fmt.Sprintf("the origin's domain name %q does not resolve", o.lookup)
			return x.notReached(a, st, &origin.Error{Status: http.StatusBadGateway, Reason: reason})
		}
	}
	r := x.originRequest(seen, stale)
	if o.host != "" {
		r.Header["Host"] = []string{o.host}
	}
	if x.s.config.Unknowns.HeadFillsByGet && r.Method == http.MethodHead && x.behavior.caches(r.Method) {
		r.Method = http.MethodGet
	}
	r, seen, done := x.originRequestFunction(a, r, seen)
	if done {
		return a
	}
	if !x.callOrigin(a, o, r, seen) {
		return a
	}
	x.originResponseFunction(a, r, seen)
	return a
}
