package edgesim_test

import (
	"fmt"
	"net/http"
	"testing"
)

// TestParts holds that a part of an object is kept, and served to those who ask for the same range (RangeGETs.html).
func TestParts(t *testing.T) {
	t.Parallel()
	o := script(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		if r.Header.Get("Range") == "bytes=2-4" {
			w.Header().Set("Content-Range", "bytes 2-4/10")
			w.WriteHeader(http.StatusPartialContent)
			fmt.Fprint(w, "234")
			return
		}
		fmt.Fprint(w, "0123456789")
	})
	w := serving(t, o, caching(0, 60, 600))
	tests := []struct {
		name, rng, result, body string
		status                  int
		calls                   int64
	}{
		{"part", "bytes=2-4", "Miss", "234", 206, 1},
		{"part-again", "bytes=2-4", "Hit", "234", 206, 1},
		{"whole", "", "Miss", "0123456789", 200, 2},
		{"another-part-of-the-whole", "bytes=5-6", "Hit", "56", 206, 2},
		{"part-of-the-whole", "bytes=2-4", "Hit", "234", 206, 2},
	}
	for _, tc := range tests { // one after the other
		var headers []string
		if tc.rng != "" {
			headers = []string{"Range", tc.rng}
		}
		resp, trace := get(w.Simulator, "/", headers...)
		if got := body(t, resp); resp.StatusCode != tc.status || got != tc.body || trace.Result != tc.result+" from cloudfront" || o.calls.Load() != tc.calls {
			t.Errorf("%s: got %d %q %q after %d calls, want %d %q %q after %d", tc.name, resp.StatusCode, got, trace.Result, o.calls.Load(), tc.status, tc.body, tc.result, tc.calls)
		}
	}
}
