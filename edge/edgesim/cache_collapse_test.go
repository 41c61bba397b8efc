package edgesim_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

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

// TestCollapsingAtZeroTTL holds that answers whose lifetime is 0 are shared with those who wait for them, and with nobody later, when the
// setting for this point says so: two viewers at once, then a third.
func TestCollapsingAtZeroTTL(t *testing.T) {
	t.Parallel()
	past := newClock().Now().Add(-time.Hour).Format(http.TimeFormat)
	long := strings.Repeat("x", 100_000) // comes as a stream
	for _, tc := range []struct {
		name, method string
		answer       http.HandlerFunc
		shared       bool // with the setting
	}{
		{"no-store", "GET", answer(200, "a", "Cache-Control", "no-store"), true},
		{"private", "GET", answer(200, "a", "Cache-Control", "private"), true},
		{"no-cache", "GET", answer(200, "a", "Cache-Control", "no-cache", "Etag", `"1"`), true},
		{"max-age-0", "GET", answer(200, "a", "Cache-Control", "max-age=0"), true},
		{"s-maxage-0", "GET", answer(200, "a", "Cache-Control", "s-maxage=0, max-age=60"), true},
		{"expires", "GET", answer(200, "a", "Expires", past), true},
		{"default-ttl", "GET", answer(200, "a"), true},
		{"stream", "GET", answer(200, long, "Cache-Control", "no-store"), true},
		{"error", "GET", answer(418, "a"), true},
		{"head", "HEAD", answer(200, "a", "Cache-Control", "no-store"), false}, // it brings no object
		{"part", "GET", answer(206, "a", "Content-Range", "bytes 0-0/2"), false},
	} {
		for _, on := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s-%t", tc.name, on), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					release := make(chan struct{})
					o := script(func(w http.ResponseWriter, r *http.Request) { <-release; tc.answer(w, r) })
					w := serving(t, o, caching(0, 0, 600), func(c *edgesim.Config) { c.Unknowns.CollapseZeroTTL = on })
					var group sync.WaitGroup
					var results, bodies [2]string
					for i := range results {
						group.Go(func() {
							resp, trace := send(w.Simulator, tc.method, "/")
							results[i], bodies[i] = trace.Cache.Result, body(t, resp)
						})
						synctest.Wait() // until it waits for the origin, or for the other one
					}
					close(release)
					group.Wait()
					want, second := int64(2), "miss"
					if on && tc.shared {
						want, second = 1, "collapsed"
					}
					if got := o.calls.Load(); got != want || results != [2]string{"miss", second} || bodies[0] != bodies[1] {
						t.Errorf("the origin was asked %d times, want %d; got %s, %d and %d bytes", got, want, results, len(bodies[0]), len(bodies[1]))
					}
					if get(w.Simulator, "/"); o.calls.Load() != want+1 {
						t.Errorf("the third viewer: the origin was asked %d times, want %d", o.calls.Load(), want+1)
					}
				})
			})
		}
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
