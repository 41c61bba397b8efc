package edgesim_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestWebsiteHeaders holds the headers of a website endpoint, as seen at AWS: without a page of S3's the error stands in them.
func TestWebsiteHeaders(t *testing.T) {
	t.Parallel()
	const modified = "Fri, 02 Jan 2026 03:04:05 GMT"
	tests := []struct {
		name, method, target, errorDocument string
		headers                             []string
		status                              int
		want                                map[string]string // "": absent
	}{
		{"object", "GET", "/page.html", "", nil, 200, map[string]string{"Content-Type": "text/html", "Last-Modified": modified, "Content-Length": "4", "X-Amz-Error-Code": ""}},
		{"page", "GET", "/nope", "", nil, 404, map[string]string{"Content-Type": "text/html; charset=utf-8", "X-Amz-Error-Code": ""}},
		{"head", "HEAD", "/a/", "", nil, 404, map[string]string{"X-Amz-Error-Code": "NoSuchKey", "X-Amz-Error-Message": "The specified key does not exist.", "X-Amz-Error-Detail-Key": "a/index.html", "Content-Length": ""}},
		{"head-of-a-folder", "HEAD", "/photos", "", nil, 302, map[string]string{"X-Amz-Error-Code": "Found", "X-Amz-Error-Message": "Resource Found", "Location": "/photos/"}},
		{"error-document", "GET", "/a%0ab", "404.html", nil, 404, map[string]string{"X-Amz-Error-Code": "NoSuchKey", "X-Amz-Error-Detail-Key": "a%0Ab", "Content-Type": "text/html", "Content-Length": "8"}},
		{"range", "GET", "/page.html", "", []string{"Range", "bytes=1-2"}, 206, map[string]string{"Content-Range": "bytes 1-2/4"}},
		{"not-modified", "GET", "/page.html", "", []string{"If-Modified-Since", modified}, 304, map[string]string{"Last-Modified": modified}},
		{"error-is-no-304", "GET", "/nope", "404.html", []string{"If-Modified-Since", modified}, 404, nil},
		{"error-has-no-ranges", "GET", "/nope", "404.html", []string{"Range", "bytes=1-2"}, 404, map[string]string{"Content-Range": ""}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := behind(t, edgesim.Behavior{Origin: &edgesim.WebsiteOrigin{FS: websitePages(), IndexDocument: "index.html", ErrorDocument: tc.errorDocument}})
			resp, trace := send(s, tc.method, tc.target, tc.headers...)
			got := map[string]string{}
			for name := range tc.want {
				got[name] = resp.Header.Get(name)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" && tc.want != nil || resp.StatusCode != tc.status {
				t.Errorf("got %d, want %d (%s), headers (-want +got):\n%s", resp.StatusCode, tc.status, trace.Reason, diff)
			}
		})
	}
}

// TestWebsiteHost holds by which names a website is found (WebsiteEndpoints.html; VirtualHosting.html), and that it is not found by https.
func TestWebsiteHost(t *testing.T) {
	t.Parallel()
	host := func(r *edge.Request) { r.Header.Set("Host", "www.example.com") }
	secure := func(r *edge.Request) {
		o := r.Origin.(*edge.CustomOrigin)
		o.Protocol, o.Port = "https", 443
	}
	tests := []struct {
		name, domain string
		change       func(*edge.Request) // at origin-request
		status       int
		want         string
	}{
		{"endpoint", "", nil, 200, "page"},
		{"dotted-endpoint", "b.s3-website.eu-central-1.amazonaws.com", nil, 200, "page"},
		{"bucket-of-that-name", "www.example.com.s3-website-eu-west-1.amazonaws.com", host, 200, "page"},
		{"other-name", "", host, 404, "<li>Code: NoSuchBucket</li>\n<li>Message: The specified bucket does not exist</li>\n<li>BucketName: www.example.com</li>"},
		{"https", "", secure, 504, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := edgesim.Behavior{Origin: &edgesim.WebsiteOrigin{FS: websitePages(), IndexDocument: "index.html", DomainName: tc.domain}}
			if tc.change != nil {
				b.Functions = edgesim.Associate(&edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
					tc.change(r)
					return r, nil
				}})
			}
			resp, trace := get(behind(t, b), "/page.html")
			if got := body(t, resp); resp.StatusCode != tc.status || !strings.Contains(got, tc.want) {
				t.Errorf("got %d %q (%s), want %d %q", resp.StatusCode, got, trace.Reason, tc.status, tc.want)
			}
		})
	}
}

// TestWebsiteRedirectsAll holds RedirectAllRequestsTo (API_RedirectAllRequestsTo.html of Amazon S3).
func TestWebsiteRedirectsAll(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]string{
		"www.example.com": "http://www.example.com/a%2Fb?c=d", "https://www.example.com": "https://www.example.com/a%2Fb?c=d",
	} {
		s := behind(t, edgesim.Behavior{Origin: &edgesim.WebsiteOrigin{RedirectAllRequestsTo: to}, OriginRequestPolicy: edgesim.AllViewerExceptHostHeader(), CachePolicy: edgesim.CachingDisabled()})
		resp, _ := get(s, "/a%2Fb?c=d")
		if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusMovedPermanently || got != want || body(t, resp) != "" {
			t.Errorf("%s: got %d %q, want 301 %q", to, resp.StatusCode, got, want)
		}
	}
}

// TestWebsiteConfiguration holds what S3 refuses of a website configuration.
func TestWebsiteConfiguration(t *testing.T) {
	t.Parallel()
	rule := func(r edgesim.RoutingRule) edgesim.WebsiteOrigin {
		return edgesim.WebsiteOrigin{FS: site(), IndexDocument: "index.html", RoutingRules: []edgesim.RoutingRule{r}}
	}
	tests := []struct {
		name   string
		origin edgesim.WebsiteOrigin
		want   string
	}{
		{"no-files", edgesim.WebsiteOrigin{IndexDocument: "index.html"}, "WebsiteOrigin: FS is missing"},
		{"no-index", edgesim.WebsiteOrigin{FS: site()}, `IndexDocument: got "", S3 wants a name without a slash`},
		{"index-with-slash", edgesim.WebsiteOrigin{FS: site(), IndexDocument: "/index.html"}, "IndexDocument"},
		{"redirect-protocol", edgesim.WebsiteOrigin{RedirectAllRequestsTo: "ftp://a"}, "RedirectAllRequestsTo"},
		{"too-many-rules", edgesim.WebsiteOrigin{FS: site(), IndexDocument: "i", RoutingRules: make([]edgesim.RoutingRule, 51)}, "RoutingRules: got 51, S3 takes 50"},
		{"empty-rule", rule(edgesim.RoutingRule{KeyPrefix: "a"}), "RoutingRules[0]: nothing is replaced"},
		{"two-keys", rule(edgesim.RoutingRule{ReplaceKeyWith: "a", ReplaceKeyPrefixWith: new("")}), "S3 takes one of them"},
		{"error-code", rule(edgesim.RoutingRule{ErrorCode: 200, ReplaceKeyWith: "a"}), "ErrorCode: got 200"},
		{"redirect-code", rule(edgesim.RoutingRule{RedirectCode: 200}), "RedirectCode: got 200"},
		{"protocol", rule(edgesim.RoutingRule{Protocol: "ws"}), `the protocol: got "ws"`},
		{"line-feed", rule(edgesim.RoutingRule{HostName: "a\nb"}), "HostName"},
		{"object", edgesim.WebsiteOrigin{FS: site(), IndexDocument: "i", Redirects: map[string]string{"a": "b"}}, `object "a" in Redirects: got "b"`},
		{"path", edgesim.WebsiteOrigin{FS: site(), IndexDocument: "i", Path: "a"}, "path"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{Origin: &tc.origin}}})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want %q", err, tc.want)
			}
		})
	}
}
