package redirect_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// holds reports whether a rule with these conditions redirects r.
func holds(t *testing.T, when, unless redirect.When, languages []string, r *edge.Request) bool {
	t.Helper()
	table := compile(t, redirect.Config{Languages: languages, Index: "index.html", Tolerate: []string{"trigger", "referer"}, Rules: []redirect.Rule{
		{From: "/from", To: "/to", When: when, Unless: unless},
	}})
	_, ok := table.Lookup(r)
	return ok
}

func TestWhen(t *testing.T) {
	fields := func(name, value string) []redirect.Field { return []redirect.Field{{Name: name, Value: value}} }
	tests := []struct {
		name    string
		when    redirect.When
		method  string
		query   string
		headers []string
		want    bool
		reason  string
	}{
		{"method", redirect.When{Method: []string{"GET", "POST"}}, "POST", "", nil, true, "any of them"},
		{"method-head", redirect.When{Method: []string{"GET"}}, "HEAD", "", nil, true, "GET includes HEAD"},
		{"method-other", redirect.When{Method: []string{"GET"}}, "POST", "", nil, false, "not in the list"},
		{"has-query", redirect.When{HasQuery: true}, "GET", "a", nil, true, "not empty"},
		{"has-no-query", redirect.When{HasQuery: true}, "GET", "", nil, false, "empty"},
		{"header", redirect.When{Header: fields("X-A", "b")}, "GET", "", []string{"x-a", "b"}, true, "names have no case"},
		{"header-second", redirect.When{Header: fields("X-A", "b")}, "GET", "", []string{"X-A", "a", "X-A", "b"}, true, "any field of the name"},
		{"header-value", redirect.When{Header: fields("X-A", "b")}, "GET", "", []string{"X-A", "B"}, false, "values have case"},
		{"header-prefix", redirect.When{Header: fields("X-A", "b*")}, "GET", "", []string{"X-A", "bc"}, true, "begins so"},
		{"header-any", redirect.When{Header: fields("X-A", "")}, "GET", "", []string{"X-A", ""}, true, "any value"},
		{"header-absent", redirect.When{Header: fields("X-A", "")}, "GET", "", nil, false, "absent"},
		{"cookie", redirect.When{Cookie: fields("a", "b")}, "GET", "", []string{"Cookie", "x=y; a=b;z"}, true, "one of several"},
		{"cookie-fields", redirect.When{Cookie: fields("a", "b")}, "GET", "", []string{"Cookie", "x=y", "Cookie", "a=b"}, true, "HTTP/2 splits them"},
		{"cookie-part", redirect.When{Cookie: fields("a", "b")}, "GET", "", []string{"Cookie", "aa=b; a=bb"}, false, "names and values are whole"},
		{"cookie-any", redirect.When{Cookie: fields("a", "")}, "GET", "", []string{"Cookie", "a=b"}, true, "any value"},
		{"query", redirect.When{Query: fields("a", "b c")}, "GET", "x&a=b+c", nil, true, "compared decoded"},
		{"query-escaped", redirect.When{Query: fields("a", "b c")}, "GET", "%61=b%20c", nil, true, "compared decoded"},
		{"query-first", redirect.When{Query: fields("a", "b")}, "GET", "a=c&a=b", nil, false, "the first of a name counts"},
		{"query-any", redirect.When{Query: fields("a", "")}, "GET", "a", nil, true, "any value"},
		{"query-absent", redirect.When{Query: fields("a", "")}, "GET", "ab=a", nil, false, "absent"},
		{"all", redirect.When{HasQuery: true, Cookie: fields("a", "")}, "GET", "x", nil, false, "all conditions must hold"},
		{"country", redirect.When{Country: []string{"DE", "AT"}}, "GET", "", []string{"CloudFront-Viewer-Country", "AT"}, true, "any of them"},
		{"country-other", redirect.When{Country: []string{"DE"}}, "GET", "", []string{"CloudFront-Viewer-Country", "FR"}, false, "not in the list"},
		{"country-unknown", redirect.When{Country: []string{"DE"}}, "GET", "", nil, false, "not known"},
		{"nothing", redirect.When{}, "GET", "", nil, true, "no condition"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request("/from", tt.query, tt.headers...)
			r.Method = tt.method
			r.Config.Trigger = edge.OriginRequest
			if got := holds(t, tt.when, redirect.When{}, nil, r); got != tt.want {
				t.Errorf("When: got %v; want %v (%s)", got, tt.want, tt.reason)
			}
			if tt.name == "nothing" || tt.name == "country-unknown" {
				return // a zero Unless holds for nothing; what is not known redirects nobody
			}
			if got := holds(t, redirect.When{}, tt.when, nil, r); got == tt.want {
				t.Errorf("Unless: got %v; want %v (%s)", got, !tt.want, tt.reason)
			}
		})
	}
}

// TestForgedCountry: before the cache, CloudFront's headers are whatever the viewer
// has sent.
func TestForgedCountry(t *testing.T) {
	r := request("/from", "", "CloudFront-Viewer-Country", "DE")
	for _, unless := range []bool{false, true} {
		var conditions [2]redirect.When
		conditions[0].Country = []string{"DE"}
		if unless {
			conditions[0], conditions[1] = conditions[1], conditions[0]
		}
		if holds(t, conditions[0], conditions[1], nil, r) {
			t.Errorf("a viewer-request with a country of its own is redirected (unless: %v)", unless)
		}
	}
}

func TestReferer(t *testing.T) {
	const self = "https://" + domain
	tests := []struct {
		name, want, referer string
		holds               bool
		reason              string
	}{
		{"host", "example.com", "https://example.com/a", true, "any page of the host"},
		{"host-http", "example.com", "http://example.com/a", true, "any scheme of the web"},
		{"host-port", "example.com", "https://example.com:8443/a", true, "any port"},
		{"host-case", "example.com", "HTTPS://EXAMPLE.com/a", true, "no case"},
		{"host-bare", "example.com", "https://example.com", true, "only the origin: strict-origin policies"},
		{"host-query", "example.com", "https://example.com?x", true, "the host ends there"},
		{"host-sub", "example.com", "https://www.example.com/", false, "another host"},
		{"host-suffix", "example.com", "https://badexample.com/", false, "another host"},
		{"host-prefix", "example.com", "https://example.com.evil.example/", false, "another host"},
		{"host-in-path", "example.com", "https://evil.example/example.com", false, "another host"},
		{"host-in-query", "example.com", "https://evil.example/?https://example.com/", false, "another host"},
		{"host-in-user", "example.com", "https://example.com@evil.example/", false, "the host is evil.example"},
		{"host-in-backslash", "example.com", `https://evil.example\@example.com/`, false, "browsers end the host there"},
		{"wildcard", "*.example.com", "https://a.b.example.com/", true, "below it"},
		{"wildcard-self", "*.example.com", "https://example.com/", false, "not below it"},
		{"wildcard-suffix", "*.example.com", "https://badexample.com/", false, "not below it"},
		{"dot", ".example.com", "https://example.com/", true, "itself"},
		{"dot-below", ".example.com", "https://www.example.com/", true, "below it"},
		{"dot-suffix", ".example.com", "https://badexample.com/", false, "another host"},
		{"tail", "www.example.*", "https://www.example.org/", true, "any end"},
		{"tail-two", "www.example.*", "https://www.example.co.uk/", true, "any end"},
		{"tail-none", "www.example.*", "https://www.example/", false, "no end"},
		{"tail-other", "www.example.*", "https://www.examples.org/", false, "another host"},
		{"path", "example.com/a", "https://example.com/a?x#y", true, "the page"},
		{"path-other", "example.com/a", "https://example.com/ab", false, "another page"},
		{"path-prefix", "example.com/a/*", "https://example.com/a/b/c", true, "begins so"},
		{"path-prefix-other", "example.com/a/*", "https://example.com/a", false, "does not begin so"},
		{"path-wildcard", "*.example.com/a", "https://www.example.com/a", true, "both"},
		{"path-escapes", "example.com/%7Ea", "https://example.com/~a", true, "in normal form"},
		{"path-in-query", "example.com/a", "https://example.com/?/a", false, "the path is /"},
		{"self", "self", self + "/a", true, "the Host header's"},
		{"self-other", "self", "https://example.com/", false, "another host"},
		{"page", "/a", self + "/a", true, "this site's page"},
		{"page-index", "/a/", self + "/a/index.html", true, "the same page"},
		{"page-index-other-way", "/a/index.html", self + "/a/", true, "the same page"},
		{"page-other-site", "/a", "https://example.com/a", false, "another site's page"},
		{"page-prefix", "/a/*", self + "/a/b", true, "begins so"},
		{"self-path", "self/a", self + "/a", true, "in full"},
		{"none", "none", "", true, "absent"},
		{"none-present", "none", "https://example.com/", false, "present"},
		{"blocked", "blocked", "XXXX", true, "made unreadable"},
		{"blocked-scheme", "blocked", "android-app://com.example/", true, "not a page"},
		{"blocked-no-host", "blocked", "https:///a", true, "not a page"},
		{"blocked-none", "blocked", "", false, "absent is not blocked"},
		{"blocked-page", "blocked", "https://example.com/", false, "a page"},
		{"absent", "example.com", "", false, "absent is no host"},
		{"unreadable", "example.com", "example.com", false, "not a URL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request("/from", "")
			if tt.referer != "" {
				r.Header.Set("Referer", tt.referer)
			}
			list := redirect.When{Referer: []string{"first.example", tt.want}}
			if got := holds(t, list, redirect.When{}, nil, r); got != tt.holds {
				t.Errorf("When Referer %q for %q: got %v; want %v (%s)", tt.want, tt.referer, got, tt.holds, tt.reason)
			}
			// Unless is the contrary, but never for a request without a Referer.
			want := !tt.holds && tt.referer != ""
			if got := holds(t, redirect.When{}, list, nil, r); got != want {
				t.Errorf("Unless Referer %q for %q: got %v; want %v (%s)", tt.want, tt.referer, got, want, tt.reason)
			}
		})
	}
}

// TestHostReferer: at the origin triggers and behind aliases, self is both names of
// the site.
func TestHostReferer(t *testing.T) {
	when := redirect.When{Referer: []string{"self"}}
	r := request("/from", "", "Referer", "https://www.example.com/")
	r.Header.Set("Host", "www.example.com")
	if !holds(t, when, redirect.When{}, nil, r) {
		t.Error("the Host header's host is not self")
	}
	r.Header.Set("Referer", "https://"+domain+"/")
	if !holds(t, when, redirect.When{}, nil, r) {
		t.Error("the distribution's domain is not self")
	}
}

func TestLanguage(t *testing.T) {
	site := []string{"en", "fr", "de-CH", "zh-Hant"}
	tests := []struct {
		name   string
		accept string
		site   []string
		list   string
		want   bool
		reason string
	}{
		{"first", "fr, en;q=0.5", nil, "fr", true, "the first choice"},
		{"second", "fr, en;q=0.5", nil, "en", false, "only the first choice counts"},
		{"quality", "en;q=0.5, fr", nil, "fr", true, "the highest quality is first"},
		{"order", "fr;q=0.8, en;q=0.8", nil, "fr", true, "in order where equal"},
		{"region", "fr-CH", nil, "fr", true, "shortened from its end"},
		{"more-special", "fr", nil, "fr-CH", false, "never lengthened"},
		{"case", "FR-ch", nil, "fr-CH", true, "no case"},
		{"absent", "", nil, "fr", false, "no choice"},
		{"wildcard", "*", nil, "fr", false, "no choice"},
		{"zero", "fr;q=0, en;q=0.1", nil, "fr", false, "quality 0 is a no"},
		{"garbage", "fr;q=x, ;;, en;q=2,de", nil, "de", true, "what is not a range is left out"},
		{"site", "es, fr;q=0.5", site, "fr", true, "the best that there is"},
		{"site-not-best", "en, fr;q=0.9", site, "fr", false, "there is a better one"},
		{"site-default", "es", site, "en", true, "the default"},
		{"site-absent", "", site, "en", true, "the default"},
		{"site-region", "de-AT, fr;q=0.1", site, "fr", true, "de-AT is not de-CH"},
		{"site-truncate", "zh-Hant-CN-x-private1", site, "zh-Hant", true, "RFC 4647, section 3.4"},
		{"site-zero", "fr;q=0", site, "fr", false, "quality 0 is a no"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request("/from", "")
			if tt.accept != "" {
				r.Header.Set("Accept-Language", tt.accept)
			}
			if got := holds(t, redirect.When{Language: []string{tt.list}}, redirect.When{}, tt.site, r); got != tt.want {
				t.Errorf("Language %q for %q: got %v; want %v (%s)", tt.list, tt.accept, got, tt.want, tt.reason)
			}
		})
	}
}

func TestQueryCaptures(t *testing.T) {
	table := compile(t, redirect.Config{Rules: []redirect.Rule{
		{From: "/store", To: "/blog/:id", Query: redirect.Drop, When: redirect.When{Query: []redirect.Field{{Name: "id", Value: ":id"}}}},
		{From: "/find/*", To: "/search?q=:q&in=:splat#:q", Query: redirect.Drop, When: redirect.When{Query: []redirect.Field{{Name: "query", Value: ":q"}}}},
	}})
	tests := []struct{ name, target, want, reason string }{
		{"path", "/store?id=x", "302 /blog/x", "a value in a path"},
		{"plus", "/store?id=a+b", "302 /blog/a%20b", "a plus sign is a space, in a query only"},
		{"slash", "/store?id=a/b", "302 /blog/a%2Fb", "stays one segment"},
		{"backslash", `/store?id=a\b`, "302 /blog/a%5Cb", "stays one segment"},
		{"question", "/store?id=a?b", "302 /blog/a%3Fb", "stays in the path"},
		{"up", "/store?id=..", "", "would step up"},
		{"up-escaped", "/store?id=%2E.", "", "would step up"},
		{"escaped", "/store?id=%2F%2e%zz", "302 /blog/%2F%2e%zz", "escapes stay as they are"},
		{"empty", "/store?id=", "302 /blog/", "empty"},
		{"name", "/store?id=:id", "302 /blog/:id", "not expanded again"},
		{"in-query", "/find/a&b=c+d?query=x+y%26z", "302 /search?q=x+y%26z&in=a%26b%3Dc%2Bd#x%20y%26z", "each as its place needs it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := where(table, request(tt.target, "")); got != tt.want {
				t.Errorf("%s: got %q; want %q (%s)", tt.target, got, tt.want, tt.reason)
			}
		})
	}
}
