package edgesim_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestChunkedRequest holds what the request triggers and the origin get of a body without a length. "Transfer-Encoding: CloudFront
// forwards the header to your origin." (RequestAndResponseBehaviorCustomOrigin.html)
func TestChunkedRequest(t *testing.T) {
	t.Parallel()
	made := func(method string, body io.Reader) *http.Request {
		r, err := http.NewRequest(method, "http://localhost/", body)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	read := func(body string, change func(*http.Request)) *http.Request {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Length", "3")
		change(r)
		return r
	}
	type seen struct{ ViewerRequest, OriginRequest, Origin string }
	all := func(s string) seen { return seen{s, s, s} }
	replace := func(m map[string]any) {
		m["body"] = map[string]any{"action": "replace", "encoding": "text", "data": "longer"}
	}
	tests := []struct {
		name, reason string
		request      *http.Request
		change       func(map[string]any) // in viewer-request
		want         seen
		body         string
	}{
		{"length", "", read("abc", func(*http.Request) {}), nil, all("3"), "abc"},
		{"chunked", "as net/http's server has it", read("abc", func(r *http.Request) {
			r.ContentLength, r.TransferEncoding = -1, []string{"chunked"}
			r.Header.Del("Content-Length")
		}), nil, all("chunked"), "abc"},
		{"length-not-known", "a length of -1", read("abc", func(r *http.Request) { r.ContentLength = -1; r.Header.Del("Content-Length") }), nil, all("chunked"), "abc"},
		{"made-to-send", "a program's own request: 0 is a length that is not known (http.Request)", made("POST", iotest.OneByteReader(strings.NewReader("abc"))), nil, all("chunked"), "abc"},
		{"made-with-length", "as a server reads what http.NewRequest makes", made("POST", strings.NewReader("abc")), nil, all("3"), "abc"},
		{"made-without-body", "", made("POST", nil), nil, seen{"-", "-", "-"}, ""},
		{"written-by-hand", "no body, no coding", read("", func(r *http.Request) { r.Header = http.Header{"Transfer-Encoding": {"chunked"}} }), nil, seen{"-", "-", "-"}, ""},
		{"http-2", "RFC 9113 section 8.2.2: HTTP/2 has no such header; the origin is asked by HTTP/1.1", read("abc", func(r *http.Request) {
			r.ContentLength, r.Proto, r.ProtoMajor, r.ProtoMinor = -1, "HTTP/2.0", 2, 0
			r.Header.Del("Content-Length")
		}), nil, seen{"-", "-", "chunked"}, "abc"},
		{"replaced", "the function's body has another length", read("abc", func(*http.Request) {}), replace, seen{"3", "6", "6"}, "longer"},
		{"chunked-replaced", "the function's body goes on as the viewer's came", read("abc", func(r *http.Request) { r.ContentLength = -1; r.Header.Del("Content-Length") }), replace,
			all("chunked"), "longer"},
	}
	for _, tc := range tests {
		for _, kind := range []string{"server", "handler"} {
			t.Run(tc.name+"-"+kind, func(t *testing.T) {
				var got seen
				var sent string
				serve := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					b, _ := io.ReadAll(r.Body)
					sent = string(b)
					got.Origin = framing(r.Header, r.TransferEncoding)
				})
				o := &edgesim.CustomOrigin{Handler: serve}
				if kind == "server" {
					server := httptest.NewServer(serve)
					defer server.Close()
					o = &edgesim.CustomOrigin{URL: server.URL}
				}
				s := behind(t, edgesim.Behavior{Origin: o, AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"},
					Functions: edgesim.Functions{ViewerRequest: sees(&got.ViewerRequest, tc.change), OriginRequest: sees(&got.OriginRequest, nil)}})
				r := tc.request.Clone(context.Background())
				if tc.request.Body != nil { // each kind reads it once
					b, _ := io.ReadAll(tc.request.Body)
					tc.request.Body, r.Body = io.NopCloser(strings.NewReader(string(b))), io.NopCloser(strings.NewReader(string(b)))
				}
				_, trace := s.Do(r)
				want := tc.want
				if want.Origin == "-" && kind == "server" && r.Method == "POST" {
					want.Origin = "0" // net/http's client says that there is none
				}
				if diff := cmp.Diff(want, got); diff != "" || sent != tc.body {
					t.Errorf("%s (%s): the origin got %q, want %q; (-want +got)\n%s", tc.reason, trace.Reason, sent, tc.body, diff)
				}
			})
		}
	}
}
