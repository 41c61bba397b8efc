package edgesim_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestTTL holds the rules of Expiration.html for answers below 400.
func TestTTL(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) string { return newClock().Now().Add(d).Format(http.TimeFormat) }
	tests := []struct {
		name    string
		policy  *edgesim.CachePolicy
		headers []string
		ttl     time.Duration
		stored  bool
		rule    string
	}{
		{"default", caching(1, 60, 600), nil, time.Minute, true, "default TTL"},
		{"minimum-above-default", caching(100, 60, 600), nil, 100 * time.Second, true, "minimum TTL"},
		{"max-age", caching(1, 60, 600), []string{"Cache-Control", "max-age=30"}, 30 * time.Second, true, "max-age=30"},
		{"s-maxage-first", caching(1, 60, 600), []string{"Cache-Control", "max-age=30, s-maxage=40"}, 40 * time.Second, true, "s-maxage=40"},
		{"raised", caching(100, 200, 600), []string{"Cache-Control", "max-age=30"}, 100 * time.Second, true, "raised to the minimum"},
		{"lowered", caching(1, 60, 600), []string{"Cache-Control", "max-age=3600"}, 600 * time.Second, true, "lowered to the maximum"},
		{"expires", caching(1, 60, 600), []string{"Date", at(0), "Expires", at(90 * time.Second)}, 90 * time.Second, true, "Expires"},
		{"expires-by-date-header", caching(1, 60, 600), []string{"Date", at(-time.Hour), "Expires", at(-time.Hour + 90*time.Second)}, 90 * time.Second, true, "Expires"},
		{"max-age-beats-expires", caching(1, 60, 600), []string{"Cache-Control", "max-age=30", "Expires", at(90 * time.Second)}, 30 * time.Second, true, "max-age=30"},
		{"expires-passed", caching(1, 60, 600), []string{"Date", at(0), "Expires", at(-time.Second)}, time.Second, true, "raised"},
		{"expires-not-a-date", caching(0, 60, 600), []string{"Expires", "0"}, 0, true, "Expires"},
		{"no-store", caching(0, 60, 600), []string{"Cache-Control", "no-store"}, 0, false, "no-store"},
		{"no-store-with-minimum", caching(5, 60, 600), []string{"Cache-Control", "no-store"}, 5 * time.Second, true, "no-store: minimum TTL"},
		{"private", caching(0, 60, 600), []string{"Cache-Control", "private, max-age=30"}, 0, false, "private"},
		{"no-cache", caching(0, 60, 600), []string{"Cache-Control", "no-cache", "Etag", `"1"`}, 0, true, "no-cache"},
		{"max-age-0", caching(0, 60, 600), []string{"Cache-Control", "max-age=0"}, 0, true, "max-age=0"},
		{"max-age-broken", caching(0, 60, 600), []string{"Cache-Control", "max-age=soon"}, 0, true, "max-age=0"},
		{"max-age-quoted", caching(0, 60, 600), []string{"Cache-Control", `max-age="30"`}, 30 * time.Second, true, "max-age=30"},
		{"max-age-upper-case", caching(0, 60, 600), []string{"Cache-Control", "MAX-AGE=30"}, 30 * time.Second, true, "max-age=30"},
		{"max-age-overflow", caching(0, 60, 600), []string{"Cache-Control", "max-age=99999999999999999999"}, 600 * time.Second, true, "lowered"},
		{"comma-in-quotes", caching(0, 60, 600), []string{"Cache-Control", `x="no-store, max-age=1", max-age=30`}, 30 * time.Second, true, "max-age=30"},
		{"two-lines", caching(0, 60, 600), []string{"Cache-Control", "public", "Cache-Control", "max-age=30"}, 30 * time.Second, true, "max-age=30"},
		{"vary-star", caching(0, 60, 600), []string{"Vary", "*"}, 0, true, "Vary: *"},
		{"vary-star-with-minimum", caching(5, 60, 600), []string{"Vary", "*"}, time.Minute, true, "default TTL"},
		{"disabled", edgesim.CachingDisabled(), []string{"Cache-Control", "max-age=30"}, 0, false, ""},
		{"legacy", nil, nil, 24 * time.Hour, true, "default TTL"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, says(200, tc.headers...), tc.policy)
			_, trace := get(w.Simulator, "/")
			c := trace.Cache
			if c.TTL != tc.ttl || c.Stored != tc.stored || !strings.Contains(c.Rule, tc.rule) {
				t.Errorf("got %v, stored %t by %q, want %v, %t by %q", c.TTL, c.Stored, c.Rule, tc.ttl, tc.stored, tc.rule)
			}
			if tc.ttl == 0 {
				return
			}
			w.clock.pass(tc.ttl - time.Second)
			if _, trace = get(w.Simulator, "/"); trace.Result != "Hit from cloudfront" {
				t.Errorf("a second before the end: got %q, want a hit", trace.Result)
			}
			w.clock.pass(time.Second)
			if _, trace = get(w.Simulator, "/"); trace.Result != "Miss from cloudfront" {
				t.Errorf("at the end: got %q, want a miss", trace.Result)
			}
		})
	}
}

// TestStatusIsCached holds which statuses below 400 are objects.
func TestStatusIsCached(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		status  int
		headers []string
		stored  bool
	}{
		{"200", 200, nil, true},
		{"204", 204, nil, true},
		{"301", 301, []string{"Location", "/x"}, true},
		{"302", 302, []string{"Location", "/x"}, true},
		{"307-without-cache-control", 307, []string{"Location", "/x"}, false},
		{"307-with-cache-control", 307, []string{"Location", "/x", "Cache-Control", "max-age=9"}, true},
		{"308-without-cache-control", 308, []string{"Location", "/x"}, false},
		{"206-nobody-asked-for", 206, nil, false},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, says(tc.status, tc.headers...), caching(0, 60, 600))
			resp, trace := get(w.Simulator, "/")
			if resp.StatusCode != tc.status || trace.Cache.Stored != tc.stored {
				t.Errorf("got %d, stored %t (%s), want %d, %t", resp.StatusCode, trace.Cache.Stored, trace.Cache.Rule, tc.status, tc.stored)
			}
		})
	}
}

// TestErrorTTL holds "How CloudFront caches 4xx and 5xx status codes" (HTTPStatusCodes.html).
func TestErrorTTL(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		status  int
		headers []string
		own     []edgesim.ErrorResponse
		ttl     time.Duration
	}{
		{"404", 404, nil, nil, 10 * time.Second},
		{"500", 500, nil, nil, 10 * time.Second},
		{"504", 504, nil, nil, 10 * time.Second},
		{"longer-by-origin", 404, []string{"Cache-Control", "max-age=60"}, nil, time.Minute},
		{"shorter-by-origin", 404, []string{"Cache-Control", "max-age=5"}, nil, 10 * time.Second},
		{"capped-by-maximum", 404, []string{"Cache-Control", "s-maxage=9999"}, nil, 600 * time.Second},
		{"own-minimum", 404, nil, []edgesim.ErrorResponse{{Status: 404, CachingTTL: 3 * time.Second}}, 3 * time.Second},
		{"own-minimum-0", 404, nil, []edgesim.ErrorResponse{{Status: 404}}, 0},
		{"404-no-store", 404, []string{"Cache-Control", "no-store"}, nil, 0},
		{"500-no-store-does-not-count", 500, []string{"Cache-Control", "no-store"}, nil, 10 * time.Second},
		{"403", 403, nil, nil, 0},
		{"403-with-max-age", 403, []string{"Cache-Control", "max-age=60"}, nil, time.Minute},
		{"403-with-expires", 403, []string{"Expires", "Mon, 22 Nov 2027 12:00:00 GMT"}, nil, 0},
		{"410", 410, []string{"Cache-Control", "max-age=60"}, nil, 0},
		{"416", 416, []string{"Cache-Control", "max-age=60"}, nil, 0},
		{"418", 418, []string{"Cache-Control", "max-age=60"}, nil, 0},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, says(tc.status, tc.headers...), caching(0, 60, 600), func(c *edgesim.Config) { c.Distribution.ErrorResponses = tc.own })
			_, trace := get(w.Simulator, "/")
			if trace.Cache.TTL != tc.ttl || trace.Cache.Stored != (tc.ttl > 0) {
				t.Errorf("got %v, stored %t (%s), want %v", trace.Cache.TTL, trace.Cache.Stored, trace.Cache.Rule, tc.ttl)
			}
			if trace.Result != "Error from cloudfront" {
				t.Errorf("got X-Cache %q", trace.Result)
			}
			get(w.Simulator, "/")
			if got, want := w.origin.calls.Load(), int64(2); tc.ttl > 0 && got != 1 || tc.ttl == 0 && got != want {
				t.Errorf("the origin was asked %d times", got)
			}
		})
	}
}
