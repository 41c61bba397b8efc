package edgesim_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestInvalidate(t *testing.T) {
	t.Parallel()
	policy := caching(0, 60, 600)
	policy.QueryStrings = edgesim.All()
	targets := []string{"/", "/a", "/a?x=1", "/a/b", "/ab", "/A"}
	tests := []struct {
		name, path string
		gone       string
	}{
		{"one", "/a/b", "/a/b"},
		{"path-takes-its-queries", "/a", "/a /a?x=1"},
		{"with-query", "/a?x=1", "/a?x=1"},
		{"folder", "/a/*", "/a/b"},
		{"prefix", "/a*", "/a /a?x=1 /a/b /ab"},
		{"all", "/*", "/ /a /a?x=1 /a/b /ab /A"},
		{"nothing", "/nothing", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, says(200), policy)
			for _, target := range targets {
				get(w.Simulator, target)
			}
			n, err := w.Invalidate(tc.path)
			if err != nil {
				t.Fatal(err)
			}
			var gone []string
			for _, target := range targets {
				if _, trace := get(w.Simulator, target); trace.Result == "Miss from cloudfront" {
					gone = append(gone, target)
				}
			}
			if got := strings.Join(gone, " "); got != tc.gone || n != len(gone) {
				t.Errorf("gone are %q, %d by count, want %q", got, n, tc.gone)
			}
		})
	}
	w := serving(t, says(200), policy)
	for _, bad := range []string{"", "a", "/a*b", "/*a*"} {
		if _, err := w.Invalidate("/", bad); err == nil || !strings.Contains(err.Error(), strconv.Quote(bad)) {
			t.Errorf("%q: got error %v", bad, err)
		}
	}
}

// TestMemoryIsBounded asks for many URLs: the cache holds to its bytes, and what was used last stays.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	policy := caching(0, 60, 600)
	policy.QueryStrings = edgesim.All()
	body := strings.Repeat("x", 4<<10)
	w := serving(t, script(answer(200, body)), policy, func(c *edgesim.Config) { c.CacheBytes, c.ObjectBytes = 1<<20, 16<<10 })
	for i := range 2000 {
		get(w.Simulator, "/?"+strconv.Itoa(i))
		get(w.Simulator, "/?0")
		if s := w.Stats(); s.Bytes > s.Limit {
			t.Fatalf("%d bytes, %d allowed", s.Bytes, s.Limit)
		}
	}
	if s := w.Stats(); s.Evicted == 0 || s.Objects < 100 || w.origin.calls.Load() != 2000 {
		t.Errorf("got %+v after %d requests to the origin", s, w.origin.calls.Load())
	}
	big := serving(t, script(answer(200, strings.Repeat("x", 64<<10))), policy, func(c *edgesim.Config) { c.CacheBytes, c.ObjectBytes = 1<<20, 16<<10 })
	for range 2 {
		if resp, _ := get(big.Simulator, "/"); resp.ContentLength != 64<<10 || resp.Header.Get("X-Cache") != "Miss from cloudfront" {
			t.Errorf("a large object: got %d bytes, %q", resp.ContentLength, resp.Header.Get("X-Cache"))
		}
	}
}

func TestAdvance(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200), caching(0, 60, 600))
	get(w.Simulator, "/")
	w.Advance(59 * time.Second)
	w.Advance(-time.Hour)
	if resp, _ := get(w.Simulator, "/"); resp.Header.Get("Age") != "59" {
		t.Errorf("got Age %q, want 59", resp.Header.Get("Age"))
	}
	w.Advance(time.Second)
	if _, trace := get(w.Simulator, "/"); trace.Result != "Miss from cloudfront" {
		t.Errorf("got %q, want a miss", trace.Result)
	}
}
