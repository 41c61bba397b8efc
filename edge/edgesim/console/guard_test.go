package console_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

func TestGuard(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, method, path, host string
		header                   map[string]string
		want                     int
		reason                   string
	}{
		{"page", "GET", "/", "localhost:8081", nil, 200, "the console's own address"},
		{"page-ipv4", "GET", "/", "127.0.0.1:8081", nil, 200, "the same by number"},
		{"page-ipv6", "GET", "/", "[::1]:8081", nil, 200, "the same by number"},
		{"page-capitals", "GET", "/", "LocalHost:8081", nil, 200, "host names have no case"},
		{"page-typed", "GET", "/", "localhost:8081", map[string]string{"Sec-Fetch-Site": "none"}, 200, "an address that was typed"},
		{"rebinding", "GET", "/", "evil.example:8081", nil, 403, "DNS rebinding: the attacker's name with this machine's address"},
		{"rebinding-call", "POST", "/api/clear", "evil.example:8081", map[string]string{"Origin": "http://evil.example:8081"}, 403, "its own origin there"},
		{"host-prefix", "GET", "/", "localhost.evil.example", nil, 403, "a name that only begins so"},
		{"host-suffix", "GET", "/", "evil-localhost", nil, 403, "a name that only ends so"},
		{"host-number", "GET", "/", "192.0.2.1:8081", nil, 403, "another machine's number"},
		{"host-empty", "GET", "/", "", nil, 403, "HTTP/1.0 has no Host"},
		{"read-cross-origin", "GET", "/api/stream", "localhost:8081", map[string]string{"Origin": "https://evil.example"}, 403, "a fetch with CORS"},
		{"read-cross-site", "GET", "/api/trace?id=x", "localhost:8081", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403, "a script element"},
		{"read-other-port", "GET", "/api/stream", "localhost:8081", map[string]string{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403, "the demo's own page is another site"},
		{"link", "GET", "/", "localhost:8081", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200, "a link to the console"},
		{"frame", "GET", "/", "localhost:8081", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403, "a frame around it"},
		{"link-to-data", "GET", "/api/trace?id=x", "localhost:8081", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 403, "a link past the page"},
		{"call-no-origin", "POST", "/api/clear", "localhost:8081", nil, 403, "browsers always send one"},
		{"call-null-origin", "POST", "/api/clear", "localhost:8081", map[string]string{"Origin": "null"}, 403, "a sandboxed frame"},
		{"call-other-origin", "POST", "/api/clear", "localhost:8081", map[string]string{"Origin": "https://evil.example"}, 403, "CSRF"},
		{"call-other-port", "POST", "/api/clear", "localhost:8081", map[string]string{"Origin": "http://localhost:8080"}, 403, "CSRF from the demo's page"},
		{"call-other-name", "POST", "/api/clear", "localhost:8081", map[string]string{"Origin": "http://127.0.0.1:8081"}, 403, "another origin in a browser's eyes"},
		{"call-other-site", "POST", "/api/clear", "localhost:8081", map[string]string{"Origin": own, "Sec-Fetch-Site": "cross-site"}, 403, "the two disagree"},
		{"call-form", "POST", "/api/clear", "localhost:8081", map[string]string{"Origin": own, "Content-Type": "text/plain"}, 415, "a form's type"},
		{"call", "POST", "/api/clear", "localhost:8081", map[string]string{"Origin": own, "Content-Type": "application/json"}, 200, "the page's own"},
		{"method", "PUT", "/api/clear", "localhost:8081", map[string]string{"Origin": own}, 405, "no such call"},
		{"call-by-get", "GET", "/api/clear", "localhost:8081", nil, 404, "nothing changes by a GET"},
	}
	b := newBench(t, &console.Console{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, test.path, strings.NewReader("{}"))
			r.Host = test.host
			for name, value := range test.header {
				r.Header.Set(name, value)
			}
			if test.path == "/api/stream" && test.want == 200 {
				t.Fatal("a stream does not end")
			}
			if got, body := b.ask(r); got != test.want {
				t.Errorf("got %d, want %d (%s): %s", got, test.want, test.reason, body)
			}
		})
	}
}

func TestPageHeaders(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	for _, path := range []string{"/", "/app.js", "/api/trace?id=x"} {
		w := httptest.NewRecorder()
		b.handler.ServeHTTP(w, httptest.NewRequest("GET", own+path, nil))
		for name, want := range map[string]string{
			csp.HeaderName: console.Policy().String(), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s: got %q, want %q", path, name, got, want)
			}
		}
	}
}

// The policy is held to what it must not allow, by package csp itself.
func TestPolicy(t *testing.T) {
	t.Parallel()
	p := console.Policy()
	page := own + "/"
	for _, url := range []string{own + "/app.js", own + "/base.css"} {
		if !p.Allows("script-src", url, page) || !p.Allows("style-src", url, page) {
			t.Errorf("the page's own %s is blocked", url)
		}
	}
	for _, url := range []string{"https://evil.example/x.js", "http://localhost:8080/x.js", "data:text/javascript,1"} {
		for _, directive := range []string{"script-src", "style-src", "connect-src", "img-src", "frame-src"} {
			if p.Allows(directive, url, page) {
				t.Errorf("%s allows %s", directive, url)
			}
		}
	}
	if p.AllowsEval() || p.AllowsFrameAncestor(page, page) || p.AllowsInline(csp.Inline{Kind: csp.InlineScript}) {
		t.Error("eval, a frame around the page, or inline code is allowed")
	}
}
