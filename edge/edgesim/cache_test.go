package edgesim_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A step is a request in the life of an object, after some time.
type step struct {
	after  time.Duration
	header []string
	status int
	result string // X-Cache without " from cloudfront"
	body   string
	age    string
	calls  int64 // of the origin so far
}

// validated answers 304 to a request that has the ETag, and fails to any other.
func validated(etag string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != etag {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		answer(http.StatusNotModified, "", headers...)(w, r)
	}
}

// unconditional answers with the body to a request without conditions, and fails to any other.
func unconditional(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match")+r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		answer(http.StatusOK, body)(w, r)
	}
}

func TestLifeOfAnObject(t *testing.T) {
	t.Parallel()
	const hour = time.Hour
	down := func(http.ResponseWriter, *http.Request) { panic("the origin is down") }
	tests := []struct {
		name, reason string
		policy       *edgesim.CachePolicy
		origin       *origin
		steps        []step
		change       func(*edgesim.Config)
	}{
		{"age", "Age counts seconds in the cache", caching(0, 60, 600), script(answer(200, "a")), []step{
			{0, nil, 200, "Miss", "a", "", 1}, {30 * time.Second, nil, 200, "Hit", "a", "30", 1}, {30 * time.Second, nil, 200, "Miss", "a", "", 2}}, nil},
		{"origin-age", "RFC 9111 section 4.2.3: an object that comes old is fresh for less", caching(0, 60, 600), script(answer(200, "a", "Cache-Control", "max-age=60", "Age", "50")), []step{
			{0, nil, 200, "Miss", "a", "50", 1}, {9 * time.Second, nil, 200, "Hit", "a", "59", 1}, {time.Second, nil, 200, "Miss", "a", "50", 2}}, nil},
		{"origin-age-ignored", "the setting", caching(0, 60, 600), script(answer(200, "a", "Cache-Control", "max-age=60", "Age", "50")), []step{
			{0, nil, 200, "Miss", "a", "50", 1}, {59 * time.Second, nil, 200, "Hit", "a", "59", 1}}, func(c *edgesim.Config) { c.Unknowns.IgnoreOriginAge = true }},
		{"viewer-no-cache", "a viewer's Cache-Control does not matter", caching(0, 60, 600), script(answer(200, "a")), []step{
			{0, nil, 200, "Miss", "a", "", 1}, {0, []string{"Cache-Control", "no-cache", "Pragma", "no-cache"}, 200, "Hit", "a", "0", 1}}, nil},
		{"revalidated", "a stale object with an ETag is checked, and fresh again after a 304", caching(0, 60, 600),
			script(answer(200, "a", "Etag", `"1"`), validated(`"1"`, "X-New", "yes")), []step{
				{0, nil, 200, "Miss", "a", "", 1}, {hour, nil, 200, "RefreshHit", "a", "0", 2}, {time.Second, nil, 200, "Hit", "a", "1", 2}}, nil},
		{"revalidated-changed", "a 200 takes the object's place", caching(0, 60, 600), script(answer(200, "a", "Etag", `"1"`), answer(200, "b", "Etag", `"2"`)), []step{
			{0, nil, 200, "Miss", "a", "", 1}, {hour, nil, 200, "Miss", "b", "", 2}, {0, nil, 200, "Hit", "b", "0", 2}}, nil},
		{"revalidated-gone", "4xx is passed on, not the stale object", caching(0, 60, 600), script(answer(200, "a", "Etag", `"1"`), answer(404, "gone")), []step{
			{0, nil, 200, "Miss", "a", "", 1}, {hour, nil, 404, "Error", "gone", "", 2}}, nil},
		{"always-checked", "no-cache with minimum 0: kept, and checked each time", caching(0, 60, 600),
			script(answer(200, "a", "Etag", `"1"`, "Cache-Control", "no-cache"), validated(`"1"`)), []step{
				{0, nil, 200, "Miss", "a", "", 1}, {0, nil, 200, "RefreshHit", "a", "0", 2}, {0, nil, 200, "RefreshHit", "a", "0", 3}}, nil},
		{"stale-on-5xx", "custom-error-pages-expiration.html: the expired object, and no new try for the error caching time", caching(0, 60, 600),
			script(answer(200, "a"), answer(503, "busy"), answer(200, "b")), []step{
				{0, nil, 200, "Miss", "a", "", 1}, {300 * time.Second, nil, 200, "Hit", "a", "300", 2}, {9 * time.Second, nil, 200, "Hit", "a", "309", 2}, {time.Second, nil, 200, "Miss", "b", "", 3}}, nil},
		{"stale-when-down", "the same when the origin gives no answer at all", caching(0, 60, 600), script(answer(200, "a"), down), []step{
			{0, nil, 200, "Miss", "a", "", 1}, {300 * time.Second, nil, 200, "Hit", "a", "300", 2}}, nil},
		{"stale-for-the-maximum-ttl", "HTTPStatusCodes.html: a stale object is served up to the maximum TTL", caching(0, 60, 600), script(answer(200, "a"), down), []step{
			{0, nil, 200, "Miss", "a", "", 1}, {659 * time.Second, nil, 200, "Hit", "a", "659", 2}, {10 * time.Second, nil, 502, "Error", "", "", 3}}, nil},
		{"no-cache-when-down", "Expiration.html, the warning: the object that it got before, where the minimum or maximum TTL is above 0", caching(0, 60, 600),
			script(answer(200, "a", "Cache-Control", "no-cache"), down), []step{
				{0, nil, 200, "Miss", "a", "", 1}, {time.Minute, nil, 200, "Hit", "a", "60", 2}}, nil},
		{"no-cache-stale-if-error-0", "the same page: stale-if-error=0 avoids this", caching(0, 60, 600),
			script(answer(200, "a", "Cache-Control", "no-cache, stale-if-error=0"), down), []step{
				{0, nil, 200, "Miss", "a", "", 1}, {time.Minute, nil, 502, "Error", "", "", 2}}, nil},
		{"vary-star", "RequestAndResponseBehaviorCustomOrigin.html, Content negotiation: the object every time, no conditional headers", caching(0, 60, 600),
			script(answer(200, "a", "Etag", `"1"`, "Vary", "*"), unconditional("b")), []step{
				{0, nil, 200, "Miss", "a", "", 1}, {0, nil, 200, "Miss", "b", "", 2}}, nil},
		{"must-revalidate", "RFC 9111 section 4.2.4", caching(0, 60, 600), script(answer(200, "a", "Cache-Control", "max-age=60, must-revalidate"), down), []step{
			{0, nil, 200, "Miss", "a", "", 1}, {hour, nil, 502, "Error", "", "", 2}}, nil},
		{"stale-if-error-over", "stale-if-error bounds how long", caching(0, 60, 600), script(answer(200, "a", "Cache-Control", "max-age=60, stale-if-error=30"), answer(500, "oh")), []step{
			{0, nil, 200, "Miss", "a", "", 1}, {89 * time.Second, nil, 200, "Hit", "a", "89", 2}, {10 * time.Second, nil, 500, "Error", "oh", "", 3}}, nil},
		{"down-at-once", "without an object it is a 502, cached for the error caching time", caching(0, 60, 600), script(down), []step{
			{0, nil, 502, "Error", "", "", 1}, {9 * time.Second, nil, 502, "Error", "", "9", 1}, {time.Second, nil, 502, "Error", "", "", 2}}, nil},
		{"disabled", "CachingDisabled: neither objects nor errors", edgesim.CachingDisabled(), script(answer(404, "a")), []step{
			{0, nil, 404, "Error", "a", "", 1}, {0, nil, 404, "Error", "a", "", 2}}, nil},
		{"set-cookie-dropped", "no cookies to the origin: none back", caching(0, 60, 600), script(answer(200, "a", "Set-Cookie", "a=1")), []step{
			{0, nil, 200, "Miss", "a", "", 1}}, nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			change := func(c *edgesim.Config) {
				if tc.change != nil {
					tc.change(c)
				}
			}
			w := serving(t, tc.origin, tc.policy, change)
			for i, st := range tc.steps {
				w.clock.pass(st.after)
				resp, trace := get(w.Simulator, "/", st.header...)
				if got := body(t, resp); resp.StatusCode != st.status || st.body != "" && got != st.body {
					t.Errorf("step %d: got %d %q, want %d %q (%s)", i, resp.StatusCode, got, st.status, st.body, tc.reason)
				}
				if got := resp.Header.Get("X-Cache"); got != st.result+" from cloudfront" || resp.Header.Get("Age") != st.age {
					t.Errorf("step %d: got X-Cache %q, Age %q, want %q, %q (%s; cache: %s)", i, got, resp.Header.Get("Age"), st.result, st.age, tc.reason, trace.Cache.Reason)
				}
				if got := tc.origin.calls.Load(); got != st.calls {
					t.Errorf("step %d: the origin was asked %d times, want %d (%s)", i, got, st.calls, tc.reason)
				}
				if resp.Header.Get("Set-Cookie") != "" {
					t.Errorf("step %d: a cookie came through", i)
				}
			}
		})
	}
}

func TestRevalidationUpdatesHeaders(t *testing.T) {
	t.Parallel()
	o := script(answer(200, "abc", "Etag", `"1"`, "X-A", "old", "X-B", "kept", "Content-Length", "3"),
		validated(`"1"`, "X-A", "new", "Content-Length", "99", "Content-Encoding", "br", "Content-Md5", "x", "Content-Range", "y"))
	w := serving(t, o, caching(0, 60, 600))
	get(w.Simulator, "/")
	w.clock.pass(time.Hour)
	resp, _ := get(w.Simulator, "/")
	got := fmt.Sprintf("%s %s %s %q %q %q", resp.Header.Get("X-A"), resp.Header.Get("X-B"), resp.Header.Get("Content-Length"),
		resp.Header.Get("Content-Encoding"), resp.Header.Get("Content-Md5"), resp.Header.Get("Content-Range"))
	if want := `new kept 3 "" "" ""`; got != want {
		t.Errorf("got %s, want %s (RFC 9111 section 3.2)", got, want)
	}
}

func TestHeadFillsByGet(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200), caching(0, 60, 600), func(c *edgesim.Config) { c.Unknowns.HeadFillsByGet = true })
	if resp, _ := send(w.Simulator, "HEAD", "/"); body(t, resp) != "" {
		t.Error("HEAD got a body")
	}
	if resp, trace := get(w.Simulator, "/"); body(t, resp) != "1" || trace.Result != "Hit from cloudfront" {
		t.Errorf("GET after HEAD: got %q", trace.Result)
	}
}

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
