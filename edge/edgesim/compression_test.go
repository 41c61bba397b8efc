package edgesim_test

import (
	"compress/flate"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// standIn takes the place of a Brotli encoder, which the standard library does not have.
func standIn(w io.Writer) io.WriteCloser {
	f, _ := flate.NewWriter(w, flate.DefaultCompression) // the level is a valid one
	return f
}

// plain is a body without its coding.
func plain(t testing.TB, resp *http.Response) string {
	t.Helper()
	content := strings.NewReader(body(t, resp))
	r := io.Reader(content)
	switch resp.Header.Get("Content-Encoding") {
	case "gzip":
		z, err := gzip.NewReader(content)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	case "br":
		r = flate.NewReader(content)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestCompression holds the conditions of ServingCompressedFiles.html.
func TestCompression(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("all work and no play ", 100)
	html := []string{"Content-Type", "text/html; charset=utf-8", "Etag", `"1"`}
	optimized := func(change func(*edgesim.CachePolicy)) *edgesim.CachePolicy {
		p := edgesim.CachingOptimized()
		change(p)
		return p
	}
	both := edgesim.CachingOptimized()
	tests := []struct {
		name, encoding, body string
		headers              []string
		status               int
		policy               *edgesim.CachePolicy
		change               func(*edgesim.Config)
		want, etag           string
	}{
		{"gzip", "gzip", text, html, 200, both, nil, "gzip", `W/"1"`},
		{"both", "gzip, deflate, br, zstd", text, html, 200, both, nil, "br", `W/"1"`}, // "When the viewer supports both Gzip and Brotli, CloudFront uses Brotli."
		{"brotli-alone", "br", text, html, 200, both, nil, "br", `W/"1"`},
		{"policy-without-brotli", "gzip, br", text, html, 200, optimized(func(p *edgesim.CachePolicy) { p.Brotli = false }), nil, "gzip", `W/"1"`},
		{"policy-without-gzip", "gzip, br", text, html, 200, optimized(func(p *edgesim.CachePolicy) { p.Gzip = false }), nil, "br", `W/"1"`},
		{"legacy", "gzip, br", text, html, 200, nil, nil, "gzip", `W/"1"`}, // "Brotli doesn't support legacy cache settings."
		{"no-encoder", "gzip, br", text, html, 200, both, func(c *edgesim.Config) { c.Brotli = nil }, "gzip", `W/"1"`},
		{"no-encoder-brotli-alone", "br", text, html, 200, both, func(c *edgesim.Config) { c.Brotli = nil }, "", `"1"`},
		{"not-accepted", "identity", text, html, 200, both, nil, "", `"1"`},
		{"no-header", "", text, html, 200, both, nil, "", `"1"`},
		{"small", "gzip", text[:999], html, 200, both, nil, "", `"1"`},
		{"not-compressible", "gzip", text, []string{"Content-Type", "image/png"}, 200, both, nil, "", ""},
		{"compressed-already", "gzip", text, append([]string{"Content-Encoding", "x"}, html...), 200, both, nil, "x", `"1"`},
		{"not-found", "gzip", text, html, 404, both, nil, "gzip", `W/"1"`},
		{"server-error", "gzip", text, html, 500, both, nil, "", `"1"`},
		{"switched-off", "gzip", text, html, 200, both, func(c *edgesim.Config) { c.Distribution.DefaultBehavior.Compress = false }, "", `"1"`},
		{"etag-weak", "gzip", text, []string{"Content-Type", "text/css", "Etag", `W/"1"`}, 200, both, nil, "gzip", `W/"1"`},
		{"etag-invalid", "gzip", text, []string{"Content-Type", "text/css", "Etag", `1`}, 200, both, nil, "gzip", ""}, // "CloudFront removes the ETag header"
		{"without-length", "gzip", text, append([]string{"Transfer-Encoding", "chunked"}, html...), 200, both, nil, "", `"1"`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			headers := append([]string{"Content-Length", strconv.Itoa(len(tc.body))}, tc.headers...)
			if tc.name == "without-length" {
				headers = tc.headers
			}
			w := serving(t, script(answer(tc.status, tc.body, headers...)), tc.policy, func(c *edgesim.Config) {
				c.Brotli, c.Distribution.DefaultBehavior.Compress = standIn, true
				if tc.change != nil {
					tc.change(c)
				}
			})
			var accept []string
			if tc.encoding != "" {
				accept = []string{"Accept-Encoding", tc.encoding}
			}
			for _, result := range []string{"miss", "hit"} {
				resp, trace := get(w.Simulator, "/", accept...)
				h := resp.Header
				if h.Get("Content-Encoding") != tc.want || h.Get("Etag") != tc.etag {
					t.Errorf("%s: got Content-Encoding %q, ETag %s, want %q, %s", result, h.Get("Content-Encoding"), h.Get("Etag"), tc.want, tc.etag)
				}
				if got := plain(t, resp); got != tc.body {
					t.Errorf("%s: %d bytes came out of it, want %d (%s)", result, len(got), len(tc.body), trace.Reason)
				}
				compressed := tc.want == "gzip" || tc.want == "br"
				if want := map[bool]string{true: "chunked", false: strconv.Itoa(len(tc.body))}[compressed || tc.name == "without-length"]; framing(h, resp.TransferEncoding) != want {
					t.Errorf("%s: got %q, want %q: a compressed object has no length", result, framing(h, resp.TransferEncoding), want)
				}
			}
		})
	}
}

// TestNotCompressedSaysWhy holds the note for what a developer does not see elsewhere. "The origin must include a Content-Length
// header in the response."
func TestNotCompressedSaysWhy(t *testing.T) {
	t.Parallel()
	w := serving(t, script(answer(200, strings.Repeat("x", 5000), "Content-Type", "text/html")), edgesim.CachingOptimized(), func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.Compress = true
	})
	_, trace := get(w.Simulator, "/", "Accept-Encoding", "gzip")
	if notes := strings.Join(trace.Stage(edgesim.StageStore).Notes, "\n"); !strings.Contains(notes, "not compressed: the origin gave no Content-Length") {
		t.Errorf("got %s", notes)
	}
}

// TestCompressionForHTTP10 holds that "if a request to CloudFront uses HTTP 1.0, CloudFront removes the Accept-Encoding header and
// doesn't compress the object in the response".
func TestCompressionForHTTP10(t *testing.T) {
	t.Parallel()
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: script(answer(200, strings.Repeat("x", 1500), "Content-Type", "text/html"))},
		CachePolicy: edgesim.CachingOptimized(), Compress: true})
	address := listen(t, s)
	for proto, want := range map[string]bool{"1.0": false, "1.1": true} {
		head := exchangeRaw(t, address, "GET /"+proto+" HTTP/"+proto+"\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n")
		if got := strings.Contains(head, "Content-Encoding: gzip"); got != want {
			t.Errorf("HTTP/%s: compressed: %t\n%s", proto, got, head)
		}
	}
}

// TestFirstCopy holds that "CloudFront returns the first cached version" to later viewers who take it (ServingCompressedFiles.html).
func TestFirstCopy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, contentType string
		off               bool
		accept, want      []string // Accept-Encoding of one viewer after the other; what each gets, and whether from the cache
	}{
		{"gzip-first", "text/html", false, []string{"gzip", "gzip, br", "br"}, []string{"gzip Miss", "gzip Hit", "br Miss"}}, // AWS's own example
		{"both-first", "text/html", false, []string{"gzip, br", "gzip", "br", "gzip, br"}, []string{"br Miss", "gzip Miss", "br Hit", "br Hit"}},
		{"not-compressed", "image/png", false, []string{"gzip", "gzip, br", "br"}, []string{" Miss", " Hit", " Miss"}},
		{"identity-first", "text/html", false, []string{"identity", "gzip", ""}, []string{" Miss", "gzip Miss", " Hit"}},
		{"not-set-to-compress", "text/html", true, []string{"gzip", "gzip, br"}, []string{" Miss", " Miss"}}, // the key alone decides
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, script(answer(200, strings.Repeat("x", 1500), "Content-Type", tc.contentType)), edgesim.CachingOptimized(), func(c *edgesim.Config) {
				c.Brotli, c.Distribution.DefaultBehavior.Compress = standIn, !tc.off
			})
			var got []string
			for _, accept := range tc.accept {
				var headers []string
				if accept != "" {
					headers = []string{"Accept-Encoding", accept}
				}
				resp, trace := get(w.Simulator, "/", headers...)
				got = append(got, resp.Header.Get("Content-Encoding")+" "+strings.TrimSuffix(trace.Result, " from cloudfront"))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
