package edgesim

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// A lifetime says whether an answer is kept, and how long it may be served.
type lifetime struct {
	keep bool          // store it at all
	ttl  time.Duration // fresh for, counted from the moment that the origin made it
	rule string        // which rule gave ttl, in words

	whileRevalidate time.Duration // stale-while-revalidate: served stale for so long while a refresh runs
	ifError         time.Duration // stale-if-error: served stale for so long when the origin fails
}

// successLifetime applies the TTL rules for answers below 400 ("Manage how long content stays in the cache",
// Expiration.html).
func (p *CachePolicy) successLifetime(status int, h http.Header, now time.Time, u Unknowns) lifetime {
	cc := parseCacheControl(h)
	switch {
	case p.disabled():
		return lifetime{rule: "the cache policy switches caching off"}
	case status == http.StatusPartialContent || status == http.StatusNotModified:
		return lifetime{rule: fmt.Sprintf("a %d is part of an object, not an object", status)}
	case (status == 307 || status == 308) && !h3xxAllowed(h):
		return lifetime{rule: fmt.Sprintf("%d without Cache-Control", status)} // http-3xx-status-codes.html
	case strings.Contains(strings.Join(h.Values("Vary"), ","), "*") && p.MinTTL == 0:
		return lifetime{keep: true, rule: "Vary: * is checked with the origin every time"} // RequestAndResponseBehaviorCustomOrigin.html
	}
	life := p.freshness(cc, h, now, u)
	if seconds, ok := cc.seconds("stale-while-revalidate"); ok {
		life.whileRevalidate = min(seconds, p.MaxTTL)
	}
	if seconds, ok := cc.seconds("stale-if-error"); ok {
		life.ifError = min(seconds, p.MaxTTL)
	}
	return life
}

// h3xxAllowed reports whether the origin itself said how a 307 or 308 is to be cached.
func h3xxAllowed(h http.Header) bool { return len(h["Cache-Control"]) > 0 || len(h["Expires"]) > 0 }

// freshness is the table of contract between the origin's headers and the policy's three times.
func (p *CachePolicy) freshness(cc cacheControl, h http.Header, now time.Time, u Unknowns) lifetime {
	for _, directive := range []string{"no-store", "private", "no-cache"} {
		if cc.has(directive) {
			// With a minimum TTL CloudFront keeps the object against the origin's word. Without one, an object that
			// must be checked (no-cache) is worth keeping for the check; one that must not be kept is not.
			keep := p.MinTTL > 0 || directive == "no-cache"
			return lifetime{keep: keep, ttl: p.MinTTL, rule: directive + ": minimum TTL " + span(p.MinTTL)}
		}
	}
	for _, directive := range []string{"s-maxage", "max-age"} {
		if seconds, ok := cc.seconds(directive); ok {
			return p.clamped(seconds, fmt.Sprintf("%s=%d", directive, int64(seconds/time.Second)))
		}
	}
	if expires := h.Get("Expires"); expires != "" {
		return p.clamped(untilExpires(expires, h.Get("Date"), now, u), "Expires")
	}
	if p.MinTTL > p.DefaultTTL {
		return lifetime{keep: true, ttl: p.MinTTL, rule: "minimum TTL, as the origin says nothing"}
	}
	return lifetime{keep: true, ttl: p.DefaultTTL, rule: "default TTL, as the origin says nothing"}
}

// clamped holds what the origin says between the policy's minimum and maximum.
func (p *CachePolicy) clamped(said time.Duration, rule string) lifetime {
	switch {
	case said < p.MinTTL:
		return lifetime{keep: true, ttl: p.MinTTL, rule: rule + ", raised to the minimum TTL"}
	case said > p.MaxTTL:
		return lifetime{keep: true, ttl: p.MaxTTL, rule: rule + ", lowered to the maximum TTL"}
	}
	return lifetime{keep: true, ttl: said, rule: rule}
}

// untilExpires is the time that an Expires header leaves, 0 when it has passed or is not a date (RFC 9111
// section 5.3).
func untilExpires(expires, date string, now time.Time, u Unknowns) time.Duration {
	at, err := http.ParseTime(expires)
	if err != nil {
		return 0
	}
	if made, err := http.ParseTime(date); err == nil && !u.ExpiresByEdgeClock {
		now = made
	}
	return max(0, at.Sub(now))
}

// errorClass says how the cache treats a status of 400 and more ("How CloudFront processes and caches HTTP 4xx
// and 5xx status codes").
type errorClass uint8

const (
	neverCached    errorClass = iota
	cachedIfSaid              // only with max-age or s-maxage from the origin
	cachedAsError             // for the error caching minimum TTL at least; the origin's no-store does not count
	cachedUnlessNo            // the same, but the origin's no-cache, no-store and private count
)

func errorClassOf(status int, u Unknowns) errorClass {
	switch status {
	case 404, 414, 501:
		return cachedUnlessNo
	case 500, 502, 503, 504:
		return cachedAsError
	case 400, 403, 405, 412, 415:
		return cachedIfSaid
	case 410:
		if u.CacheGone {
			return cachedUnlessNo
		}
	}
	return neverCached
}

// errorLifetime applies the rules for answers of 400 and more. floor is the error caching minimum TTL of the status.
func (p *CachePolicy) errorLifetime(status int, h http.Header, floor time.Duration, now time.Time, u Unknowns) lifetime {
	cc := parseCacheControl(h)
	class := errorClassOf(status, u)
	refused := cc.has("no-store") || cc.has("no-cache") || cc.has("private")
	said, saidSo := errorSeconds(cc, h, now, u)
	_, byAge := cc["max-age"]
	byAge = byAge || cc.has("s-maxage")
	switch {
	case p.disabled():
		return lifetime{rule: "the cache policy switches caching off"}
	case class == neverCached:
		return lifetime{rule: fmt.Sprintf("a %d is not cached", status)}
	case class == cachedIfSaid && (!byAge || refused):
		return lifetime{rule: fmt.Sprintf("a %d is cached only with max-age or s-maxage", status)}
	case class == cachedUnlessNo && refused:
		return lifetime{rule: fmt.Sprintf("no-cache, no-store or private on a %d", status)}
	case class != cachedIfSaid && (!saidSo || said <= floor):
		return lifetime{keep: floor > 0, ttl: floor, rule: "error caching minimum TTL " + span(floor)}
	}
	ttl := min(max(said, floor), max(p.MaxTTL, floor))
	return lifetime{keep: ttl > 0, ttl: ttl, rule: fmt.Sprintf("the origin's own lifetime for a %d", status)}
}

func errorSeconds(cc cacheControl, h http.Header, now time.Time, u Unknowns) (time.Duration, bool) {
	for _, directive := range []string{"s-maxage", "max-age"} {
		if seconds, ok := cc.seconds(directive); ok {
			return seconds, true
		}
	}
	if expires := h.Get("Expires"); expires != "" {
		return untilExpires(expires, h.Get("Date"), now, u), true
	}
	return 0, false
}
