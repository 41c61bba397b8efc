package httpcache_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
)

// TestDirectives: what of a Cache-Control header counts where the policy's times are 0, 0 and a year.
func TestDirectives(t *testing.T) {
	t.Parallel()
	const hour = time.Hour
	tests := []struct {
		name, reason string
		lines        []string
		ttl          time.Duration
		keep         bool
	}{
		{"seconds", "RFC 9111 section 5.2.2.1", []string{"max-age=3600"}, hour, true},
		{"leading-zeros", "RFC 9111 section 1.2.2: 1*DIGIT", []string{"max-age=003600"}, hour, true},
		{"quoted", "RFC 9111 section 5.2: recipients accept both forms", []string{`max-age="3600"`}, hour, true},
		{"upper-case", "RFC 9111 section 5.2: case-insensitive", []string{"MaX-aGe=3600"}, hour, true},
		{"unknown-beside", "RFC 9111 section 5.2.3: ignored", []string{"foobar, max-age=3600"}, hour, true},
		{"two-lines", "RFC 9110 section 5.3", []string{"public", "max-age=3600"}, hour, true},
		{"in-a-quoted-string", "RFC 9110 section 5.6.4", []string{`extension="max-age=1, no-store", max-age=3600`}, hour, true},
		{"escaped-quote", "RFC 9110 section 5.6.4", []string{`extension="a\", no-store", max-age=3600`}, hour, true},
		{"overflow", "RFC 9111 section 1.2.2: 2^31; lowered to the maximum TTL", []string{"max-age=99999999999999999999"}, 365 * 24 * hour, true},
		{"first-of-two", "RFC 9111 section 4.2.1: the first occurrence", []string{"max-age=3600, max-age=1"}, hour, true},
		{"first-of-two-lines", "the same", []string{"max-age=3600", "max-age=1"}, hour, true},
		{"s-maxage", "Expiration.html", []string{"max-age=1, s-maxage=3600"}, hour, true},
		{"spaces-around-equals", "RFC 9110 section 5.6.1 allows none; read all the same", []string{"max-age = 3600"}, hour, true},

		{"single-quotes", "RFC 9111 section 4.2.1: an invalid lifetime is stale", []string{"max-age='3600'"}, 0, true},
		{"float", "the same", []string{"max-age=3600.5"}, 0, true},
		{"negative", "the same", []string{"max-age=-3600"}, 0, true},
		{"letters", "the same", []string{"max-age=3600a"}, 0, true},
		{"no-value", "the same", []string{"max-age"}, 0, true},
		{"broken-s-maxage", "the same: max-age does not take its place", []string{"s-maxage=a, max-age=3600"}, 0, true},
		{"nothing", "Expiration.html: the default TTL", nil, 0, true},
		{"no-cache", "Expiration.html: kept for the check", []string{"no-cache, max-age=3600"}, 0, true},
		{"no-cache-of-a-field", "RFC 9111 section 5.2.2.4: a cache may take it for no-cache", []string{`no-cache="Set-Cookie", max-age=3600`}, 0, true},
		{"no-store", "Expiration.html", []string{"no-store, max-age=3600"}, 0, false},
		{"no-store-upper-case", "RFC 9111 section 5.2", []string{"No-Store, max-age=3600"}, 0, false},
		{"private", "Expiration.html", []string{"max-age=3600, private"}, 0, false},
	}
	rules := httpcache.Rules{Max: 365 * 24 * hour}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			life := rules.Success(http.StatusOK, http.Header{"Cache-Control": tc.lines}, now)
			if life.TTL != tc.ttl || life.Keep != tc.keep {
				t.Errorf("got %v, kept %t by %q, want %v, %t (%s)", life.TTL, life.Keep, life.Rule, tc.ttl, tc.keep, tc.reason)
			}
		})
	}
}

// TestOriginAge: Age is the first of its values when that is a number of seconds (RFC 9111 section 5.1).
func TestOriginAge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason string
		lines        []string
		want         time.Duration
	}{
		{"seconds", "RFC 9111 section 5.1", []string{"30"}, 30 * time.Second},
		{"none", "young", nil, 0},
		{"first-of-a-list", "use the first value", []string{"30, 0"}, 30 * time.Second},
		{"first-of-a-list-young", "the same", []string{"0, 30"}, 0},
		{"first-line", "the same", []string{"30", "0"}, 30 * time.Second},
		{"large", "RFC 9111 section 1.2.2", []string{"99999999999"}, (1 << 31) * time.Second},
		{"letters", "one that is invalid is ignored", []string{"abc"}, 0},
		{"negative", "the same", []string{"-30"}, 0},
		{"float", "the same", []string{"30.0"}, 0},
		{"parameter", "the same", []string{"30;foo=bar"}, 0},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := (httpcache.Rules{}).OriginAge(http.Header{"Age": tc.lines}); got != tc.want {
				t.Errorf("got %v, want %v (%s)", got, tc.want, tc.reason)
			}
		})
	}
}
