package edgesim_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestConditionalWithCookies holds that "If-Modified-Since and If-None-Match conditional requests are not supported when CloudFront is
// configured to forward cookies (all or a subset)" (Cookies.html): the viewer gets the whole object, and an expired one is fetched
// anew.
func TestConditionalWithCookies(t *testing.T) {
	t.Parallel()
	withCookies := func(s edgesim.Selection) *edgesim.CachePolicy {
		p := caching(0, 60, 600)
		p.Cookies = s
		return p
	}
	legacy := withCookies(edgesim.All())
	legacy.Legacy = true
	type seen struct {
		ByETag, ByDate int    // the status of a fresh object to a viewer who has it
		Expired        string // X-Cache of the request after the object's time
		Asked          string // what the origin was asked then: If-None-Match
	}
	supported, not := seen{304, 304, "RefreshHit from cloudfront", `"1"`}, seen{200, 200, "Miss from cloudfront", ""}
	tests := []struct {
		name   string
		policy *edgesim.CachePolicy
		origin *edgesim.OriginRequestPolicy
		want   seen
	}{
		{"not-forwarded", caching(0, 60, 600), nil, supported},
		{"none-selected", withCookies(edgesim.Only()), nil, supported},
		{"all-in-the-key", withCookies(edgesim.All()), nil, not},
		{"some-in-the-key", withCookies(edgesim.Only("a")), nil, not},
		{"all-but-some", withCookies(edgesim.AllExcept("a")), nil, not},
		{"by-an-origin-request-policy", caching(0, 60, 600), edgesim.AllViewerExceptHostHeader(), not},
		{"without-a-policy", legacy, nil, not},
	}
	const modified = "Sun, 22 Nov 2026 10:00:00 GMT"
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got seen
			o := script(func(w http.ResponseWriter, r *http.Request) {
				got.Asked = r.Header.Get("If-None-Match")
				if got.Asked == `"1"` {
					w.WriteHeader(http.StatusNotModified)
					return
				}
				answer(200, "a", "Etag", `"1"`, "Last-Modified", modified)(w, r)
			})
			w := serving(t, o, tc.policy, func(c *edgesim.Config) { c.Distribution.DefaultBehavior.OriginRequestPolicy = tc.origin })
			get(w.Simulator, "/")
			resp, _ := get(w.Simulator, "/", "If-None-Match", `"1"`)
			got.ByETag = resp.StatusCode
			resp, _ = get(w.Simulator, "/", "If-Modified-Since", modified)
			got.ByDate = resp.StatusCode
			w.clock.pass(time.Hour)
			_, trace := get(w.Simulator, "/")
			got.Expired = trace.Result
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestStaleWithCookies holds that an expired object still stands in for an origin that fails.
func TestStaleWithCookies(t *testing.T) {
	t.Parallel()
	p := caching(0, 60, 600)
	p.Cookies = edgesim.All()
	w := serving(t, script(answer(200, "a", "Etag", `"1"`), answer(503, "busy")), p)
	get(w.Simulator, "/")
	w.clock.pass(2 * time.Minute)
	if resp, trace := get(w.Simulator, "/"); resp.StatusCode != 200 || trace.Result != "Hit from cloudfront" {
		t.Errorf("got %d, %s", resp.StatusCode, trace.Result)
	}
}

// TestCookieOrder holds that "CloudFront sorts the cookies in natural order by cookie name before forwarding the request to your
// origin" and that "cookie names that start with the $ character are unsupported" (Cookies.html).
func TestCookieOrder(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, sent, want string }{
		{"sorted", "c=3; a=1; B=2", "B=2; a=1; c=3"},
		{"same-name", "b=2; a=2; a=1", "a=2; a=1; b=2"},
		{"dollar", "$Version=1; b=2; a=$1", "a=$1; b=2"},
		{"dollar-alone", "$Version=1", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got string
			o := script(func(_ http.ResponseWriter, r *http.Request) { got = r.Header.Get("Cookie") })
			w := serving(t, o, nil, func(c *edgesim.Config) { c.Distribution.DefaultBehavior.OriginRequestPolicy = edgesim.AllViewer() })
			if get(w.Simulator, "/", "Cookie", tc.sent); got != tc.want {
				t.Errorf("the origin got %q, want %q", got, tc.want)
			}
		})
	}
}
