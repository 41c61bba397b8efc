package e2e_test

import (
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/site"
)

// TestBrotli holds that Chromium reads what the simulator compresses with a Brotli library, and that it gets Brotli where
// CloudFront would give it ("When the viewer supports both Gzip and Brotli, CloudFront uses Brotli", ServingCompressedFiles.html).
// Browsers take Brotli over https and from localhost.
func TestBrotli(t *testing.T) {
	browser := startBrowser(t)
	var mu sync.Mutex
	codings := map[string]string{} // of the answers, by path
	s, err := edgesim.New(edgesim.Config{
		Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
			Origin: &edgesim.S3Origin{FS: site.Files(site.GitHubAPI(), "")}, CachePolicy: edgesim.CachingOptimized(), Compress: true,
		}},
		Brotli: func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
		Observe: func(trace *edgesim.Trace) {
			mu.Lock()
			defer mu.Unlock()
			codings[trace.Viewer.Target] = strings.Join(trace.Header["Content-Encoding"], ",")
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	b := newTab(t, browser)
	b.open(strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/index.html")
	if title := b.evaluate("document.title"); title == "" {
		t.Error("Chromium shows no title")
	}
	if rules := b.evaluate("String(document.styleSheets[0].cssRules.length)"); rules == "0" {
		t.Error("Chromium has no rule of the style sheet")
	}
	mu.Lock()
	defer mu.Unlock()
	for _, path := range []string{"/index.html", "/style.css"} {
		if codings[path] != "br" {
			t.Errorf("%s: got Content-Encoding %q, want br; all: %v", path, codings[path], codings)
		}
	}
}
