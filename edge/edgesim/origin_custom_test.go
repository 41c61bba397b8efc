package edgesim_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestURLOrigin asks real servers over loopback.
func TestURLOrigin(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			time.Sleep(2 * time.Second)
		case "/base/redirect":
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
		case "/short":
			w.Header().Set("Content-Length", "10")
			w.Write([]byte("abc"))
		case "/headers":
			w.Header().Set("X-A", strings.Repeat("x", 40_000))
		default:
			fmt.Fprintf(w, "%s %s %s", r.Method, r.RequestURI, r.Host)
		}
	}))
	t.Cleanup(server.Close)
	address := strings.TrimPrefix(server.URL, "http://")
	tests := []struct {
		name, target string
		origin       edgesim.CustomOrigin
		status       int
		want         string
	}{
		{"plain", "/a%2Fb//c?x=%20&&y", edgesim.CustomOrigin{URL: server.URL}, 200, "GET /a%2Fb//c?x=%20&&y " + address},
		{"origin-path", "/a", edgesim.CustomOrigin{URL: server.URL + "/base"}, 200, "GET /base/a " + address},
		{"own-domain-name", "/a", edgesim.CustomOrigin{URL: server.URL, DomainName: "api.example.com"}, 200, "GET /a api.example.com"},
		{"redirect-not-followed", "/redirect", edgesim.CustomOrigin{URL: server.URL + "/base"}, 302, ""},
		{"refused", "/", edgesim.CustomOrigin{URL: "http://127.0.0.1:1"}, 502, ""},
		{"slow", "/slow", edgesim.CustomOrigin{URL: server.URL, ReadTimeout: 50 * time.Millisecond, Connect: 50 * time.Millisecond, Attempts: 1}, 504, ""},
		{"broken-off", "/short", edgesim.CustomOrigin{URL: server.URL}, 502, ""},
		{"large-headers", "/headers", edgesim.CustomOrigin{URL: server.URL}, 502, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := behind(t, edgesim.Behavior{Origin: &tc.origin})
			resp, trace := get(s, tc.target)
			if got := body(t, resp); resp.StatusCode != tc.status || tc.want != "" && got != tc.want {
				t.Errorf("got %d %q (%s), want %d %q", resp.StatusCode, got, trace.Reason, tc.status, tc.want)
			}
			if tc.status > 500 && trace.Reason == "" {
				t.Error("no reason")
			}
		})
	}
}

func TestLookupBeforeOriginRequest(t *testing.T) {
	t.Parallel()
	ran := false
	s := behind(t, edgesim.Behavior{
		Origin: &edgesim.CustomOrigin{URL: "https://no-such-name.example"},
		Functions: edgesim.Associate(&edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			ran = true
			return r, nil
		}}),
	}, func(c *edgesim.Config) {
		c.LookupHost = func(context.Context, string) ([]string, error) { return nil, errors.New("no such host") }
	})
	resp, trace := get(s, "/")
	if resp.StatusCode != 502 || ran || !strings.Contains(trace.Reason, "does not resolve") {
		t.Errorf("got %d (%s), origin-request ran: %t; want 502 and no function", resp.StatusCode, trace.Reason, ran)
	}
}

// TestLyingOrigins holds that the simulator stands whatever a handler does.
func TestLyingOrigins(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		handler http.HandlerFunc
		status  int
	}{
		{"panic", func(http.ResponseWriter, *http.Request) { panic("lost") }, 502},
		{"too-short", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			w.Write([]byte("abc"))
		}, 502},
		{"too-long", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1")
			w.Write([]byte("abc"))
		}, 502},
		{"status-999", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(999) }, 502},
		{"large-headers", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-A", strings.Repeat("x", 40_000)) }, 502},
		{"line-feed-in-header", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-A", "1\nSet-Cookie: a=b") }, 502},
		{"header-name", func(w http.ResponseWriter, _ *http.Request) { w.Header()["X A"] = []string{"1"} }, 502},
		{"hop-by-hop", func(w http.ResponseWriter, _ *http.Request) {
			for _, name := range []string{"Connection", "Keep-Alive", "Upgrade", "Trailer", "X-Hop"} {
				w.Header().Set(name, "X-Hop")
			}
			w.Write([]byte("x"))
		}, 200},
		{"silent", func(http.ResponseWriter, *http.Request) {}, 200},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, script(tc.handler), caching(0, 60, 600))
			resp, trace := get(w.Simulator, "/")
			if resp.StatusCode != tc.status {
				t.Errorf("got %d (%s), want %d", resp.StatusCode, trace.Reason, tc.status)
			}
			for _, name := range []string{"Connection", "Keep-Alive", "Upgrade", "Trailer", "X-Hop"} {
				if resp.Header.Get(name) != "" {
					t.Errorf("%s came through", name)
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
