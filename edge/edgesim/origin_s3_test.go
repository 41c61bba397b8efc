package edgesim_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestBucket(t *testing.T) {
	t.Parallel()
	files := site()
	files["a b/é.txt"] = &fstest.MapFile{Data: []byte("x"), ModTime: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	tests := []struct {
		name, method, target string
		bucket               *edgesim.S3Origin
		status               int
		contentType, body    string
	}{
		{"html", "GET", "/index.html", &edgesim.S3Origin{}, 200, "text/html", "<!doctype html><title>index</title>"},
		{"script", "GET", "/script.js", &edgesim.S3Origin{}, 200, "text/javascript", "console.log(1)"},
		{"escaped-key", "GET", "/a%20b/%C3%A9.txt", &edgesim.S3Origin{}, 200, "text/plain", "x"},
		{"content-type-of-its-own", "GET", "/index.html", &edgesim.S3Origin{ContentTypes: map[string]string{".html": "text/html; charset=utf-8"}}, 200, "text/html; charset=utf-8", "<!doctype html><title>index</title>"},
		{"missing", "GET", "/nope", &edgesim.S3Origin{}, 403, "application/xml", "<Code>AccessDenied</Code>"},
		{"missing-with-list", "GET", "/nope<&", &edgesim.S3Origin{ListBucket: true}, 404, "application/xml", "<Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>nope&lt;&amp;</Key>"},
		{"folder", "GET", "/a%20b", &edgesim.S3Origin{}, 403, "application/xml", "AccessDenied"},
		{"root", "GET", "/", &edgesim.S3Origin{}, 403, "application/xml", "AccessDenied"},
		{"dots", "GET", "/a/../index.html", &edgesim.S3Origin{}, 403, "application/xml", "AccessDenied"},
		{"escaped-dots", "GET", "/%2e%2e/index.html", &edgesim.S3Origin{}, 403, "application/xml", "AccessDenied"},
		{"origin-path", "GET", "/%C3%A9.txt", &edgesim.S3Origin{Path: "/a b"}, 200, "text/plain", "x"},
		{"delete", "DELETE", "/index.html", &edgesim.S3Origin{}, 403, "application/xml", "AccessDenied"},
		{"head", "HEAD", "/index.html", &edgesim.S3Origin{}, 200, "text/html", ""},
		{"head-missing", "HEAD", "/nope", &edgesim.S3Origin{}, 403, "application/xml", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc.bucket.FS = files
			s := behind(t, edgesim.Behavior{Origin: tc.bucket, AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}})
			resp, _ := send(s, tc.method, tc.target)
			got := body(t, resp)
			if resp.StatusCode != tc.status || resp.Header.Get("Content-Type") != tc.contentType || tc.body == "" && got != "" || !strings.Contains(got, tc.body) {
				t.Errorf("got %d %q %q, want %d %q %q", resp.StatusCode, resp.Header.Get("Content-Type"), got, tc.status, tc.contentType, tc.body)
			}
			if resp.Header.Get("Server") != "AmazonS3" || tc.status == 200 && resp.Header.Get("Etag") == "" {
				t.Errorf("got Server %q, ETag %q", resp.Header.Get("Server"), resp.Header.Get("Etag"))
			}
		})
	}
	t.Run("host-header", func(t *testing.T) {
		t.Parallel()
		s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: files}, OriginRequestPolicy: edgesim.AllViewer()})
		if resp, _ := get(s, "/index.html"); resp.StatusCode != 403 || !strings.Contains(body(t, resp), "SignatureDoesNotMatch") {
			t.Errorf("got %d, want 403: an origin access control signs the Host header", resp.StatusCode)
		}
	})
	t.Run("error-caching-of-0", func(t *testing.T) {
		t.Parallel()
		s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: files, ListBucket: true}, CachePolicy: caching(0, 60, 600)}, func(c *edgesim.Config) {
			c.Distribution.ErrorResponses = []edgesim.ErrorResponse{{Status: 404}}
		})
		if _, trace := get(s, "/nope"); trace.Cache.TTL != time.Second {
			t.Errorf("got %v, want 1s: a configured 0 is 1 for a bucket (custom-error-pages-expiration.html)", trace.Cache.TTL)
		}
	})
	t.Run("revalidation", func(t *testing.T) {
		t.Parallel()
		s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: files}, CachePolicy: caching(0, 60, 600)})
		get(s, "/index.html")
		s.Advance(time.Hour)
		if _, trace := get(s, "/index.html"); trace.Result != "RefreshHit from cloudfront" {
			t.Errorf("got %q, want RefreshHit", trace.Result)
		}
	})
}
