package httpcache

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// Rules are a cache policy's three times, and the settings for what AWS's documents leave open.
type Rules struct {
	Min, Default, Max time.Duration

	ExpiresByEdgeClock bool // Expires counts from the edge's clock and not from the answer's Date
	IgnoreOriginAge    bool // the lifetime counts from the arrival at the edge, whatever Age says
	CacheGone          bool // a 410 is cached as a 404
}

// Off reports whether the policy switches the cache off: all three times 0.
func (r Rules) Off() bool { return r.Min == 0 && r.Default == 0 && r.Max == 0 }

// A Lifetime says whether an answer is kept, and how long it may be served.
type Lifetime struct {
	Keep bool          // store it at all
	TTL  time.Duration // fresh for, counted from the moment that the origin made it
	Rule string        // which rule gave TTL, in words

	Unconditional   bool          // the origin is asked for the object and not whether it changed
	WhileRevalidate time.Duration // stale-while-revalidate: served stale for so long while a refresh runs
	IfError         time.Duration // stale-if-error: served stale for so long when the origin fails
}

// Success applies the TTL rules for answers below 400 ("Manage how long content stays in the cache",
// Expiration.html).
func (r Rules) Success(status int, h http.Header, now time.Time) Lifetime {
	cc := parseCacheControl(h)
	switch {
	case r.Off():
		return Lifetime{Rule: "the cache policy switches caching off"}
	case status == http.StatusPartialContent || status == http.StatusNotModified:
		return Lifetime{Rule: fmt.Sprintf("a %d is part of an object, not an object", status)}
	case (status == 307 || status == 308) && !saysLifetime(h):
		return Lifetime{Rule: fmt.Sprintf("%d without Cache-Control", status)} // http-3xx-status-codes.html
	}
	life := r.freshness(cc, h, now)
	if life.Keep && variesByAll(h) && r.Min == 0 {
		// "CloudFront doesn't include any conditional headers": RequestAndResponseBehaviorCustomOrigin.html, "Content negotiation".
		return Lifetime{Keep: true, Unconditional: true, Rule: "Vary: * comes from the origin every time"}
	}
	if seconds, ok := cc.seconds("stale-while-revalidate"); ok && !cc.forbidsStale() && !cc.has("no-cache") {
		life.WhileRevalidate = min(seconds, r.Max)
	}
	if seconds, ok := cc.seconds("stale-if-error"); ok {
		life.IfError = min(seconds, r.Max)
	}
	return life
}

// variesByAll reports whether Vary has an asterisk among its names.
func variesByAll(h http.Header) bool {
	for name := range strings.SplitSeq(strings.Join(h["Vary"], ","), ",") {
		if strings.Trim(name, " \t") == "*" {
			return true
		}
	}
	return false
}

// saysLifetime reports whether the origin itself says how long its answer is good for.
func saysLifetime(h http.Header) bool { return len(h["Cache-Control"]) > 0 || len(h["Expires"]) > 0 }

// freshness is the table on Expiration.html: what the origin's headers mean under the policy's three times ("Specify the amount of
// time that CloudFront caches objects").
func (r Rules) freshness(cc cacheControl, h http.Header, now time.Time) Lifetime {
	for _, directive := range []string{"no-store", "private", "no-cache"} {
		if cc.has(directive) {
			// With a minimum TTL CloudFront keeps the object against the origin's word. Without one, an object that
			// must be checked (no-cache) is worth keeping for the check; one that must not be kept is not.
			keep := r.Min > 0 || directive == "no-cache"
			return Lifetime{Keep: keep, TTL: r.Min, Rule: directive + ": minimum TTL " + Span(r.Min)}
		}
	}
	if said, rule, ok := r.said(cc, h, now); ok {
		return r.clamped(said, rule)
	}
	if r.Min > r.Default {
		return Lifetime{Keep: true, TTL: r.Min, Rule: "minimum TTL, as the origin says nothing"}
	}
	return Lifetime{Keep: true, TTL: r.Default, Rule: "default TTL, as the origin says nothing"}
}

// said is the lifetime that the origin gives, and by which rule.
func (r Rules) said(cc cacheControl, h http.Header, now time.Time) (lifetime time.Duration, rule string, ok bool) {
	for _, directive := range []string{"s-maxage", "max-age"} {
		if seconds, ok := cc.seconds(directive); ok {
			return seconds, fmt.Sprintf("%s=%d", directive, int64(seconds/time.Second)), true
		}
	}
	if expires := h["Expires"]; len(expires) > 0 {
		return r.untilExpires(expires[0], h.Get("Date"), now), "Expires", true
	}
	return 0, "", false
}

// clamped holds what the origin says between the policy's minimum and maximum.
func (r Rules) clamped(said time.Duration, rule string) Lifetime {
	switch {
	case said < r.Min:
		return Lifetime{Keep: true, TTL: r.Min, Rule: rule + ", raised to the minimum TTL"}
	case said > r.Max:
		return Lifetime{Keep: true, TTL: r.Max, Rule: rule + ", lowered to the maximum TTL"}
	}
	return Lifetime{Keep: true, TTL: said, Rule: rule}
}

// untilExpires is the time that an Expires header leaves, 0 when it has passed or is not a date (RFC 9111
// section 5.3).
func (r Rules) untilExpires(expires, date string, now time.Time) time.Duration {
	at, ok := message.Date(expires, now)
	if !ok {
		return 0
	}
	if made, ok := message.Date(date, now); ok && !r.ExpiresByEdgeClock {
		now = made
	}
	return max(0, at.Sub(now))
}

// errorClass says how the cache treats a status of 400 and more ("How CloudFront processes and caches HTTP 4xx
// and 5xx status codes", HTTPStatusCodes.html).
type errorClass uint8

const (
	neverCached    errorClass = iota
	cachedIfSaid              // only with max-age or s-maxage from the origin
	cachedAsError             // for the error caching minimum TTL at least; the origin's no-store does not count
	cachedUnlessNo            // the same, but the origin's no-cache, no-store and private count
)

func (r Rules) errorClassOf(status int) errorClass {
	switch status {
	case 404, 414, 501:
		return cachedUnlessNo
	case 500, 502, 503, 504:
		return cachedAsError
	case 400, 403, 405, 412, 415:
		return cachedIfSaid
	case 410:
		if r.CacheGone {
			return cachedUnlessNo
		}
	}
	return neverCached
}

// Failure applies the rules for answers of 400 and more. floor is the error caching minimum TTL of the status.
func (r Rules) Failure(status int, h http.Header, floor time.Duration, now time.Time) Lifetime {
	cc := parseCacheControl(h)
	class := r.errorClassOf(status)
	refused := cc.has("no-store") || cc.has("no-cache") || cc.has("private")
	said, _, saidSo := r.said(cc, h, now)
	byAge := cc.has("max-age") || cc.has("s-maxage")
	switch {
	case r.Off():
		return Lifetime{Rule: "the cache policy switches caching off"}
	case class == neverCached:
		return Lifetime{Rule: fmt.Sprintf("a %d is not cached", status)}
	case class == cachedIfSaid && !byAge:
		return Lifetime{Rule: fmt.Sprintf("a %d is cached only with max-age or s-maxage", status)}
	case class == cachedUnlessNo && refused:
		return Lifetime{Rule: fmt.Sprintf("no-cache, no-store or private on a %d", status)}
	case class != cachedIfSaid && (!saidSo || said <= floor):
		return Lifetime{Keep: floor > 0, TTL: floor, Rule: "error caching minimum TTL " + Span(floor)}
	}
	ttl := min(max(said, floor), max(r.Max, floor))
	return Lifetime{Keep: ttl > 0, TTL: ttl, Rule: fmt.Sprintf("the origin's own lifetime for a %d", status)}
}

// OriginAge is the age that the origin itself gives (RFC 9111 section 4.2.3).
func (r Rules) OriginAge(h http.Header) time.Duration {
	if r.IgnoreOriginAge || len(h["Age"]) == 0 {
		return 0
	}
	first, _, _ := strings.Cut(h.Get("Age"), ",")
	age, _ := parseDeltaSeconds(strings.TrimSpace(first)) // one that is no number is ignored (section 5.1)
	return age
}

// Span is a duration in whole seconds as people write it: 24h, 5m, 1m30s.
func Span(d time.Duration) string {
	s := d.Round(time.Second).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
