package edgesim_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// behind makes a simulator with one behaviour.
func behind(t testing.TB, b edgesim.Behavior, change ...func(*edgesim.Config)) *edgesim.Simulator {
	t.Helper()
	c := edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: b}}
	for _, f := range change {
		f(&c)
	}
	return simulator(t, c)
}

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
			s := behind(t, edgesim.Behavior{Origin: tc.bucket, AllowedMethods: []string{"GET", "HEAD", "DELETE"}})
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
	refused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused.Close()
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
		{"refused", "/", edgesim.CustomOrigin{URL: "http://" + refused.Addr().String()}, 502, ""},
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

func TestEndlessBody(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	o := script(func(w http.ResponseWriter, r *http.Request) {
		defer close(gone)
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 32<<10)); err != nil {
				return
			}
		}
	})
	w := serving(t, o, caching(0, 60, 600), func(c *edgesim.Config) { c.ObjectBytes = 1 << 20 })
	server := httptest.NewServer(w)
	defer server.Close()
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := resp.Body.Read(make([]byte, 1024)); err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("the origin still sends to a viewer who left")
	}
	if n := w.Stats().Objects; n != 0 {
		t.Errorf("%d objects stored", n)
	}
}

func TestStreamIsSentAtOnce(t *testing.T) {
	t.Parallel()
	proceed := make(chan struct{})
	o := script(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Write([]byte("data: 1\n\n"))
		w.(http.Flusher).Flush()
		<-proceed
		w.Write([]byte("data: 2\n\n"))
	})
	w := serving(t, o, caching(0, 60, 600))
	server := httptest.NewServer(w)
	defer server.Close()
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	buffer := make([]byte, 64)
	n, err := resp.Body.Read(buffer)
	if err != nil || string(buffer[:n]) != "data: 1\n\n" {
		t.Fatalf("got %q, %v before the origin was done", buffer[:n], err)
	}
	close(proceed)
	if rest := body(t, resp); rest != "data: 2\n\n" {
		t.Errorf("got %q", rest)
	}
	if resp, trace := get(w.Simulator, "/", "X", "y"); trace.Cache.Key == "" || body(t, resp) == "" {
		t.Errorf("got %+v", trace.Cache)
	}
}

func TestOriginGroup(t *testing.T) {
	t.Parallel()
	down := &edgesim.CustomOrigin{Handler: script(func(http.ResponseWriter, *http.Request) { panic("down") }), DomainName: "one.example.com"}
	busy := &edgesim.CustomOrigin{Handler: says(503), DomainName: "one.example.com"}
	fine := &edgesim.CustomOrigin{Handler: says(200), DomainName: "two.example.com"}
	tests := []struct {
		name, method string
		group        edgesim.OriginGroup
		status       int
		asked        []string
	}{
		{"down", "GET", edgesim.OriginGroup{Primary: down, Secondary: fine}, 200, []string{"one.example.com", "two.example.com"}},
		{"status", "GET", edgesim.OriginGroup{Primary: busy, Secondary: fine, Statuses: []int{503}}, 200, []string{"one.example.com", "two.example.com"}},
		{"status-not-listed", "GET", edgesim.OriginGroup{Primary: busy, Secondary: fine, Statuses: []int{500}}, 503, []string{"one.example.com"}},
		{"post-stays", "POST", edgesim.OriginGroup{Primary: busy, Secondary: fine, Statuses: []int{503}}, 503, []string{"one.example.com"}},
		{"fine", "GET", edgesim.OriginGroup{Primary: fine, Secondary: busy, Statuses: []int{503}}, 200, []string{"two.example.com"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var asked []string
			s := behind(t, edgesim.Behavior{Origin: &tc.group, AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"},
				Functions: edgesim.Associate(&edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
					asked = append(asked, r.Origin.(*edge.CustomOrigin).DomainName)
					return r, nil
				}}),
			})
			resp, trace := send(s, tc.method, "/")
			if resp.StatusCode != tc.status {
				t.Errorf("got %d (%s), want %d", resp.StatusCode, trace.Reason, tc.status)
			}
			if diff := cmp.Diff(tc.asked, asked); diff != "" {
				t.Errorf("origin-request saw (-want +got; high_availability_origin_failover.html):\n%s", diff)
			}
		})
	}
}

// TestChangedOrigin holds what an origin-request function can do to the origin.
func TestChangedOrigin(t *testing.T) {
	t.Parallel()
	var host, path, custom string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		host, path, custom = r.Host, r.URL.Path, r.Header.Get("X-Secret")
	}))
	t.Cleanup(server.Close)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	change := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		o := &edge.CustomOrigin{DomainName: "localhost", Protocol: "http", Path: "/v2", KeepaliveTimeout: 5, ReadTimeout: 30, SSLProtocols: []string{"TLSv1.2"}}
		fmt.Sscan(port, &o.Port)
		o.CustomHeaders.Set("X-Secret", "abc")
		r.Origin = o
		r.Header.Set("Host", "localhost")
		return r, nil
	}
	s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: site()}, Functions: edgesim.Associate(&edge.Function{OriginRequest: change})})
	resp, trace := get(s, "/a")
	if resp.StatusCode != 200 || host != "localhost" || path != "/v2/a" || custom != "abc" {
		t.Errorf("got %d (%s), host %q, path %q, secret %q", resp.StatusCode, trace.Reason, host, path, custom)
	}
	other := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: site()}, Functions: edgesim.Associate(&edge.Function{
		OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Origin.(*edge.S3Origin).DomainName = "second.s3.eu-west-1.amazonaws.com"
			r.Header.Set("Host", "second.s3.eu-west-1.amazonaws.com")
			return r, nil
		},
	})}, func(c *edgesim.Config) {
		second := fstest.MapFS{"index.html": {Data: []byte("second")}}
		c.Distribution.Behaviors = []edgesim.Behavior{{PathPattern: "/never", Origin: &edgesim.S3Origin{FS: second, DomainName: "second.s3.eu-west-1.amazonaws.com"}}}
	})
	if resp, trace := get(other, "/index.html"); body(t, resp) != "second" {
		t.Errorf("another origin of the distribution: got %d (%s)", resp.StatusCode, trace.Reason)
	}
}

func TestCustomErrorPages(t *testing.T) {
	t.Parallel()
	ran := map[edge.Trigger]int{}
	f := &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			ran[edge.ViewerRequest]++
			return r, nil
		},
		ViewerResponse: func(context.Context, *edge.Response) error { ran[edge.ViewerResponse]++; return nil },
	}
	s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: site()}, CachePolicy: caching(0, 60, 600), Functions: edgesim.Associate(f)}, func(c *edgesim.Config) {
		c.Distribution.ErrorResponses = []edgesim.ErrorResponse{
			{Status: 403, PagePath: "/errors/index.html", ResponseCode: 200, CachingTTL: 10 * time.Second}, {Status: 416, PagePath: "/nowhere.html"},
		}
		c.Distribution.Behaviors = []edgesim.Behavior{{PathPattern: "/errors/*", CachePolicy: caching(0, 60, 600),
			Origin: &edgesim.CustomOrigin{Handler: script(answer(200, "sorry", "Content-Type", "text/html")), DomainName: "errors.example.com"}}}
	})
	for _, want := range []string{"first", "again"} {
		resp, trace := get(s, "/missing", "Range", "bytes=0-1")
		if got := body(t, resp); resp.StatusCode != 200 || got != "sorry" || trace.Result != "Error from cloudfront" {
			t.Errorf("%s: got %d %q %q", want, resp.StatusCode, got, trace.Result)
		}
	}
	if ran[edge.ViewerRequest] != 2 || ran[edge.ViewerResponse] != 0 {
		t.Errorf("got %v, want viewer-request once for each viewer and viewer-response not at all (lambda-cloudfront-trigger-events.html)", ran)
	}
}
