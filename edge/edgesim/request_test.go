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

// TestConditional holds what a viewer gets from a stored object: RFC 9110 sections 13 and 14, RangeGETs.html.
func TestConditional(t *testing.T) {
	t.Parallel()
	const content, modified = "0123456789", "Sun, 22 Nov 2026 10:00:00 GMT"
	tests := []struct {
		name    string
		headers []string
		status  int
		body    string
		extra   string // Content-Range
	}{
		{"plain", nil, 200, content, ""},
		{"etag", []string{"If-None-Match", `"1"`}, 304, "", ""},
		{"etag-weak", []string{"If-None-Match", `W/"1"`}, 304, "", ""},
		{"etag-list", []string{"If-None-Match", `"0", "1"`}, 304, "", ""},
		{"etag-star", []string{"If-None-Match", "*"}, 304, "", ""},
		{"etag-other", []string{"If-None-Match", `"2"`}, 200, content, ""},
		{"etag-before-date", []string{"If-None-Match", `"2"`, "If-Modified-Since", modified}, 200, content, ""},
		{"date", []string{"If-Modified-Since", modified}, 304, "", ""},
		{"date-earlier", []string{"If-Modified-Since", "Sun, 22 Nov 2026 09:59:59 GMT"}, 200, content, ""},
		{"date-broken", []string{"If-Modified-Since", "yesterday"}, 200, content, ""},
		{"range", []string{"Range", "bytes=2-4"}, 206, "234", "bytes 2-4/10"},
		{"range-open", []string{"Range", "bytes=7-"}, 206, "789", "bytes 7-9/10"},
		{"range-suffix", []string{"Range", "bytes=-3"}, 206, "789", "bytes 7-9/10"},
		{"range-suffix-longer", []string{"Range", "bytes=-30"}, 206, content, "bytes 0-9/10"},
		{"range-behind", []string{"Range", "bytes=2-40"}, 206, "23456789", "bytes 2-9/10"},
		{"range-outside", []string{"Range", "bytes=10-"}, 416, "", "bytes */10"},
		{"range-backwards", []string{"Range", "bytes=4-2"}, 200, content, ""},
		{"range-broken", []string{"Range", "bytes=a-b"}, 200, content, ""},
		{"range-other-unit", []string{"Range", "lines=1-2"}, 200, content, ""},
		{"range-descending", []string{"Range", "bytes=4-5,0-1"}, 200, content, ""},
		{"range-overlapping", []string{"Range", "bytes=0-3,2-5"}, 200, content, ""},
		{"if-range", []string{"Range", "bytes=2-4", "If-Range", `"1"`}, 206, "234", "bytes 2-4/10"},
		{"if-range-other", []string{"Range", "bytes=2-4", "If-Range", `"2"`}, 200, content, ""},
		{"if-range-date", []string{"Range", "bytes=2-4", "If-Range", modified}, 206, "234", "bytes 2-4/10"},
	}
	o := script(answer(200, content, "Etag", `"1"`, "Last-Modified", modified))
	w := serving(t, o, caching(0, 60, 600))
	get(w.Simulator, "/")
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			resp, trace := get(w.Simulator, "/", tc.headers...)
			if got := body(t, resp); resp.StatusCode != tc.status || got != tc.body || resp.Header.Get("Content-Range") != tc.extra {
				t.Errorf("got %d %q %q, want %d %q %q", resp.StatusCode, got, resp.Header.Get("Content-Range"), tc.status, tc.body, tc.extra)
			}
			if trace.Result != "Hit from cloudfront" {
				t.Errorf("got %q, want a hit", trace.Result)
			}
		})
	}
}
