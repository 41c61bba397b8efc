package edgehttp_test

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgehttp"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func TestRequestIsAServersRequest(t *testing.T) {
	r := edgetest.NewRequest(edge.ViewerRequest, "POST", "https://www.example.com/a%2Fb?c=d")
	r.ClientIP = "2001:db8::17"
	r.Body = &edge.RequestBody{Action: "read-only", Encoding: "base64", Data: "YWJj"}
	type want struct {
		Method, Path, RawPath, Query, URI, Host, Remote, Proto, Body string
		Length                                                       int64
		HostInHeader                                                 bool
	}
	var got want
	answer(t, func(_ http.ResponseWriter, r *http.Request) {
		data, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		_, hostInHeader := r.Header["Host"]
		got = want{
			r.Method, r.URL.Path, r.URL.RawPath, r.URL.RawQuery, r.RequestURI, r.Host, r.RemoteAddr, r.Proto,
			string(data), r.ContentLength, hostInHeader,
		}
	}, r)
	if diff := cmp.Diff(want{
		"POST", "/a/b", "/a%2Fb", "c=d", "/a%2Fb?c=d", "www.example.com", "[2001:db8::17]:0", "HTTP/1.1", "abc", 3, false,
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRequestWithoutBody(t *testing.T) {
	for name, body := range map[string]*edge.RequestBody{
		"not-included": nil,
		"empty":        {Action: "read-only", Encoding: "base64"},
	} {
		r := get("/")
		r.Body = body
		answer(t, func(_ http.ResponseWriter, r *http.Request) {
			if data, err := io.ReadAll(r.Body); len(data) > 0 || err != nil || r.ContentLength != 0 {
				t.Errorf("%s: got %q, %v, ContentLength %d; want nothing", name, data, err, r.ContentLength)
			}
		}, r)
	}
}

func TestRequestWithUnreadableBody(t *testing.T) {
	r := get("/")
	r.Body = &edge.RequestBody{Action: "read-only", Encoding: "base64", Data: "!"}
	answer(t, func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err == nil || !strings.Contains(err.Error(), "not base64") {
			t.Errorf("got %v; want an error that says why", err)
		}
	}, r)
}

// TestAnswersAreThoseOfAServer holds the recorder to net/http's own server: status,
// headers and body for the viewer are the same.
func TestAnswersAreThoseOfAServer(t *testing.T) {
	files := http.FileServerFS(fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>x</title>")}, "a.bin": {Data: []byte{0, 1, 2, 0xff}}})
	for _, tt := range []struct {
		name, method, target string
		handler              http.HandlerFunc
	}{
		{"nothing-written", "GET", "/", func(http.ResponseWriter, *http.Request) {}},
		{"status-only", "GET", "/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }},
		{"second-status-ignored", "GET", "/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(201); w.WriteHeader(500) }},
		{"early-hints", "GET", "/", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(202)
		}},
		{"late-header", "GET", "/", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(200)
			w.Header().Set("X-Late", "1")
		}},
		{"sniffed-html", "GET", "/", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html>") }},
		{"no-type-wanted", "GET", "/", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			io.WriteString(w, "<html>")
		}},
		{"compressed-without-type", "GET", "/", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			io.WriteString(w, "<html>")
		}},
		{"not-modified-with-length", "GET", "/", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.Header().Set("Etag", `"a"`)
			w.WriteHeader(304)
		}},
		{"no-content", "GET", "/", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(204)
			if _, err := io.WriteString(w, "x"); err != http.ErrBodyNotAllowed {
				t.Errorf("writing after 204 returned %v", err)
			}
		}},
		{"head", "HEAD", "/", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "not sent") }},
		{"flush", "GET", "/", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.(http.Flusher).Flush()
			w.Header().Set("X-Late", "1")
			io.WriteString(w, "x")
		}},
		{"redirect", "GET", "/a", http.RedirectHandler("/b?c=d", http.StatusTemporaryRedirect).ServeHTTP},
		{"not-found", "GET", "/", http.NotFound},
		{"file", "GET", "/", files.ServeHTTP},
		{"file-head", "HEAD", "/", files.ServeHTTP},
		{"file-binary", "GET", "/a.bin", files.ServeHTTP},
		{"file-missing", "GET", "/none", files.ServeHTTP},
		{"set-cookie", "GET", "/", func(w http.ResponseWriter, _ *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
			http.SetCookie(w, &http.Cookie{Name: "b", Value: "2"})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := answer(t, tt.handler, edgetest.NewRequest(edge.ViewerRequest, tt.method, tt.target))
			server := httptest.NewUnstartedServer(tt.handler)
			server.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of the second status
			server.Start()
			defer server.Close()
			req, err := http.NewRequest(tt.method, server.URL+tt.target, nil)
			if err != nil {
				t.Fatal(err)
			}
			res, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			res.Header.Del("Date")           // a server adds it,
			res.Header.Del("Content-Length") // and computes this
			type view struct {
				Status       int
				Header, Body string
			}
			want := view{res.StatusCode, list(edgehttp.EdgeHeader(res.Header)), string(body)}
			if diff := cmp.Diff(want, view{got.StatusCode, list(got.Header), string(got.Body.Bytes())}); diff != "" {
				t.Errorf("(-net/http +edgehttp):\n%s", diff)
			}
		})
	}
}

func TestWhatHandlersCannotDo(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		handler    http.HandlerFunc
	}{
		{"abort", "aborted the answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{"switch-protocols", "cannot switch protocols", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(101) }},
		{"announced-trailer", "sets trailers", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Trailer", "X-Sum") }},
		{"late-trailer", "sets trailers", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, "x")
			w.Header().Set(http.TrailerPrefix+"X-Sum", "1")
		}},
		{"wrong-length", `set Content-Length "10" and wrote 1 bytes`, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			io.WriteString(w, "x")
		}},
		{"line-break-in-header", "control characters", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-A", "a\r\nSet-Cookie: b") }},
		{"read-only-header", "must not be added", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Via", "1.1 x") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := run(tt.handler, get("/"))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v; want an error with %q", err, tt.want)
			}
		})
	}
}

func TestPanicsGoOn(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"own":            func(http.ResponseWriter, *http.Request) { panic("mine") },
		"invalid-status": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(99) },
	} {
		func() {
			defer func() {
				if v := recover(); v == nil {
					t.Errorf("%s: no panic came through", name)
				}
			}()
			run(h, get("/"))
		}()
	}
}

func TestHijackingIsNotSupported(t *testing.T) {
	answer(t, func(w http.ResponseWriter, _ *http.Request) {
		if _, _, err := http.NewResponseController(w).Hijack(); err == nil {
			t.Error("Hijack returned no error")
		}
	}, get("/"))
}
