package edgesim_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestKey compares the keys of two requests: understanding-the-cache-key.html says what makes them differ.
func TestKey(t *testing.T) {
	t.Parallel()
	type request struct {
		target  string
		headers []string
	}
	with := func(change func(*edgesim.CachePolicy)) *edgesim.CachePolicy {
		p := caching(0, 60, 600)
		change(p)
		return p
	}
	query := func(s edgesim.Selection) *edgesim.CachePolicy {
		return with(func(p *edgesim.CachePolicy) { p.QueryStrings = s })
	}
	cookies := func(s edgesim.Selection) *edgesim.CachePolicy {
		return with(func(p *edgesim.CachePolicy) { p.Cookies = s })
	}
	tests := []struct {
		name   string
		policy *edgesim.CachePolicy
		a, b   request
		same   bool
		reason string
	}{
		{"path", caching(0, 60, 600), request{"/a", nil}, request{"/b", nil}, false, ""},
		{"path-case", caching(0, 60, 600), request{"/a", nil}, request{"/A", nil}, false, ""},
		{"query-not-in-policy", caching(0, 60, 600), request{"/?a=1", nil}, request{"/?a=2", nil}, true, ""},
		{"query-all", query(edgesim.All()), request{"/?a=1", nil}, request{"/?a=2", nil}, false, ""},
		{"query-order", query(edgesim.All()), request{"/?a=1&b=2", nil}, request{"/?b=2&a=1", nil}, false, "the order of parameters matters"},
		{"query-case", query(edgesim.All()), request{"/?a=x", nil}, request{"/?a=X", nil}, false, "case matters"},
		{"query-only-listed", query(edgesim.Only("a")), request{"/?a=1&b=2", nil}, request{"/?b=3&a=1", nil}, true, ""},
		{"query-only-differs", query(edgesim.Only("a")), request{"/?a=1", nil}, request{"/?a=2", nil}, false, ""},
		{"query-except", query(edgesim.AllExcept("utm")), request{"/?a=1&utm=x", nil}, request{"/?a=1&utm=y", nil}, true, ""},
		{"query-star-is-literal", query(edgesim.Only("*")), request{"/?a=1", nil}, request{"/?a=2", nil}, true, "a * in a policy is that character"},
		{"header-not-in-policy", caching(0, 60, 600), request{"/", []string{"X-A", "1"}}, request{"/", []string{"X-A", "2"}}, true, ""},
		{"header-whole-value", with(func(p *edgesim.CachePolicy) { p.Headers = []string{"x-a"} }),
			request{"/", []string{"X-A", "1"}}, request{"/", []string{"X-A", "1 "}}, false, "header values are compared as they are"},
		{"header-missing", with(func(p *edgesim.CachePolicy) { p.Headers = []string{"x-a"} }),
			request{"/", []string{"X-A", "1"}}, request{"/", nil}, false, ""},
		{"cookie-not-in-policy", caching(0, 60, 600), request{"/", []string{"Cookie", "a=1"}}, request{"/", []string{"Cookie", "a=2"}}, true, ""},
		{"cookie-listed", cookies(edgesim.Only("a")), request{"/", []string{"Cookie", "a=1; b=2"}}, request{"/", []string{"Cookie", "b=3; a=1"}}, true, ""},
		{"cookie-listed-differs", cookies(edgesim.Only("a")), request{"/", []string{"Cookie", "a=1"}}, request{"/", []string{"Cookie", "a=2"}}, false, ""},
		{"cookie-pattern", cookies(edgesim.Like("user_*", "a?")), request{"/", []string{"Cookie", "user_1=x; ab=y; abc=1"}}, request{"/", []string{"Cookie", "user_1=x; abc=2; ab=y"}}, true,
			"legacy cache settings: * matches 0 or more characters, ? exactly one"},
		{"cookie-pattern-differs", cookies(edgesim.Like("user_*")), request{"/", []string{"Cookie", "user_1=x"}}, request{"/", []string{"Cookie", "user_2=x"}}, false, "the name is in the key"},
		{"cookie-all", cookies(edgesim.All()), request{"/", []string{"Cookie", "a=1; b=2"}}, request{"/", []string{"Cookie", "a=1; b=3"}}, false, ""},
		{"cookie-lines", cookies(edgesim.Only("a")), request{"/", []string{"Cookie", "b=1", "Cookie", "a=1"}}, request{"/", []string{"Cookie", "a=1"}}, true, ""},
		{"encoding-order", edgesim.CachingOptimized(), request{"/", []string{"Accept-Encoding", "gzip, br"}}, request{"/", []string{"Accept-Encoding", "br;q=0.5,deflate, gzip"}}, true, "both become br,gzip"},
		{"encoding-one", edgesim.CachingOptimized(), request{"/", []string{"Accept-Encoding", "gzip"}}, request{"/", []string{"Accept-Encoding", "br"}}, false, ""},
		{"encoding-none", edgesim.CachingOptimized(), request{"/", []string{"Accept-Encoding", "deflate"}}, request{"/", nil}, true, "identity is not in the key"},
		{"encoding-refused", edgesim.CachingOptimized(), request{"/", []string{"Accept-Encoding", "gzip;q=0"}}, request{"/", nil}, true, ""},
		{"encoding-without-compression", caching(0, 60, 600), request{"/", []string{"Accept-Encoding", "gzip"}}, request{"/", nil}, true, "an ordinary header then"},
		{"cloudfront-header", with(func(p *edgesim.CachePolicy) { p.Headers = []string{"CloudFront-Viewer-Country"} }),
			request{"/", []string{"X-Mock-CloudFront-Viewer-Country", "CH"}}, request{"/", []string{"X-Mock-CloudFront-Viewer-Country", "FR"}}, false, "added before the lookup"},
		{"cloudfront-header-by-viewer", with(func(p *edgesim.CachePolicy) { p.Headers = []string{"CloudFront-Viewer-Country"} }),
			request{"/", []string{"CloudFront-Viewer-Country", "CH"}}, request{"/", nil}, true, "what the viewer claims does not count"},
		{"cloudfront-address", with(func(p *edgesim.CachePolicy) { p.Headers = []string{"CloudFront-Viewer-Address"} }),
			request{"/", []string{"X-Mock-CloudFront-Viewer-Address", "203.0.113.1:1"}}, request{"/", []string{"X-Mock-CloudFront-Viewer-Address", "203.0.113.2:1"}}, true, "only by an origin request policy"},
		{"names-do-not-run-together", with(func(p *edgesim.CachePolicy) { p.Headers, p.QueryStrings = []string{"X-A"}, edgesim.All() }),
			request{"/?x", []string{"X-A", "y"}}, request{"/?x&y", nil}, false, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, says(200), tc.policy)
			_, a := get(w.Simulator, tc.a.target, tc.a.headers...)
			_, b := get(w.Simulator, tc.b.target, tc.b.headers...)
			if (a.Cache.Key == b.Cache.Key) != tc.same || (b.Result == "Hit from cloudfront") != tc.same {
				t.Errorf("got keys\n%s\nand\n%s\n%s, want the same: %t (%s)", a.Cache.Key, b.Cache.Key, b.Result, tc.same, tc.reason)
			}
		})
	}
}

func TestKeyParts(t *testing.T) {
	t.Parallel()
	p := caching(0, 60, 600)
	p.Headers, p.Cookies, p.QueryStrings, p.Gzip = []string{"x-a"}, edgesim.Only("s"), edgesim.Only("q"), true
	w := serving(t, says(200), p)
	_, trace := get(w.Simulator, "/x?q=1&r=2", "X-A", "1", "Cookie", "s=2; t=3", "Accept-Encoding", "gzip, br")
	want := []edgesim.KeyPart{{"domain", edgesim.DefaultDomainName}, {"uri", "/x"}, {"header X-A", "1"}, {"header Accept-Encoding", "gzip"}, {"cookie s", "2"}, {"query", "q=1"}}
	if diff := cmp.Diff(want, trace.Cache.Parts); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

// TestOriginRequest holds what goes to the origin: what policies name, and what CloudFront sets
// (RequestAndResponseBehaviorCustomOrigin.html).
func TestOriginRequest(t *testing.T) {
	t.Parallel()
	viewer := []string{"Accept", "text/html", "Accept-Encoding", "gzip, br", "Authorization", "Basic eDp5", "Cookie", "a=1; b=2", "Connection", "close, X-Hop",
		"Referer", "https://www.example.com/", "User-Agent", "Browser/1", "X-Custom", "yes", "X-Forwarded-For", "198.51.100.7", "X-Real-Ip", "10.0.0.1", "X-Edge-Foo", "1"}
	fixed := map[string]string{"Host": "custom-origin.example.com", "User-Agent": "Amazon CloudFront", "X-Forwarded-For": "198.51.100.7, 192.0.2.1"}
	and := func(m map[string]string) map[string]string {
		all := map[string]string{}
		for _, from := range []map[string]string{fixed, m} {
			for k, v := range from {
				all[k] = v
			}
		}
		return all
	}
	withQuery := caching(0, 60, 600)
	withQuery.QueryStrings, withQuery.Headers = edgesim.Only("b"), []string{"Authorization"}
	legacyWith := func(headers ...string) *edgesim.CachePolicy {
		p := caching(0, 60, 600)
		p.Legacy, p.Headers = true, headers
		return p
	}
	tests := []struct {
		name    string
		policy  *edgesim.CachePolicy
		forward *edgesim.OriginRequestPolicy
		query   string
		want    map[string]string
	}{
		{"policy-alone", caching(0, 60, 600), nil, "", fixed},
		{"key-goes-to-the-origin", withQuery, nil, "b=2", and(map[string]string{"Authorization": "Basic eDp5"})},
		{"union-of-policies", withQuery, &edgesim.OriginRequestPolicy{QueryStrings: edgesim.Only("c"), Cookies: edgesim.Only("b"), Headers: edgesim.Only("X-Custom")}, "b=2&c=3",
			and(map[string]string{"Authorization": "Basic eDp5", "Cookie": "b=2", "X-Custom": "yes"})},
		{"compression", edgesim.CachingOptimized(), nil, "", and(map[string]string{"Accept-Encoding": "br,gzip"})},
		{"all-viewer", edgesim.CachingDisabled(), edgesim.AllViewer(), "a=1&b=2&c=3", map[string]string{"Accept": "text/html", "Accept-Encoding": "gzip, br",
			"Authorization": "Basic eDp5", "Cookie": "a=1; b=2", "Host": edgesim.DefaultDomainName, "Referer": "https://www.example.com/", "User-Agent": "Browser/1",
			"X-Custom": "yes", "X-Forwarded-For": "198.51.100.7, 192.0.2.1"}},
		{"all-viewer-except-host", edgesim.CachingDisabled(), edgesim.AllViewerExceptHostHeader(), "a=1&b=2&c=3", map[string]string{"Accept": "text/html", "Accept-Encoding": "gzip, br",
			"Authorization": "Basic eDp5", "Cookie": "a=1; b=2", "Host": "custom-origin.example.com", "Referer": "https://www.example.com/", "User-Agent": "Browser/1",
			"X-Custom": "yes", "X-Forwarded-For": "198.51.100.7, 192.0.2.1", "Cloudfront-Forwarded-Proto": "https", "Cloudfront-Viewer-Http-Version": "1.1",
			"Cloudfront-Is-Android-Viewer": "false", "Cloudfront-Is-Desktop-Viewer": "true", "Cloudfront-Is-Ios-Viewer": "false", "Cloudfront-Is-Mobile-Viewer": "false",
			"Cloudfront-Is-Smarttv-Viewer": "false", "Cloudfront-Is-Tablet-Viewer": "false", "Cloudfront-Viewer-Address": "192.0.2.1:46532"}},
		{"legacy", nil, nil, "a=1&b=2&c=3", and(map[string]string{"X-Custom": "yes", "Accept-Encoding": "gzip"})},
		{"legacy-accept-encoding-forwarded", legacyWith("Accept-Encoding"), nil, "", and(map[string]string{"X-Custom": "yes", "Accept-Encoding": "gzip, br"})},
		{"legacy-all-headers", legacyWith(), &edgesim.OriginRequestPolicy{Headers: edgesim.Only("Accept", "Accept-Encoding")}, "",
			and(map[string]string{"X-Custom": "yes", "Accept": "text/html", "Accept-Encoding": "gzip, br"})},
		{"legacy-of-ones-own", legacyWith("Accept"), nil, "", and(map[string]string{"X-Custom": "yes", "Accept": "text/html", "Accept-Encoding": "gzip"})},
		{"user-agent-and-referer", edgesim.CachingDisabled(), edgesim.UserAgentRefererHeaders(), "", map[string]string{"Host": "custom-origin.example.com",
			"Referer": "https://www.example.com/", "User-Agent": "Browser/1", "X-Forwarded-For": "198.51.100.7, 192.0.2.1"}},
		{"cloudfront-headers", edgesim.CachingDisabled(), &edgesim.OriginRequestPolicy{Headers: edgesim.Only("CloudFront-Viewer-Address", "CloudFront-Is-Desktop-Viewer", "CloudFront-Forwarded-Proto", "CloudFront-Viewer-Country")}, "",
			and(map[string]string{"Cloudfront-Viewer-Address": "192.0.2.1:46532", "Cloudfront-Is-Desktop-Viewer": "true", "Cloudfront-Forwarded-Proto": "https"})},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := map[string]string{}
			var query, via string
			o := says(200)
			o.serve = func(_ int64, _ http.ResponseWriter, r *http.Request) {
				query, via = r.URL.RawQuery, r.Header.Get("Via")
				for name, values := range r.Header {
					got[name] = strings.Join(values, "|")
				}
				got["Host"] = r.Host
			}
			w := serving(t, o, tc.policy, func(c *edgesim.Config) { c.Distribution.DefaultBehavior.OriginRequestPolicy = tc.forward })
			get(w.Simulator, "/?a=1&b=2&c=3", viewer...)
			if len(got["X-Amz-Cf-Id"]) != 58 || !strings.HasSuffix(via, ".cloudfront.net (CloudFront)") {
				t.Errorf("got X-Amz-Cf-Id %q, Via %q", got["X-Amz-Cf-Id"], via)
			}
			delete(got, "X-Amz-Cf-Id")
			delete(got, "Via")
			if diff := cmp.Diff(tc.want, got); diff != "" || query != tc.query {
				t.Errorf("query %q, want %q; headers (-want +got):\n%s", query, tc.query, diff)
			}
		})
	}
}

// TestKeyOfAliases: the key has "the domain name of the CloudFront distribution" (understanding-the-cache-key.html), whichever of its
// names the viewer used. Who needs them apart has Host in the cache policy.
func TestKeyOfAliases(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		headers []string
		want    string
	}{{nil, "hit"}, {[]string{"Host"}, "miss"}} {
		p := caching(0, 60, 60)
		p.Headers = test.headers
		w := serving(t, says(200), p, func(c *edgesim.Config) { c.Distribution.Aliases = []string{"example.org", "www.example.org"} })
		for i, host := range []string{"example.org", "www.example.org"} {
			r := httptest.NewRequest("GET", "/", nil)
			r.Host = host
			_, trace := w.Do(r)
			if want := []string{"miss", test.want}[i]; trace.Cache.Result != want {
				t.Errorf("headers %q, %s: %s; want %s", test.headers, host, trace.Cache.Result, want)
			}
		}
	}
}
