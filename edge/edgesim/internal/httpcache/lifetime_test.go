package httpcache_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
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
