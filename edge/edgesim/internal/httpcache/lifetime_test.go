package httpcache_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
	"github.com/google/go-cmp/cmp"
)

// now is the time of all tests in this package.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// header makes a header of names and values in turn.
func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

// TestExpires: what is not an HTTP-date is past (RFC 9111 section 5.3).
func TestExpires(t *testing.T) {
	t.Parallel()
	const date = "Sun, 22 Nov 2026 12:00:00 GMT"
	rules := httpcache.Rules{Max: 365 * 24 * time.Hour}
	tests := []struct {
		name, reason string
		header       http.Header
		ttl          time.Duration
	}{
		{"future", "RFC 9111 section 4.2.1", header("Date", date, "Expires", "Sun, 22 Nov 2026 12:01:30 GMT"), 90 * time.Second},
		{"past", "RFC 9111 section 5.3", header("Date", date, "Expires", "Sun, 22 Nov 2026 11:59:59 GMT"), 0},
		{"by-date", "Date is the origin's clock: RFC 9111 section 4.2.1", header("Date", "Sun, 22 Nov 2026 11:00:00 GMT", "Expires", "Sun, 22 Nov 2026 11:01:30 GMT"), 90 * time.Second},
		{"no-date", "the edge's clock in the place of Date", header("Expires", "Sun, 22 Nov 2026 12:01:30 GMT"), 90 * time.Second},
		{"date-broken", "the same", header("Date", "today", "Expires", "Sun, 22 Nov 2026 12:01:30 GMT"), 90 * time.Second},
		{"zero", "RFC 9111 section 5.3: especially 0", header("Date", date, "Expires", "0"), 0},
		{"empty", "RFC 9111 section 5.3: invalid date formats", header("Date", date, "Expires", ""), 0},
		{"lower-case", "RFC 9111 section 4.2", header("Date", date, "Expires", "sun, 22 nov 2026 12:01:30 gmt"), 90 * time.Second},
		{"one-digit-hour", "RFC 9110 section 5.6.7", header("Date", date, "Expires", "Mon, 23 Nov 2026 1:01:30 GMT"), 0},
		{"several-spaces", "RFC 9110 section 5.6.7", header("Date", date, "Expires", "Sun, 22  Nov 2026 12:01:30 GMT"), 0},
		{"utc", "RFC 9111 section 4.2", header("Date", date, "Expires", "Sun, 22 Nov 2026 12:01:30 UTC"), 0},
		{"two-lines", "RFC 9111 section 4.2.1: the first one", header("Date", date, "Expires", "Sun, 22 Nov 2026 12:01:30 GMT", "Expires", "Sun, 22 Nov 2026 13:00:00 GMT"), 90 * time.Second},
		{"max-age-before", "Expiration.html: CloudFront uses only max-age", header("Date", date, "Expires", "0", "Cache-Control", "max-age=30"), 30 * time.Second},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if life := rules.Success(http.StatusOK, tc.header, now); life.TTL != tc.ttl || !life.Keep {
				t.Errorf("got %v, kept %t by %q, want %v (%s)", life.TTL, life.Keep, life.Rule, tc.ttl, tc.reason)
			}
		})
	}
}

// TestStale: how long after its expiry an object is served, while it is refreshed and while the origin fails.
func TestStale(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason, cacheControl string
		whileRevalidate, standIn   time.Duration // how long at most
	}{
		{"nothing-said", "HTTPStatusCodes.html: stale up to the maximum TTL", "max-age=60", 0, 600 * time.Second},
		{"while-revalidate", "Expiration.html", "max-age=60, stale-while-revalidate=30", 30 * time.Second, 600 * time.Second},
		{"while-revalidate-above-maximum", "Expiration.html: the directive or the maximum TTL, whichever is less", "max-age=60, stale-while-revalidate=9999", 600 * time.Second, 600 * time.Second},
		{"if-error", "Expiration.html", "max-age=60, stale-if-error=30", 0, 30 * time.Second},
		{"if-error-above-maximum", "Expiration.html: the directive or the maximum TTL, whichever is less", "max-age=60, stale-if-error=9999", 0, 600 * time.Second},
		{"if-error-0", "Expiration.html: stale-if-error=0 gives an error", "max-age=60, stale-if-error=0", 0, 0},
		{"s-maxage", "Expiration.html: a lifetime", "s-maxage=60", 0, 600 * time.Second},
		{"no-cache", "Expiration.html: respected, and the warning: served when the origin is unreachable", "no-cache, stale-while-revalidate=30", 0, 600 * time.Second},
		{"must-revalidate", "RFC 9111 section 5.2.2.2", "max-age=60, must-revalidate, stale-while-revalidate=30, stale-if-error=30", 0, 0},
		{"proxy-revalidate", "RFC 9111 section 5.2.2.8", "max-age=60, proxy-revalidate, stale-while-revalidate=30", 0, 0},
	}
	rules := httpcache.Rules{Default: time.Minute, Max: 600 * time.Second}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			h := header("Cache-Control", tc.cacheControl)
			e := &httpcache.Entry{Status: http.StatusOK, Header: h, Stored: now, Life: rules.Success(http.StatusOK, h, now)}
			if e.Life.WhileRevalidate != tc.whileRevalidate {
				t.Errorf("while it is refreshed: got %v, want %v (%s)", e.Life.WhileRevalidate, tc.whileRevalidate, tc.reason)
			}
			last := e.Expires().Add(tc.standIn)
			if e.MayStandIn(rules, last) || tc.standIn > 0 && !e.MayStandIn(rules, last.Add(-time.Second)) {
				t.Errorf("while the origin fails: not for %v (%s)", tc.standIn, tc.reason)
			}
		})
	}
}

// TestFailure: what of the origin's words counts for an answer of 400 and more, where the error caching minimum TTL is 10 seconds.
func TestFailure(t *testing.T) {
	t.Parallel()
	const floor = 10 * time.Second
	tests := []struct {
		name, reason, cacheControl string
		status                     int
		ttl                        time.Duration // 0: not kept
	}{
		{"404", "HTTPStatusCodes.html", "", 404, floor},
		{"404-longer", "HTTPStatusCodes.html: the maximum of the two", "max-age=60", 404, time.Minute},
		{"404-above-maximum", "custom-error-pages-expiration.html: not greater than the maximum TTL", "max-age=9999", 404, 600 * time.Second},
		{"404-no-store", "custom-error-pages-expiration.html", "no-store", 404, 0},
		{"501-private", "custom-error-pages-expiration.html", "private", 501, 0},
		{"503-no-store", "custom-error-pages-expiration.html: for all other codes ignored", "no-store", 503, floor},
		{"403", "HTTPStatusCodes.html: only with max-age or s-maxage", "", 403, 0},
		{"403-public", "the same", "public", 403, 0},
		{"403-s-maxage", "HTTPStatusCodes.html", "s-maxage=60", 403, time.Minute},
		{"403-shorter", "HTTPStatusCodes.html: the maximum of the two", "max-age=1", 403, floor},
		{"403-no-store", "custom-error-pages-expiration.html: for all other codes ignored", "no-store, max-age=60", 403, time.Minute},
		{"416", "custom-error-pages-expiration.html: not cached", "max-age=60", 416, 0},
		{"599", "HTTPStatusCodes.html: not in the list", "max-age=60", 599, 0},
	}
	rules := httpcache.Rules{Default: time.Minute, Max: 600 * time.Second}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			life := rules.Failure(tc.status, header("Cache-Control", tc.cacheControl), floor, now)
			if life.Keep != (tc.ttl > 0) || life.TTL != tc.ttl {
				t.Errorf("got %v, kept %t by %q, want %v (%s)", life.TTL, life.Keep, life.Rule, tc.ttl, tc.reason)
			}
		})
	}
}

// TestRevalidate: which headers a request for a stale object has.
func TestRevalidate(t *testing.T) {
	t.Parallel()
	const modified = "Sun, 22 Nov 2026 10:00:00 GMT"
	rules := httpcache.Rules{Max: time.Hour}
	tests := []struct {
		name, reason string
		status       int
		object, want http.Header
	}{
		{"both", "RequestAndResponseBehaviorCustomOrigin.html, Conditional requests", 200, header("Etag", `"1"`, "Last-Modified", modified),
			header("If-None-Match", `"1"`, "If-Modified-Since", modified)},
		{"etag", "the same", 200, header("Etag", `"1"`), header("If-None-Match", `"1"`)},
		{"none", "nothing to ask with", 200, header(), header()},
		{"vary-star", "the same page, Content negotiation: no conditional headers", 200, header("Etag", `"1"`, "Vary", "Accept, *"), header()},
		{"error", "an error is no object that a 304 could make fresh", 404, header("Etag", `"1"`), header()},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := &httpcache.Entry{Status: tc.status, Header: tc.object, ETag: tc.object.Get("Etag"), Modified: tc.object.Get("Last-Modified"),
				Life: rules.Success(tc.status, tc.object, now)}
			got := header("If-None-Match", `"viewer"`, "If-Modified-Since", modified, "Range", "bytes=0-1", "If-Range", `"viewer"`)
			e.Revalidate(got)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}
