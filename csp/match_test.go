package csp_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
)

const page = "https://page.example"

// A matchTest asks whether a source list lets a URL be loaded by page.
type matchTest struct {
	name   string
	clause string // of the draft
	list   string
	url    string
	want   bool
}

func TestAllowsURL(t *testing.T) {
	t.Parallel()
	tests := []matchTest{
		// 6.7.2.7, source lists.
		{"empty-list", "6.7.2.7.2", "", "https://a.example/", false},
		{"none", "6.7.2.7.3", "'none'", "https://a.example/", false},
		{"none-any-case", "6.7.2.7.3", "'NoNe'", "https://a.example/", false},
		{"none-beside-others", "6.7.2.7.3", "'none' https://a.example", "https://a.example/", true},
		{"second-of-two", "6.7.2.7.4", "b.example a.example", "https://a.example/", true},
		{"neither-of-two", "6.7.2.7.5", "b.example c.example", "https://a.example/", false},

		// 6.7.2.8.1, the wildcard.
		{"star-https", "6.7.2.8.1.1", "*", "https://a.example/x", true},
		{"star-http", "6.7.2.8.1.1", "*", "http://a.example:8080/x", true},
		{"star-ip", "6.7.2.8.1.1", "*", "https://10.0.0.1/", true},
		{"star-data", "6.7.2.8.1", "*", "data:,x", false},
		{"star-blob", "6.7.2.8.1", "*", "blob:https://page.example/1", false},
		{"star-custom", "6.7.2.8.1", "*", "custom-scheme-1://x", false},
		{"star-and-custom", "6.7.2.8.1", "* custom-scheme-1:", "custom-scheme-1://x", true},
		{"star-file", "6.7.2.8.1", "*", "file:///x", false},

		// 6.7.2.8.2, scheme-source, and 6.7.2.9.
		{"scheme", "6.7.2.8.2.2", "data:", "data:,x", true},
		{"scheme-any-case", "6.7.2.9.1.1", "DATA:", "data:,x", true},
		{"scheme-url-any-case", "6.7.2.9.1.1", "https:", "HTTPS://A.example/", true},
		{"scheme-other", "6.7.2.9.2", "data:", "blob:x", false},
		{"https-scheme", "6.7.2.9.1.1", "https:", "https://10.0.0.1:8443/", true},
		{"https-scheme-http-url", "6.7.2.9", "https:", "http://a.example/", false},
		{"http-scheme-https-url", "6.7.2.9.1.2", "http:", "https://a.example/", true},
		{"http-scheme-odd-port", "6.7.2.9.1.2", "http:", "https://a.example:8443/", true},
		{"ws-scheme-wss-url", "6.7.2.9.1.3", "ws:", "wss://a.example/", true},
		{"wss-scheme-ws-url", "6.7.2.9", "wss:", "ws://a.example/", false},
		{"http-scheme-ws-url", "6.7.2.9", "http:", "ws://a.example/", false},
		{"https-scheme-wss-url", "6.7.2.9", "https:", "wss://a.example/", false},
		{"scheme-prefix", "6.7.2.9", "http:", "httpx://a.example/", false},

		// 6.7.2.8.3, host-source.
		{"host", "6.7.2.8.3.7", "a.example", "https://a.example/", true},
		{"host-null", "6.7.2.8.3.1", "https://a.example", "https:", false},
		{"host-data", "6.7.2.8.3.1", "data://a.example", "data:a.example", false},
		{"host-schemeless-http-url", "6.7.2.8.3.2", "a.example", "http://a.example/", false},
		{"host-schemeless-wss-url", "6.7.2.8.3.2", "a.example", "wss://a.example/", false},
		{"host-scheme", "6.7.2.8.2.1", "https://a.example", "https://a.example/", true},
		{"host-scheme-http-url", "6.7.2.8.2.1", "https://a.example", "http://a.example/", false},
		{"host-http-https-url", "6.7.2.8.2.1", "http://a.example", "https://a.example/", true},
		{"host-any-case", "6.7.2.10.4", "A.Example", "https://a.eXAMPLE/", true},
		{"host-other", "6.7.2.10.4", "a.example", "https://b.example/", false},
		{"host-subdomain", "6.7.2.10.4", "a.example", "https://x.a.example/", false},
		{"host-superdomain", "6.7.2.10.4", "x.a.example", "https://a.example/", false},
		{"host-trailing-dot-source", "6.7.2.10.4", "a.example.", "https://a.example/", false},
		{"host-trailing-dot-both", "6.7.2.10.4", "a.example.", "https://a.example./", true},
		{"host-userinfo", "6.7.2.10.4", "a.example", "https://a.example@b.example/", false},
		{"host-userinfo-at", "6.7.2.10.4", "b.example", "https://a.example:x@y@b.example/", true},
		{"wild-subdomain", "6.7.2.10.3.2", "*.a.example", "https://x.a.example/", true},
		{"wild-deep", "6.7.2.10.3.2", "*.a.example", "https://y.x.A.example/", true},
		{"wild-itself", "6.7.2.10.3.3", "*.a.example", "https://a.example/", false},
		{"wild-suffix-without-dot", "6.7.2.10.3.3", "*.a.example", "https://xa.example/", false},
		{"wild-any-host", "6.7.2.10.2", "https://*", "https://a.example/", true},
		{"wild-any-host-not-ip", "6.7.2.10.1", "https://*", "https://10.0.0.1/", true},
		{"wild-any-host-not-ip6", "6.7.2.10.1", "https://*", "https://[::1]/", true},
		{"wild-any-host-port", "6.7.2.11", "*:8443", "https://a.example:8443/", true},

		// 6.7.2.11, ports.
		{"port-none-default", "6.7.2.11.4", "a.example", "https://a.example:443/", true},
		{"port-none-odd", "6.7.2.11.6", "a.example", "https://a.example:8443/", false},
		{"port-star", "6.7.2.11.2", "a.example:*", "https://a.example:8443/", true},
		{"port-star-default", "6.7.2.11.2", "a.example:*", "https://a.example/", true},
		{"port-star-http-to-https", "6.7.2.11.2", "http://a.example:*", "https://a.example:8443/", true},
		{"port-equal", "6.7.2.11.4", "a.example:8443", "https://a.example:8443/", true},
		{"port-other", "6.7.2.11.6", "a.example:8443", "https://a.example:8444/", false},
		{"port-443", "6.7.2.11.5.2", "a.example:443", "https://a.example/", true},
		{"port-80-http", "6.7.2.11.5.2", "http://a.example:80", "http://a.example/", true},
		{"port-80-https", "6.7.2.11.6", "https://a.example:80", "https://a.example/", false},
		{"port-443-http", "6.7.2.11.6", "http://a.example:443", "http://a.example/", false},
		{"port-leading-zeros", "6.7.2.11.3", "a.example:0008443", "https://a.example:8443/", true},
		{"port-too-large", "6.7.2.11.3", "a.example:65979", "https://a.example:443/", false},
		{"port-url-too-large", "URL", "a.example:*", "https://a.example:65536/", false},
		{"port-wss", "6.7.2.11.5.2", "wss://a.example:443", "wss://a.example/", true},
		{"port-ws", "6.7.2.11.5.2", "ws://a.example:80", "ws://a.example/", true},
		{"port-ftp", "6.7.2.11.5.2", "ftp://a.example:21", "ftp://a.example/", true},

		// 6.7.2.12, paths.
		{"path-root", "6.7.2.12", "a.example/", "https://a.example/x/y", true},
		{"path-root-empty", "6.7.2.12.2", "a.example/", "https://a.example", true},
		{"path-exact", "6.7.2.12.9", "a.example/x", "https://a.example/x", true},
		{"path-exact-query", "6.7.2.12.9", "a.example/x", "https://a.example/x?y=/z", true},
		{"path-exact-fragment", "6.7.2.12.9", "a.example/x", "https://a.example/x#y", true},
		{"path-exact-below", "6.7.2.12.6", "a.example/x", "https://a.example/x/y", false},
		{"path-exact-slash", "6.7.2.12.6", "a.example/x", "https://a.example/x/", false},
		{"path-case", "6.7.2.12.8.4", "a.example/x", "https://a.example/X", false},
		{"path-directory", "6.7.2.12.9", "a.example/x/", "https://a.example/x/y/z", true},
		{"path-directory-itself", "6.7.2.12.9", "a.example/x/", "https://a.example/x/", true},
		{"path-directory-no-slash", "6.7.2.12.5", "a.example/x/", "https://a.example/x", false},
		{"path-directory-prefix", "6.7.2.12.8.4", "a.example/x/", "https://a.example/xy/", false},
		{"path-longer", "6.7.2.12.5", "a.example/x/y", "https://a.example/x", false},
		{"path-decoded-source", "6.7.2.12.8.2", "a.example/%78", "https://a.example/x", true},
		{"path-decoded-url", "6.7.2.12.8.3", "a.example/x", "https://a.example/%78", true},
		{"path-decoded-slash", "6.7.2.12.8", "a.example/x/y", "https://a.example/x%2Fy", true},
		{"path-decoded-slash-both", "6.7.2.12.8", "a.example/x%2fy", "https://a.example/x%2Fy", true},
		{"path-utf8", "6.7.2.12.8", "a.example/%C3%BC", "https://a.example/\u00fc", true},
		{"path-bad-escape", "6.7.2.12.8", "a.example/x", "https://a.example/%7", false},
		{"path-dots", "URL", "a.example/x/", "https://a.example/x/../y", false},
		{"path-dots-encoded", "URL", "a.example/x/", "https://a.example/x/%2E%2e/y", false},
		{"path-dots-end", "URL", "a.example/x/", "https://a.example/x/y/..", true},
		{"path-dot", "URL", "a.example/x/y", "https://a.example/./x/./y", true},
		{"path-dots-above-root", "URL", "a.example/x", "https://a.example/../../x", true},
		{"path-backslash", "URL", "a.example/x/", `https:\\a.example\x\y`, true},

		// 6.7.2.8.4, 'self'.
		{"self", "6.7.2.8.4.1", "'self'", "https://page.example/x", true},
		{"self-any-case", "6.7.2.8.4", "'SELF'", "https://PAGE.example/x", true},
		{"self-port", "6.7.2.8.4", "'self'", "https://page.example:8443/x", false},
		{"self-default-port", "6.7.2.8.4.1", "'self'", "https://page.example:443/x", true},
		{"self-subdomain", "6.7.2.8.4", "'self'", "https://x.page.example/x", false},
		{"self-wss", "6.7.2.8.4.2.1", "'self'", "wss://page.example/x", true},
		{"self-ws", "6.7.2.8.4.2.2", "'self'", "ws://page.example/x", false},
		{"self-http", "6.7.2.8.4.2.2", "'self'", "http://page.example/x", false},
		{"self-data", "6.7.2.8.4", "'self'", "data:,x", false},
		{"self-unquoted-is-a-host", "2.3.1", "self", "https://page.example/", false},
		{"self-unquoted-host", "2.3.1", "self", "https://self/", true},

		// 6.7.2.8.5 and the grammar of 2.3.1: what is no source matches nothing.
		{"keyword-is-no-url", "6.7.2.8.5", "'unsafe-inline' 'strict-dynamic'", "https://a.example/", false},
		{"nonce-is-no-url", "6.7.2.8.5", "'nonce-abc'", "https://a.example/", false},
		{"grammar-query", "2.3.1", "a.example/x?y", "https://a.example/x?y", true},
		{"grammar-fragment", "2.3.1", "a.example/x#y", "https://a.example/x", true},
		{"grammar-double-slash", "2.3.1", "a.example//x", "https://a.example//x", false},
		{"grammar-later-double-slash", "2.3.1", "a.example/x//y", "https://a.example/x//y", true},
		{"grammar-underscore", "2.3.1", "a_b.example", "https://a_b.example/", false},
		{"grammar-star-inside", "2.3.1", "a.*.example", "https://a.x.example/", false},
		{"grammar-star-prefix", "2.3.1", "*a.example", "https://xa.example/", false},
		{"grammar-star-dot", "2.3.1", "*.", "https://a.example/", false},
		{"grammar-empty-port", "2.3.1", "a.example:", "https://a.example/", false},
		{"grammar-empty-label", "2.3.1", "a..example", "https://a.example/", false},
		{"grammar-leading-dot", "2.3.1", ".a.example", "https://x.a.example/", false},
		{"grammar-userinfo", "2.3.1", "https://u@a.example", "https://a.example/", false},
		{"grammar-scheme-one-slash", "2.3.1", "https:/a.example", "https://a.example/", false},
		{"grammar-path-only", "2.3.1", "/x", "https://page.example/x", false},
		{"grammar-localhost-port", "2.3.1", "localhost:8080", "https://localhost:8080/", true},
		{"grammar-sub-delims", "2.3.1", "a.example/(x)!*'", "https://a.example/(x)!*'", true},

		// URLs that are none.
		{"url-relative", "URL", "*", "/x", false},
		{"url-empty", "URL", "*", "", false},
		{"url-no-host", "URL", "https://*", "https:///", false},
		{"url-bad-port", "URL", "https:", "https://a.example:x/", false},
		{"url-spaces-around", "URL", "a.example", " \n https://a.example/ ", true},
		{"url-tab-inside", "URL", "a.example", "ht\ttps://a.ex\nample/", true},
		{"url-many-slashes", "URL", "a.example", "https://///a.example/", true},
		{"url-bad-host", "URL", "https:", "https://a b/", false},
		{"url-encoded-host", "URL", "a.example", "https://%61.ex%41mple/", true},
		{"url-encoded-slash-in-host", "URL", "https:", "https://a%2fb.example/", false},
		{"url-international-host", "URL", "https:", "https://b\u00fccher.example/", true},
		{"url-international-subdomain", "URL", "*.example", "https://b\u00fccher.example/", true},
		{"url-bad-ipv4", "URL", "https:", "https://1.2.3.256/", false},
	}
	runMatchTests(t, tests, page)
}

func TestAllowsURLOfHTTPPage(t *testing.T) {
	t.Parallel()
	runMatchTests(t, []matchTest{
		{"schemeless-http", "6.7.2.8.3.2", "a.example", "http://a.example/", true},
		{"schemeless-https", "6.7.2.8.3.2", "a.example", "https://a.example/", true},
		{"schemeless-ws", "6.7.2.8.3.2", "a.example", "ws://a.example/", false},
		{"self-http", "6.7.2.8.4.1", "'self'", "http://page.example/", true},
		{"self-https", "6.7.2.8.4.2.1", "'self'", "https://page.example/", true},
		{"self-ws", "6.7.2.8.4.2.2", "'self'", "ws://page.example/", true},
		{"self-wss", "6.7.2.8.4.2.1", "'self'", "wss://page.example/", true},
		{"self-ftp", "6.7.2.8.4.2", "'self'", "ftp://page.example/", false},
		{"self-odd-port", "6.7.2.8.4.2", "'self'", "https://page.example:8443/", false},
	}, "http://page.example")
}

func TestAllowsURLOfOtherPages(t *testing.T) {
	t.Parallel()
	runMatchTests(t, []matchTest{
		{"self-of-opaque", "6.7.2.8.4", "'self'", "https://page.example/", false},
		{"schemeless-of-opaque", "6.7.2.8.3.2", "a.example", "https://a.example/", false},
		{"scheme-of-opaque", "6.7.2.8.2.1", "https://a.example", "https://a.example/", true},
		{"star-of-opaque", "6.7.2.8.1.1", "*", "https://a.example/", true},
	}, "null")
	runMatchTests(t, []matchTest{
		{"self-with-port", "6.7.2.8.4.1", "'self'", "http://localhost:8080/x", true},
		{"self-with-port-upgraded", "6.7.2.8.4.2.1", "'self'", "https://localhost:8080/x", true},
		{"self-with-port-wss", "6.7.2.8.4.2.1", "'self'", "wss://localhost:8080/x", true},
		{"self-with-port-default", "6.7.2.8.4.2", "'self'", "https://localhost/x", false},
	}, "http://localhost:8080")
	runMatchTests(t, []matchTest{
		{"star-own-scheme", "6.7.2.8.1.2", "*", "app://x/y", true},
		{"self-own-scheme", "6.7.2.8.4.1", "'self'", "https://x/", true}, // same host, https: 4.2.1
	}, "app://x")
}

func runMatchTests(t *testing.T, tests []matchTest, origin string) {
	t.Helper()
	seen := map[string]bool{}
	for _, tt := range tests {
		if seen[tt.name] {
			t.Fatalf("two tests have the name %q", tt.name)
		}
		seen[tt.name] = true
		p, _ := csp.Parse("img-src " + tt.list)
		if got := p.Allows("img-src", tt.url, origin); got != tt.want {
			t.Errorf("%s (%s): img-src %s, URL %q of %s: got %v; want %v", tt.name, tt.clause, tt.list, tt.url, origin, got, tt.want)
		}
	}
}
