package edgesim_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestAdmission holds what CloudFront refuses before any function runs.
func TestAdmission(t *testing.T) {
	t.Parallel()
	all := []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
	tests := []struct {
		name, method, target, body string
		headers                    []string
		behavior                   edgesim.Behavior
		status                     int
		reason                     string
	}{
		{"get", "GET", "/", "", nil, edgesim.Behavior{}, 200, ""},
		{"method-not-allowed", "POST", "/", "x", nil, edgesim.Behavior{}, 403, "http-403-invalid-method.html"},
		{"unknown-method", "BREW", "/", "", nil, edgesim.Behavior{AllowedMethods: all}, 403, "http-403-invalid-method.html"},
		{"trace", "TRACE", "/", "", nil, edgesim.Behavior{AllowedMethods: all}, 403, "http-403-invalid-method.html"},
		{"post", "POST", "/", "x", nil, edgesim.Behavior{AllowedMethods: all}, 200, ""},
		{"get-with-body", "GET", "/", "x", nil, edgesim.Behavior{}, 403, "RequestAndResponseBehaviorCustomOrigin.html"},
		{"body-too-long", "POST", "/", strings.Repeat("x", 101), nil, edgesim.Behavior{AllowedMethods: all}, 413, "the quota, here 100 bytes"},
		{"bad-escape", "GET", "/a%zz", "", nil, edgesim.Behavior{}, 400, "RFC 3986 section 2.1"},
		{"cut-escape", "GET", "/a%4", "", nil, edgesim.Behavior{}, 400, "RFC 3986 section 2.1"},
		{"bad-escape-in-query", "GET", "/?a=%zz", "", nil, edgesim.Behavior{}, 200, "a query string is passed on as it is"},
		{"long-url", "GET", "/" + strings.Repeat("x", 8191), "", nil, edgesim.Behavior{}, 200, "8,192 bytes"},
		{"longer-url", "GET", "/" + strings.Repeat("x", 8192), "", nil, edgesim.Behavior{}, 414, "cloudfront-limits.html"},
		{"large-headers", "GET", "/", "", []string{"X-A", strings.Repeat("x", 33000)}, edgesim.Behavior{}, 494, "cloudfront-limits.html"},
		{"absolute-form", "GET", "http://localhost:8080/a?b", "", nil, edgesim.Behavior{}, 200, "RFC 9112 section 3.2.2"},
		{"asterisk-form", "OPTIONS", "*", "", nil, edgesim.Behavior{AllowedMethods: all}, 400, "no path"},
		{"https-only", "GET", "/", "", []string{"X-Mock-CloudFront-Forwarded-Proto", "http"}, edgesim.Behavior{ViewerProtocol: edgesim.HTTPSOnly}, 403, "using-https-viewers-to-cloudfront.html"},
		{"redirect", "GET", "/a?b=%20", "", []string{"X-Mock-CloudFront-Forwarded-Proto", "http"}, edgesim.Behavior{ViewerProtocol: edgesim.RedirectToHTTPS}, 301, "the same page"},
		{"redirect-post", "POST", "/", "", []string{"X-Mock-CloudFront-Forwarded-Proto", "http"}, edgesim.Behavior{ViewerProtocol: edgesim.RedirectToHTTPS, AllowedMethods: all}, 307, "the same page"},
		{"redirect-not-needed", "GET", "/", "", nil, edgesim.Behavior{ViewerProtocol: edgesim.RedirectToHTTPS}, 200, "local viewers count as https"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, says(200), caching(0, 60, 600), func(c *edgesim.Config) {
				tc.behavior.Origin, tc.behavior.CachePolicy = c.Distribution.DefaultBehavior.Origin, c.Distribution.DefaultBehavior.CachePolicy
				c.Distribution.DefaultBehavior = tc.behavior
				c.MaxRequestBody = 100
			})
			var content io.Reader
			if tc.body != "" {
				content = strings.NewReader(tc.body)
			}
			r := httptest.NewRequest(tc.method, "/", content)
			r.RequestURI, r.Host = tc.target, "localhost:8080"
			for i := 0; i < len(tc.headers); i += 2 {
				r.Header.Add(tc.headers[i], tc.headers[i+1])
			}
			resp, trace := w.Do(r)
			if resp.StatusCode != tc.status {
				t.Errorf("got %d (%s), want %d (%s)", resp.StatusCode, trace.Reason, tc.status, tc.reason)
			}
			if tc.status >= 400 && (trace.Reason == "" || trace.Functions > 0 || w.origin.calls.Load() > 0) {
				t.Errorf("got reason %q, %d functions, %d requests to the origin", trace.Reason, trace.Functions, w.origin.calls.Load())
			}
			if tc.name == "redirect" && (resp.Header.Get("Location") != "http://localhost:8080/a?b=%20" || trace.Result != "Redirect from cloudfront") {
				t.Errorf("got Location %q, %q", resp.Header.Get("Location"), trace.Result)
			}
		})
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	all := []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
	echo := script(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Method", r.Method)
		w.Write(append([]byte("got "), b...))
	})
	w := serving(t, echo, caching(0, 60, 600), func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.AllowedMethods = all
		c.Distribution.DefaultBehavior.CachedMethods = []string{"GET", "HEAD", "OPTIONS"}
	})
	ask := func(method, content string) (*http.Response, *edgesim.Trace) {
		r := httptest.NewRequest(method, "/", strings.NewReader(content))
		return w.Do(r)
	}
	tests := []struct {
		name, method, content, body, result string
	}{
		{"post", "POST", "abc", "got abc", "Miss from cloudfront"},
		{"post-again", "POST", "abc", "got abc", "Miss from cloudfront"},
		{"head-before-get", "HEAD", "", "", "Miss from cloudfront"},
		{"get", "GET", "", "got ", "Miss from cloudfront"},
		{"get-again", "GET", "", "got ", "Hit from cloudfront"},
		{"head-after-get", "HEAD", "", "", "Hit from cloudfront"},
		{"options-has-its-own-key", "OPTIONS", "", "got ", "Miss from cloudfront"},
		{"options-is-cached", "OPTIONS", "", "got ", "Hit from cloudfront"},
		{"put", "PUT", "xyz", "got xyz", "Miss from cloudfront"},
	}
	for _, tc := range tests { // one after the other: each builds on the one before
		resp, trace := ask(tc.method, tc.content)
		if got := body(t, resp); got != tc.body || trace.Result != tc.result {
			t.Errorf("%s: got %q, %q, want %q, %q", tc.name, got, trace.Result, tc.body, tc.result)
		}
		if tc.name == "head-after-get" && resp.Header.Get("Content-Length") != "4" {
			t.Errorf("HEAD: got Content-Length %q, want the GET's 4", resp.Header.Get("Content-Length"))
		}
	}
}
