package edgehttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgehttp"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// TestContinueLosesNothing holds that what passes through unchanged is byte for
// byte what came, for every captured request.
func TestContinueLosesNothing(t *testing.T) {
	handler := edgehttp.Handler(http.HandlerFunc(edgehttp.Continue))
	f := &edge.Function{ViewerRequest: handler, OriginRequest: handler}
	f.Warn = func(w *edge.FieldError) { t.Error(w) }
	names, err := fs.Glob(edgetest.Events(), "*-request-*.json")
	if err != nil || len(names) == 0 {
		t.Fatal("no events", err)
	}
	for _, name := range names {
		event, err := fs.ReadFile(edgetest.Events(), name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.Invoke(t.Context(), event)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var want struct {
			Records [1]struct {
				CF struct{ Request json.RawMessage }
			}
		}
		if err := json.Unmarshal(event, &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want.Records[0].CF.Request), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestContinueWithChanges(t *testing.T) {
	came := func() *edge.Request {
		r := edgetest.NewRequest(edge.OriginRequest, "POST", "/old%20path/?a=1&&b")
		r.Header.Add("X-Two", "1")
		r.Header.Add("X-Two", "2")
		r.Header.Set("X-Gone", "1")
		r.Body = &edge.RequestBody{Action: "read-only", Encoding: "base64", Data: "YWJj"} // abc
		return r
	}
	for _, tt := range []struct {
		name, reason string
		change       func(w http.ResponseWriter, r *http.Request) *http.Request
		want         func(r *edge.Request)
	}{
		{"path", "a path is written escaped",
			func(_ http.ResponseWriter, r *http.Request) *http.Request { r.URL.Path = "/ä b"; return r },
			func(r *edge.Request) { r.URI = "/%C3%A4%20b" }},
		{"raw-path", "with a RawPath its escapes stand",
			func(_ http.ResponseWriter, r *http.Request) *http.Request {
				r.URL.Path, r.URL.RawPath = "/a/b", "/a%2Fb"
				return r
			},
			func(r *edge.Request) { r.URI = "/a%2Fb" }},
		{"raw-path-only", "another spelling of the same path is a change",
			func(_ http.ResponseWriter, r *http.Request) *http.Request {
				r.URL.RawPath = "/%6Fld%20path/"
				return r
			},
			func(r *edge.Request) { r.URI = "/%6Fld%20path/" }},
		{"empty-path", "RFC 9112, section 3.2.1: an empty path is a slash",
			func(_ http.ResponseWriter, r *http.Request) *http.Request {
				r.URL.Path, r.URL.RawPath = "", ""
				return r
			},
			func(r *edge.Request) { r.URI = "/" }},
		{"query", "byte for byte",
			func(_ http.ResponseWriter, r *http.Request) *http.Request { r.URL.RawQuery = "c=%20+&&"; return r },
			func(r *edge.Request) { r.QueryString = "c=%20+&&" }},
		{"query-removed", "an empty query is a change",
			func(_ http.ResponseWriter, r *http.Request) *http.Request { r.URL.RawQuery = ""; return r },
			func(r *edge.Request) { r.QueryString = "" }},
		{"headers", "set, added to, deleted",
			func(_ http.ResponseWriter, r *http.Request) *http.Request {
				r.Header.Set("X-New", "n")
				r.Header.Add("X-Two", "3")
				r.Header.Del("X-Gone")
				return r
			},
			func(r *edge.Request) {
				r.Header.Set("X-New", "n")
				r.Header.Add("X-Two", "3")
				r.Header.Del("X-Gone")
			}},
		{"host", "the Host of net/http",
			func(_ http.ResponseWriter, r *http.Request) *http.Request { r.Host = "www.example.com"; return r },
			func(r *edge.Request) { r.Header.Set("Host", "www.example.com") }},
		{"host-in-header", "counts for nothing in net/http",
			func(_ http.ResponseWriter, r *http.Request) *http.Request {
				r.Header.Set("Host", "www.example.com")
				return r
			},
			func(*edge.Request) {}},
		{"clone", "a middleware may pass another request on",
			func(_ http.ResponseWriter, r *http.Request) *http.Request {
				r = r.Clone(context.WithValue(r.Context(), failingReader{}, 1))
				r.URL.Path, r.URL.RawPath = "/x", ""
				return r
			},
			func(r *edge.Request) { r.URI = "/x" }},
		{"body", "a new body takes the place",
			func(_ http.ResponseWriter, r *http.Request) *http.Request {
				r.Body = io.NopCloser(strings.NewReader("new"))
				return r
			},
			func(r *edge.Request) { r.Body.Replace([]byte("new")) }},
		{"body-nil", "what net/http takes for no body is none that was put in",
			func(_ http.ResponseWriter, r *http.Request) *http.Request { r.Body = nil; return r },
			func(*edge.Request) {}},
		{"body-read", "reading the viewer's body does not take it away",
			func(_ http.ResponseWriter, r *http.Request) *http.Request { io.ReadAll(r.Body); return r },
			func(*edge.Request) {}},
		{"body-wrapped", "nor does a limit around it",
			func(w http.ResponseWriter, r *http.Request) *http.Request {
				r.Body = http.MaxBytesReader(w, r.Body, 10)
				return r
			},
			func(*edge.Request) {}},
		{"body-wrapped-and-read", "nor a limit around it and reading, in part",
			func(w http.ResponseWriter, r *http.Request) *http.Request {
				r.Body = http.MaxBytesReader(w, r.Body, 10)
				io.ReadFull(r.Body, make([]byte, 2))
				return r
			},
			func(*edge.Request) {}},
		{"body-of-cloudfront", "a body set in CloudFront's request stays, whatever was read",
			func(w http.ResponseWriter, r *http.Request) *http.Request {
				cf, _ := edgehttp.FromContext(r.Context())
				cf.Body.ReplaceText("text")
				r.Body = http.MaxBytesReader(w, r.Body, 10)
				return r
			},
			func(r *edge.Request) { r.Body.ReplaceText("text") }},
		{"cloudfronts-own", "what is changed in CloudFront's request counts",
			func(_ http.ResponseWriter, r *http.Request) *http.Request {
				cf, _ := edgehttp.FromContext(r.Context())
				cf.URI = "/direct"
				cf.Header.Set("X-Direct", "1")
				return r
			},
			func(r *edge.Request) { r.URI = "/direct"; r.Header.Set("X-Direct", "1") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := onward(t, func(w http.ResponseWriter, r *http.Request) { edgehttp.Continue(w, tt.change(w, r)) }, came())
			want := came()
			tt.want(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

func TestContinueWithTruncatedBody(t *testing.T) {
	r := edgetest.NewRequest(edge.OriginRequest, "POST", "/")
	r.Body = &edge.RequestBody{InputTruncated: true, Action: "read-only", Encoding: "base64", Data: "YWJj"}
	got := onward(t, func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		edgehttp.Continue(w, r)
	}, r)
	if diff := cmp.Diff(r.Body, got.Body); diff != "" {
		t.Errorf("the viewer's whole body must go on (-want +got):\n%s", diff)
	}
}

// TestChunkedRequest: as under net/http's server, Transfer-Encoding stands in a field of its own, so that middleware which takes the
// headers of a connection away (httputil.ReverseProxy does) cannot delete it. To CloudFront that would be a 502: the header is read-only.
func TestChunkedRequest(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(r *http.Request)
	}{
		{"untouched", func(*http.Request) {}},
		{"headers-of-the-connection-deleted", func(r *http.Request) {
			for _, name := range []string{"Connection", "Keep-Alive", "Te", "Trailer", "Transfer-Encoding", "Upgrade"} {
				r.Header.Del(name)
			}
		}},
		{"field-emptied", func(r *http.Request) { r.TransferEncoding = nil }},
		{"set-in-header", func(r *http.Request) { r.Header.Set("Transfer-Encoding", "gzip") }},
		{"outgoing-request", func(r *http.Request) {
			kept := http.Header{}
			for name := range r.Header {
				kept[name] = r.Header[name]
			}
			r.Header = kept
		}},
	} {
		for _, trigger := range []edge.Trigger{edge.ViewerRequest, edge.OriginRequest} {
			t.Run(string(trigger)+"/"+tt.name, func(t *testing.T) {
				came := edgetest.NewRequest(trigger, "POST", "/upload")
				came.Header.Set("Transfer-Encoding", "chunked")
				got := onward(t, func(w http.ResponseWriter, r *http.Request) {
					if diff := cmp.Diff([]string{"chunked"}, r.TransferEncoding); diff != "" || r.Header["Transfer-Encoding"] != nil {
						t.Errorf("the header is %v; TransferEncoding (-want +got):\n%s", r.Header, diff)
					}
					tt.change(r)
					edgehttp.Continue(w, r)
				}, came)
				if diff := cmp.Diff(came, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestContinueBehindMiddleware(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") })
	mux.Handle("/api/", http.StripPrefix("/api", http.HandlerFunc(edgehttp.Continue)))
	mux.HandleFunc("/", edgehttp.Continue)
	requireKey := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != "k" {
			w.Header().Set("WWW-Authenticate", "Key")
			http.Error(w, "no key", http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	}
	withKey := func(target string) *edge.Request {
		r := get(target)
		r.Header.Set("X-Key", "k")
		return r
	}
	if got := answer(t, requireKey, get("/")); got.StatusCode != 401 || got.Header.Get("www-authenticate") != "Key" {
		t.Errorf("got %+v; want the middleware's 401", got)
	}
	if got := answer(t, requireKey, withKey("/health")); string(got.Body.Bytes()) != "ok" {
		t.Errorf("got the body %q; want the route's", got.Body.Bytes())
	}
	if got := onward(t, requireKey, withKey("/page?x=1")); got.URI != "/page" || got.QueryString != "x=1" {
		t.Errorf("got %s?%s; want it unchanged", got.URI, got.QueryString)
	}
	if got := onward(t, requireKey, withKey("/api/items%2F7?x=1")); got.URI != "/items%2F7" || got.QueryString != "x=1" {
		t.Errorf("got %s?%s; want the prefix stripped and no more", got.URI, got.QueryString)
	}
}

// TestWhatContinueRefuses holds that nothing a handler does is lost in silence.
func TestWhatContinueRefuses(t *testing.T) {
	broken := errors.New("broken")
	for _, tt := range []struct {
		name, want string
		handler    http.HandlerFunc
	}{
		{"answer-beside", "wrote an answer and called Continue", func(w http.ResponseWriter, r *http.Request) {
			edgehttp.Continue(w, r)
			io.WriteString(w, "too late")
		}},
		{"response-header", `set the response header "x-frame-options" and called Continue`, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Frame-Options", "DENY")
			edgehttp.Continue(w, r)
		}},
		{"url-host", `set URL to "https://other.example.com/"`, func(w http.ResponseWriter, r *http.Request) {
			r.URL.Scheme, r.URL.Host = "https", "other.example.com"
			edgehttp.Continue(w, r)
		}},
		{"url-scheme", `set URL to "http:///"`, func(w http.ResponseWriter, r *http.Request) {
			r.URL.Scheme = "http"
			edgehttp.Continue(w, r)
		}},
		{"method", "method: got \"PUT\": this member is read-only", func(w http.ResponseWriter, r *http.Request) {
			r.Method = "PUT"
			edgehttp.Continue(w, r)
		}},
		{"host-in-viewer-request", "headers.host[0].value", func(w http.ResponseWriter, r *http.Request) {
			r.Host = "other.example.com"
			edgehttp.Continue(w, r)
		}},
		{"body-that-fails", "broken", func(w http.ResponseWriter, r *http.Request) {
			r.Body = io.NopCloser(io.MultiReader(strings.NewReader("x"), failingReader{broken}))
			edgehttp.Continue(w, r)
		}},
		{"body-too-large", "larger than 1 MB", func(w http.ResponseWriter, r *http.Request) {
			r.Body = io.NopCloser(bytes.NewReader(make([]byte, 1<<20+1)))
			edgehttp.Continue(w, r)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := run(tt.handler, edgetest.NewRequest(edge.ViewerRequest, "GET", "/"))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v; want an error with %q", err, tt.want)
			}
		})
	}
}

func TestContinueOutsideOfHandler(t *testing.T) {
	defer func() {
		if got, _ := recover().(string); !strings.Contains(got, "not of edgehttp.Handler") {
			t.Errorf("got the panic %q; want one that names edgehttp.Handler", got)
		}
	}()
	r, err := http.NewRequest("GET", "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := edgehttp.FromContext(r.Context()); ok {
		t.Error("FromContext found a request in an ordinary context")
	}
	edgehttp.Continue(nil, r)
}

type failingReader struct{ err error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.err }
