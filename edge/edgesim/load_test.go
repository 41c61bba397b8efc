package edgesim_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestLoad holds 256 connections open at once, for as long as LAMBDAEDGE_LOAD says (60s, say; a moment by
// default): objects, errors, streams, refreshes, invalidations and functions all at the same time, and no viewer
// gets anything but an answer.
func TestLoad(t *testing.T) {
	t.Parallel()
	duration := 300 * time.Millisecond
	if text := os.Getenv("LAMBDAEDGE_LOAD"); text != "" {
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatal(err)
		}
		duration = d
	}
	policy := caching(0, 1, 2)
	policy.QueryStrings = edgesim.All()
	o := script(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/stream":
			w.(http.Flusher).Flush()
		case "/error":
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/stale":
			w.Header().Set("Cache-Control", "max-age=0, stale-while-revalidate=2")
		}
		fmt.Fprint(w, r.URL.Path)
	})
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: o}, CachePolicy: policy, Functions: edgesim.Associate(through())},
		func(c *edgesim.Config) { c.CacheBytes = 4 << 20 })
	address := listen(t, s)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
	end := time.Now().Add(duration)
	var sent atomic.Int64
	var group sync.WaitGroup
	for range 256 {
		group.Go(func() {
			for time.Now().Before(end) {
				path := []string{"/", "/stream", "/error", "/stale"}[rand.IntN(4)]
				resp, err := client.Get(fmt.Sprintf("http://%s%s?%d", address, path, rand.IntN(1000)))
				if err != nil {
					t.Error(err)
					return
				}
				text, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				if err != nil || string(text) != path {
					t.Errorf("%s: got %d %q, %v", path, resp.StatusCode, text, err)
					return
				}
				if sent.Add(1)%100 == 0 {
					s.Invalidate("/stream*")
				}
			}
		})
	}
	group.Wait()
	client.CloseIdleConnections()
	s.Wait()
	if st := s.Stats(); st.Bytes > st.Limit || st.Requests < sent.Load() {
		t.Errorf("got %+v after %d requests", st, sent.Load())
	}
	t.Logf("%d requests in %v", sent.Load(), duration)
}

// TestManyURLs asks for as many distinct URLs as LAMBDAEDGE_URLS says (1000000, say): the memory in use stays
// near the cache's bound.
func TestManyURLs(t *testing.T) {
	n := 4000
	fmt.Sscan(os.Getenv("LAMBDAEDGE_URLS"), &n)
	policy := caching(0, 60, 600)
	policy.QueryStrings = edgesim.All()
	w := serving(t, says(200), policy, func(c *edgesim.Config) { c.CacheBytes = 4 << 20 })
	for i := range n {
		get(w.Simulator, fmt.Sprintf("/%d?%d", i, i))
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	st := w.Stats()
	if st.Bytes > st.Limit || m.HeapAlloc > 64<<20 {
		t.Errorf("%d objects in %d bytes by the cache's count, %d bytes in use", st.Objects, st.Bytes, m.HeapAlloc)
	}
	t.Logf("%d URLs: %d objects, %.1f MB by the cache's count, %.1f MB in use", n, st.Objects, float64(st.Bytes)/1e6, float64(m.HeapAlloc)/1e6)
}
