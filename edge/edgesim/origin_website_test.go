package edgesim_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

const website = "amzn-s3-demo-bucket.s3-website-us-east-1.amazonaws.com"

// pages are the objects of a website; one of them is not public.
type pages struct{ fstest.MapFS }

func (p pages) Open(name string) (fs.File, error) {
	if name == "private.html" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return p.MapFS.Open(name)
}

func websitePages() pages {
	file := func(text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(text), ModTime: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	}
	return pages{fstest.MapFS{
		"index.html": file("root"), "photos/index.html": file("photos"), "empty/readme.txt": file("readme"), "a b/é/index.html": file("umlaut"),
		"page.html": file("page"), "404.html": file("not here"), "docs/a.html": file("docs"), "prod/photos/index.html": file("prod"),
	}}
}

// TestWebsite holds what a website endpoint serves, by the pages of S3's user guide.
func TestWebsite(t *testing.T) {
	t.Parallel()
	plain := edgesim.WebsiteOrigin{IndexDocument: "index.html"}
	withError := edgesim.WebsiteOrigin{IndexDocument: "index.html", ErrorDocument: "404.html"}
	lostError := edgesim.WebsiteOrigin{IndexDocument: "index.html", ErrorDocument: "lost.html"}
	closedError := edgesim.WebsiteOrigin{IndexDocument: "index.html", ErrorDocument: "private.html"}
	objects := edgesim.WebsiteOrigin{IndexDocument: "index.html", ErrorDocument: "gone", Redirects: map[string]string{
		"old.html": "/page.html", "page.html": "https://www.example.com/a?b", "moved/index.html": "/photos/", "gone": "/sorry"}}
	const index, errors, redirects, access = "IndexDocumentSupport.html", "CustomErrorDocSupport.html", "how-to-page-redirect.html", "WebsiteAccessPermissionsReqd.html"
	tests := []struct {
		name, method, target string
		origin               edgesim.WebsiteOrigin
		status               int
		want                 string // in the body, or the whole Location of a redirect
		clause               string
	}{
		{"root", "GET", "/", plain, 200, "root", index + `: "when a request is made to the root of a website or any subfolder"`},
		{"folder", "GET", "/photos/", plain, 200, "photos", index},
		{"folder-without-slash", "GET", "/photos", plain, 302, "/photos/", index + `: "If that document is found, Amazon S3 returns a 302 Found message"`},
		{"folder-without-slash-query", "GET", "/photos?a=b", plain, 302, "/photos/", "the query string is lost"},
		{"folder-without-slash-origin-path", "GET", "/photos", edgesim.WebsiteOrigin{IndexDocument: "index.html", Path: "/prod"}, 302, "/prod/photos/", "S3 knows nothing of the origin path"},
		{"folder-escaped", "GET", "/a%20b/%C3%A9", plain, 302, "/a%20b/%C3%A9/", index},
		{"folder-without-index", "GET", "/empty", plain, 404, "<li>Key: empty</li>", index + `: "If the index document is not found, Amazon S3 returns an error."`},
		{"folder-without-index-slash", "GET", "/empty/", plain, 404, "<li>Key: empty/index.html</li>", "the key is that of the index document"},
		{"object", "GET", "/page.html", plain, 200, "page", ""},
		{"object-as-folder", "GET", "/page.html/", plain, 404, "<li>Key: page.html/index.html</li>", ""},
		{"missing", "GET", "/%3Cb%3E", plain, 404, "<li>Key: &lt;b&gt;</li>", access + `: "if a user requests an object that does not exist, Amazon S3 returns HTTP response code 404"`},
		{"private", "GET", "/private.html", plain, 403, "<li>Code: AccessDenied</li>\n<li>Message: Access Denied</li>\n<li>RequestId", access},
		{"dots", "GET", "/photos/../page.html", plain, 404, "NoSuchKey", "a key is no path"},
		{"head", "HEAD", "/page.html", plain, 200, "", "WebsiteEndpoints.html: \"Supports only GET and HEAD requests on objects\""},
		{"post", "POST", "/page.html", plain, 405, "<li>Method: POST</li>", "WebsiteEndpoints.html"},
		{"options", "OPTIONS", "/page.html", plain, 405, "<li>Code: MethodNotAllowed</li>", "WebsiteEndpoints.html"},
		{"error-document", "GET", "/nope", withError, 404, "not here", errors},
		{"error-document-private", "GET", "/private.html", withError, 403, "not here", errors + ": with the status of the error"},
		{"error-document-head", "HEAD", "/nope", withError, 404, "", ""},
		{"error-document-lost", "GET", "/nope", lostError, 404, "</ul>\n<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n<li>Code: NoSuchKey</li>\n" +
			"<li>Message: The specified key does not exist.</li>\n<li>Key: lost.html</li>\n</ul>\n<hr/>", ""},
		{"error-document-not-public", "GET", "/nope", closedError, 404, "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n<li>Code: AccessDenied</li>", ""},
		{"error-document-redirects", "GET", "/nope", objects, 301, "/sorry", ""},
		{"object-redirect", "GET", "/old.html", objects, 301, "/page.html", redirects + `: "The website then interprets the object as a 301 redirect"`},
		{"object-redirect-query", "GET", "/old.html?a=b", objects, 301, "/page.html", "the query string is lost"},
		{"object-redirect-url", "GET", "/page.html", objects, 301, "https://www.example.com/a?b", redirects + `: "To redirect a request to an external URL, you set the redirect location to the URL"`},
		{"index-redirect", "GET", "/moved", objects, 302, "/moved/", "the index document is there, as an object"},
		{"index-redirect-slash", "GET", "/moved/", objects, 301, "/photos/", redirects},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc.origin.FS = websitePages()
			s := behind(t, edgesim.Behavior{Origin: &tc.origin, CachePolicy: edgesim.CachingDisabled(), OriginRequestPolicy: edgesim.AllViewerExceptHostHeader(),
				AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}})
			resp, trace := send(s, tc.method, tc.target)
			got := body(t, resp)
			located := resp.StatusCode < 300 || resp.StatusCode > 399
			if !located {
				got, located = resp.Header.Get("Location"), resp.Header.Get("Location") == tc.want
			}
			if resp.StatusCode != tc.status || !located || !strings.Contains(got, tc.want) || tc.method == "HEAD" && got != "" {
				t.Errorf("got %d %q (%s), want %d %q (%s)", resp.StatusCode, got, trace.Reason, tc.status, tc.want, tc.clause)
			}
			if resp.Header.Get("Server") != "AmazonS3" {
				t.Errorf("got Server %q", resp.Header.Get("Server"))
			}
		})
	}
}

// TestRoutingRules holds the rules of how-to-page-redirect.html and of API_Condition.html and API_Redirect.html of Amazon S3.
func TestRoutingRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, target string
		rules        []edgesim.RoutingRule
		status       int
		location     string // after http:// and the endpoint, if it begins with a slash
		reason       string
	}{
		{"prefix", "/docs/a.html?x=%20", []edgesim.RoutingRule{{KeyPrefix: "docs/", ReplaceKeyPrefixWith: new("documents/")}}, 301, "/documents/a.html?x=%20", "before the object is looked for, though it is there"},
		{"prefix-away", "/docs/a%20b", []edgesim.RoutingRule{{KeyPrefix: "docs/", ReplaceKeyPrefixWith: new("")}}, 301, "/a%20b", ""},
		{"prefix-slashes", "/old/x", []edgesim.RoutingRule{{KeyPrefix: "old/", ReplaceKeyPrefixWith: new("new//")}}, 301, "/new//x", "as it is written (github.com/gatsby-uc/gatsby-plugin-s3/issues/8)"},
		{"key", "/docs/a.html", []edgesim.RoutingRule{{KeyPrefix: "docs/", ReplaceKeyWith: "error é.html"}}, 301, "/error%20%C3%A9.html", ""},
		{"other-key", "/page.html", []edgesim.RoutingRule{{KeyPrefix: "docs/", ReplaceKeyWith: "x"}}, 200, "", ""},
		{"error", "/a/b", []edgesim.RoutingRule{{ErrorCode: 404, HostName: "www.example.com", ReplaceKeyPrefixWith: new("report-404/")}}, 301, "http://www.example.com/report-404/a/b", `"inserts the object key prefix report-404/ in the redirect"`},
		{"no-error", "/page.html", []edgesim.RoutingRule{{ErrorCode: 404, ReplaceKeyWith: "x"}}, 200, "", ""},
		{"other-error", "/private.html", []edgesim.RoutingRule{{ErrorCode: 404, ReplaceKeyWith: "x"}, {ErrorCode: 403, ReplaceKeyWith: "y"}}, 301, "/y", ""},
		{"folder-first", "/photos", []edgesim.RoutingRule{{ErrorCode: 404, ReplaceKeyWith: "x"}}, 302, "/photos/", "there is no error"},
		{"both", "/docs/lost", []edgesim.RoutingRule{{KeyPrefix: "x", ErrorCode: 404, ReplaceKeyWith: "x"}, {KeyPrefix: "docs/", ErrorCode: 404, ReplaceKeyWith: "y"}}, 301, "/y", `"both must be true"`},
		{"first-counts", "/docs/a", []edgesim.RoutingRule{{KeyPrefix: "d", ReplaceKeyWith: "x"}, {KeyPrefix: "docs/", ReplaceKeyWith: "y"}}, 301, "/x", ""},
		{"error-before-document", "/lost", []edgesim.RoutingRule{{ErrorCode: 404, ReplaceKeyWith: "x"}}, 301, "/x", "a rule goes before the error document"},
		{"all", "/a?b", []edgesim.RoutingRule{{HostName: "example.org", Protocol: "https", RedirectCode: 307}}, 307, "https://example.org/a?b", "without a condition for all requests"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := behind(t, edgesim.Behavior{OriginRequestPolicy: edgesim.AllViewerExceptHostHeader(), CachePolicy: edgesim.CachingDisabled(), Origin: &edgesim.WebsiteOrigin{
				FS: websitePages(), IndexDocument: "index.html", ErrorDocument: "404.html", RoutingRules: tc.rules,
			}})
			want := tc.location
			if strings.HasPrefix(want, "/") && tc.status == 301 {
				want = "http://" + website + want
			}
			resp, _ := get(s, tc.target)
			if got := resp.Header.Get("Location"); resp.StatusCode != tc.status || got != want {
				t.Errorf("got %d %q, want %d %q (%s)", resp.StatusCode, got, tc.status, want, tc.reason)
			}
		})
	}
}
