package edgesim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestIncludeBody holds what a function sees of a request's body, and what then goes to the origin (lambda-at-edge-function-restrictions.html).
func TestIncludeBody(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 50_000)
	keep := func(map[string]any) {}
	replace := func(encoding, data string) func(map[string]any) {
		return func(m map[string]any) {
			m["body"] = map[string]any{"action": "replace", "encoding": encoding, "data": data}
		}
	}
	tests := []struct {
		name, method, body string
		trigger            edge.Trigger
		change             func(map[string]any)
		shown              int // bytes of the body that the function saw; -1: no body member
		truncated          bool
		sent               string
	}{
		{"short", "POST", "abc", edge.ViewerRequest, keep, 3, false, "abc"},
		{"none", "POST", "", edge.ViewerRequest, keep, 0, false, ""},
		{"get", "GET", "", edge.ViewerRequest, keep, -1, false, ""},
		{"long-in-viewer-request", "POST", long, edge.ViewerRequest, keep, 40 << 10, true, long},
		{"long-in-origin-request", "PUT", long, edge.OriginRequest, keep, 50_000, false, long},
		{"very-long-in-origin-request", "PUT", strings.Repeat("x", 2<<20), edge.OriginRequest, keep, 1 << 20, true, strings.Repeat("x", 2<<20)},
		{"left-out", "POST", "abc", edge.ViewerRequest, func(m map[string]any) { delete(m, "body") }, 3, false, "abc"},
		{"read-only-change", "POST", "abc", edge.ViewerRequest, func(m map[string]any) { m["body"].(map[string]any)["data"] = "eHl6" }, 3, false, "abc"},
		{"replaced-text", "POST", "abc", edge.ViewerRequest, replace("text", "new"), 3, false, "new"},
		{"replaced-base64", "POST", long, edge.OriginRequest, replace("base64", "bmV3"), 50_000, false, "new"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var sent, length string
			o := script(func(_ http.ResponseWriter, r *http.Request) {
				b, err := io.ReadAll(r.Body)
				sent, length = string(b), fmt.Sprint(r.ContentLength)
				if err != nil {
					t.Error(err)
				}
			})
			a := edgesim.Association{Function: edit(tc.change), IncludeBody: true}
			var f edgesim.Functions
			if tc.trigger == edge.ViewerRequest {
				f.ViewerRequest = a
			} else {
				f.OriginRequest = a
			}
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: o}, Functions: f,
				AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}})
			_, trace := s.Do(httptest.NewRequest(tc.method, "/", strings.NewReader(tc.body)))
			var e struct {
				Records []struct {
					CF struct {
						Request struct {
							Body *struct {
								Action, Encoding string
								Data             []byte
								InputTruncated   bool
							}
						}
					}
				}
			}
			if err := json.Unmarshal(trace.Stage(edgesim.StageName(tc.trigger)).Input, &e); err != nil {
				t.Fatal(err)
			}
			b := e.Records[0].CF.Request.Body
			switch {
			case tc.shown < 0 && b != nil || tc.shown >= 0 && b == nil:
				t.Errorf("body member: got %v", b)
			case b != nil && (len(b.Data) != tc.shown || b.InputTruncated != tc.truncated || b.Action != "read-only" || b.Encoding != "base64"):
				t.Errorf("got %d bytes, truncated %t, want %d, %t", len(b.Data), b.InputTruncated, tc.shown, tc.truncated)
			}
			if sent != tc.sent || tc.body != "" && length != fmt.Sprint(len(tc.sent)) {
				t.Errorf("the origin got %d bytes, Content-Length %s (%s), want %d", len(sent), length, trace.Reason, len(tc.sent))
			}
		})
	}
}

// TestEncoding holds that functions see UTF-8, ISO-8859-1 read as such, and that what they leave alone goes on with the viewer's bytes
// (edge-function-restrictions-all.html, "URI and query string encoding").
func TestEncoding(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                string
		change              func(*edge.Request)
		seen                string // uri, query string and header as the function sees them
		path, query, header string // as the origin gets them
	}{
		{"unchanged", func(*edge.Request) {}, "/caf\u00e9 q=\u00fc \u00e4", "/caf\xe9", "q=\xfc", "\xe4"},
		{"uri-changed", func(r *edge.Request) { r.URI += "/x" }, "/caf\u00e9 q=\u00fc \u00e4", "/caf\u00e9/x", "q=\xfc", "\xe4"},
		{"query-changed", func(r *edge.Request) { r.QueryString += "&x" }, "/caf\u00e9 q=\u00fc \u00e4", "/caf\xe9", "q=\u00fc&x", "\xe4"},
		{"header-changed", func(r *edge.Request) { r.Header.Set("X-A", r.Header.Get("X-A")+"x") }, "/caf\u00e9 q=\u00fc \u00e4", "/caf\xe9", "q=\xfc", "\u00e4x"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var seen, path, query, value string
			o := script(func(_ http.ResponseWriter, r *http.Request) {
				path, query, value = r.URL.Path, r.URL.RawQuery, r.Header.Get("X-A")
			})
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: o}, Functions: edgesim.Associate(&edge.Function{
				OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
					seen = r.URI + " " + r.QueryString + " " + r.Header.Get("X-A")
					tc.change(r)
					return r, nil
				},
			})})
			r := httptest.NewRequest("GET", "/", nil)
			r.RequestURI = "/caf\xe9?q=\xfc"
			r.Header.Set("X-A", "\xe4")
			_, trace := s.Do(r)
			if seen != tc.seen || path != tc.path || query != tc.query || value != tc.header {
				t.Errorf("the function saw %q, the origin got %q, %q, %q; want %q and %q, %q, %q (%s)", seen, path, query, value, tc.seen, tc.path, tc.query, tc.header, trace.Reason)
			}
		})
	}
}

// TestOriginInEvents holds what the origin-request function sees of an origin (lambda-event-structure.html, "Fields
// in request.origin"). Only the members in want are compared.
func TestOriginInEvents(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	plain := []string{"X-Mock-CloudFront-Forwarded-Proto", "http"}
	matching := &edgesim.CustomOrigin{Handler: says(200), Protocol: edgesim.OriginMatchViewer, HTTPPort: 8080, HTTPSPort: 8443}
	tests := []struct {
		name   string
		origin edgesim.Origin
		viewer []string
		want   string
	}{
		{"bucket", &edgesim.S3Origin{FS: files}, nil, `"authMethod":"none","readTimeout":30,"region":""`},
		{"bucket-with-identity", &edgesim.S3Origin{FS: files, AuthMethod: "origin-access-identity", Region: "eu-west-1"}, nil,
			`"authMethod":"origin-access-identity","region":"eu-west-1"`},
		{"bucket-completion", &edgesim.S3Origin{FS: files, Completion: 40 * time.Second}, nil, `"responseCompletionTimeout":40`},
		{"website", &edgesim.WebsiteOrigin{FS: files, IndexDocument: "index.html"}, nil,
			`"domainName":"` + website + `","protocol":"http","port":80,"readTimeout":30,"keepaliveTimeout":5`},
		{"handler", &edgesim.CustomOrigin{Handler: says(200)}, nil, `"protocol":"https","port":443`},
		{"handler-http-only", &edgesim.CustomOrigin{Handler: says(200), Protocol: edgesim.OriginHTTPOnly}, nil, `"protocol":"http","port":80`},
		{"url", &edgesim.CustomOrigin{URL: "http://127.0.0.1:3000"}, nil, `"protocol":"http","port":3000`},
		{"url-stands-for-https", &edgesim.CustomOrigin{URL: "http://127.0.0.1:3000", Protocol: edgesim.OriginHTTPSOnly, HTTPSPort: 8443}, nil,
			`"protocol":"https","port":8443`},
		{"match-viewer-https", matching, nil, `"protocol":"https","port":8443`},
		{"match-viewer-http", matching, plain, `"protocol":"http","port":8080`},
		{"https-only-for-an-http-viewer", &edgesim.CustomOrigin{Handler: says(200), Protocol: edgesim.OriginHTTPSOnly}, plain, `"protocol":"https","port":443`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			seen := make(chan string, 1)
			see := raw(func(event []byte) ([]byte, error) {
				seen <- string(event)
				return []byte(`{"status":"200"}`), nil
			})
			s := behind(t, edgesim.Behavior{Origin: tc.origin, Functions: edgesim.Functions{OriginRequest: edgesim.Association{Function: see}}})
			get(s, "/", tc.viewer...)
			event := <-seen
			for member := range strings.SplitSeq(tc.want, ",") {
				if !strings.Contains(event, member) {
					t.Errorf("no %s in %s", member, event)
				}
			}
		})
	}
}
