package edgesim_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

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

// TestMatchViewer holds that an origin without a URL is asked at its domain name, by the protocol that its policy
// gives for the viewer (DownloadDistValuesOrigin.html, "Match viewer").
func TestMatchViewer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("by http for " + r.Host)) }))
	t.Cleanup(server.Close)
	port, err := strconv.Atoi(server.URL[strings.LastIndexByte(server.URL, ':')+1:])
	if err != nil {
		t.Fatal(err)
	}
	s := behind(t, edgesim.Behavior{
		Origin: &edgesim.CustomOrigin{DomainName: "localhost", Protocol: edgesim.OriginMatchViewer, HTTPPort: port, HTTPSPort: port, Attempts: 1},
	})
	if resp, _ := get(s, "/", "X-Mock-CloudFront-Forwarded-Proto", "http"); body(t, resp) != "by http for localhost" {
		t.Errorf("a viewer by http: got %d, want the origin's answer", resp.StatusCode)
	}
	if resp, _ := get(s, "/other"); resp.StatusCode != http.StatusBadGateway {
		t.Errorf("a viewer by https: got %d, want 502: the server speaks no TLS", resp.StatusCode)
	}
}

func TestOriginProtocolMistakes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		origin edgesim.CustomOrigin
		want   string
	}{
		{"policy", edgesim.CustomOrigin{URL: "http://127.0.0.1:3000", Protocol: "https"}, `protocol policy: got "https"`},
		{"port", edgesim.CustomOrigin{URL: "http://127.0.0.1:3000", HTTPPort: 81}, "got 81"},
		{"no-domain", edgesim.CustomOrigin{Protocol: edgesim.OriginMatchViewer}, "exactly one of URL and Handler"},
		{"no-protocol", edgesim.CustomOrigin{DomainName: "api.example.com"}, "exactly one of URL and Handler"},
		{"both", edgesim.CustomOrigin{URL: "http://127.0.0.1:3000", Handler: says(200), Protocol: edgesim.OriginHTTPOnly}, "exactly one of URL and Handler"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{Origin: &tc.origin}}})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}
