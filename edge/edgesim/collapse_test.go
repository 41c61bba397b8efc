package edgesim_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestStaleWhileRevalidate(t *testing.T) {
	t.Parallel()
	var traces sync.Map
	o := script(answer(200, "a", "Cache-Control", "max-age=60, stale-while-revalidate=30"), answer(200, "b", "Cache-Control", "max-age=60"))
	w := serving(t, o, caching(0, 60, 600), func(c *edgesim.Config) {
		c.Observe = func(trace *edgesim.Trace) { traces.Store(trace.ID, trace) }
	})
	get(w.Simulator, "/")
	w.clock.pass(70 * time.Second)
	resp, trace := get(w.Simulator, "/")
	if got := body(t, resp); got != "a" || trace.Cache.Result != "stale" {
		t.Errorf("got %q (%s), want the stale object at once", got, trace.Cache.Result)
	}
	w.Wait()
	resp, _ = get(w.Simulator, "/")
	if got := body(t, resp); got != "b" || o.calls.Load() != 2 {
		t.Errorf("got %q after %d requests to the origin, want the refreshed object after 2", got, o.calls.Load())
	}
	background := 0
	traces.Range(func(_, v any) bool {
		if v.(*edgesim.Trace).Background {
			background++
		}
		return true
	})
	if background != 1 {
		t.Errorf("got %d traces of the background refresh, want 1", background)
	}
	w.clock.pass(90*time.Second + time.Minute)
	if _, trace = get(w.Simulator, "/"); trace.Result != "Miss from cloudfront" {
		t.Errorf("behind the end of stale-while-revalidate: got %q", trace.Result)
	}
}

func TestCollapsing(t *testing.T) {
	t.Parallel()
	const viewers = 20
	withCookies := caching(0, 60, 600)
	withCookies.Cookies = edgesim.All()
	tests := []struct {
		name   string
		policy *edgesim.CachePolicy
		header []string
		calls  int64
	}{
		{"shared", caching(0, 60, 600), nil, 1},
		{"not-for-sharing", caching(0, 60, 600), []string{"Cache-Control", "no-store"}, viewers},
		{"disabled", edgesim.CachingDisabled(), nil, viewers},
		{"cookies-forwarded", withCookies, nil, viewers},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			arrived := make(chan struct{}, viewers)
			release := make(chan struct{})
			o := script(func(w http.ResponseWriter, r *http.Request) {
				arrived <- struct{}{}
				<-release
				answer(200, "a", tc.header...)(w, r)
			})
			w := serving(t, o, tc.policy)
			var group sync.WaitGroup
			for range viewers {
				group.Go(func() {
					resp, _ := get(w.Simulator, "/")
					if got := body(t, resp); got != "a" {
						t.Errorf("got %q", got)
					}
				})
			}
			<-arrived
			if tc.calls > 1 && tc.header == nil {
				for range viewers - 1 {
					<-arrived
				}
			}
			close(release)
			group.Wait()
			if got := o.calls.Load(); tc.calls == 1 && got > 1 && got >= viewers || tc.calls > 1 && got != tc.calls {
				t.Errorf("the origin was asked %d times, want %d", got, tc.calls)
			}
		})
	}
}

// TestSecondViewerOfAStream holds that an answer without an end keeps nobody waiting.
func TestSecondViewerOfAStream(t *testing.T) {
	t.Parallel()
	o := script(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("data: 1\n\n"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	w := serving(t, o, caching(0, 60, 600))
	address := listen(t, w.Simulator)
	for range 2 {
		resp, err := http.Get("http://" + address)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		buffer := make([]byte, 64)
		if n, err := resp.Body.Read(buffer); err != nil || string(buffer[:n]) != "data: 1\n\n" {
			t.Errorf("got %q, %v", buffer[:n], err)
		}
	}
}
