package edgehttp_test

// The faults that adapters of other languages for Lambda@Edge have had, a test
// each. The comment says where it was seen.

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgehttp"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// run sends r through h in its trigger.
func run(h http.HandlerFunc, r *edge.Request) (edge.Outcome, error) {
	f := &edge.Function{ViewerRequest: edgehttp.Handler(h), OriginRequest: edgehttp.Handler(h)}
	return edgetest.Request(f, r)
}

// answer is run for a handler that answers.
func answer(t *testing.T, h http.HandlerFunc, r *edge.Request) *edge.Response {
	t.Helper()
	out, err := run(h, r)
	if err != nil {
		t.Fatal(err)
	}
	res, ok := out.(*edge.Response)
	if !ok {
		t.Fatalf("got %T; want an answer", out)
	}
	return res
}

// onward is run for a handler that lets the request go on.
func onward(t *testing.T, h http.HandlerFunc, r *edge.Request) *edge.Request {
	t.Helper()
	out, err := run(h, r)
	if err != nil {
		t.Fatal(err)
	}
	req, ok := out.(*edge.Request)
	if !ok {
		t.Fatalf("got %T; want the request", out)
	}
	return req
}

func get(target string) *edge.Request {
	return edgetest.NewRequest(edge.ViewerRequest, "GET", target)
}

// hono, mastra#18013 (a security advisory): of a header that came twice the last
// value replaced the first.
func TestRepeatedRequestHeadersAreNotOverwritten(t *testing.T) {
	r := get("/")
	r.Header.Add("X-Forwarded-For", "198.51.100.1")
	r.Header.Add("X-Forwarded-For", "198.51.100.2")
	var got []string
	answer(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header.Values("X-Forwarded-For") }, r)
	if diff := cmp.Diff([]string{"198.51.100.1", "198.51.100.2"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// hono#1949: a binary body went out as text.
func TestBinaryBodyIsNotText(t *testing.T) {
	png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff")
	got := answer(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(png) }, get("/"))
	if diff := cmp.Diff(edge.Binary(png), got.Body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := got.Header.Get("content-type"); got != "image/png" {
		t.Errorf("got the Content-Type %q; want it guessed as net/http does", got)
	}
}

// A JSON string can spell U+0000, but nothing says that CloudFront carries it.
func TestTextWithNULIsNotText(t *testing.T) {
	got := answer(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "a\x00b") }, get("/"))
	if diff := cmp.Diff(edge.Binary([]byte("a\x00b")), got.Body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// hono#4670: a compressed body went out as text, for its Content-Type said so.
func TestCompressedBodyIsNotText(t *testing.T) {
	var zipped bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	io.WriteString(zip, "<p>hello</p>")
	zip.Close()
	got := answer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped.Bytes())
	}, get("/"))
	if diff := cmp.Diff(edge.Binary(zipped.Bytes()), got.Body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// hono#3858: of several Set-Cookie the last one was left.
func TestEverySetCookieIsKept(t *testing.T) {
	got := answer(t, func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1", Path: "/"})
		http.SetCookie(w, &http.Cookie{Name: "b", Value: "2", Secure: true})
		w.Header().Add("Set-Cookie", "c=3; Expires=Thu, 14 Oct 2027 09:30:00 GMT")
	}, get("/")).Header.Values("Set-Cookie")
	want := []string{"a=1; Path=/", "b=2; Secure", "c=3; Expires=Thu, 14 Oct 2027 09:30:00 GMT"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The other half of it: CloudFront keeps several Cookie lines apart.
func TestEveryCookieLineIsKept(t *testing.T) {
	r := get("/")
	r.Header.Add("Cookie", "a=1; b=2")
	r.Header.Add("Cookie", "c=3")
	var got []string
	answer(t, func(_ http.ResponseWriter, r *http.Request) {
		for _, c := range r.Cookies() {
			got = append(got, c.String())
		}
	}, r)
	if diff := cmp.Diff([]string{"a=1", "b=2", "c=3"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// hono#3858: the host was the distribution's own name for viewers that came by an
// alternate domain name.
func TestHostIsTheAlternateDomainName(t *testing.T) {
	var got string
	answer(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Host }, get("https://www.example.com/"))
	if got != "www.example.com" {
		t.Errorf("got the host %q; want www.example.com", got)
	}
}

// No adapter checks the size of an answer: CloudFront shows its 502 page, and the
// log of the function says nothing.
func TestSizeLimitIsMetWithAnError(t *testing.T) {
	write := func(n int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", n)) }
	}
	for _, tt := range []struct {
		name    string
		trigger edge.Trigger
		size    int
		want    string // "" for none
	}{
		{"viewer-fits", edge.ViewerRequest, 40_000, ""},
		{"viewer-too-large", edge.ViewerRequest, 40 << 10, "response-size"},
		{"origin-fits", edge.OriginRequest, 1_000_000, ""},
		{"origin-too-large-with-headers", edge.OriginRequest, 1 << 20, "response-size"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := run(write(tt.size), edgetest.NewRequest(tt.trigger, "GET", "/"))
			breach, _ := errors.AsType[*edge.FieldError](err)
			if tt.want == "" && err != nil || tt.want != "" && (breach == nil || breach.Rule != tt.want) {
				t.Errorf("got %v; want the rule %q", err, tt.want)
			}
		})
	}
}

// A handler that writes without end is stopped, and may not hide it.
func TestEndlessAnswerIsStopped(t *testing.T) {
	var fromWrite error
	written := 0
	_, err := run(func(w http.ResponseWriter, _ *http.Request) {
		for fromWrite == nil && written < 10<<20 {
			var n int
			n, fromWrite = w.Write(make([]byte, 64<<10))
			written += n
		}
	}, edgetest.NewRequest(edge.OriginRequest, "GET", "/"))
	if !errors.Is(fromWrite, edgehttp.ErrTooLarge) || !errors.Is(err, edgehttp.ErrTooLarge) {
		t.Errorf("Write returned %v and the request %v; want ErrTooLarge from both", fromWrite, err)
	}
	if written > 1<<20 {
		t.Errorf("%d bytes were taken; want 1 MB at most", written)
	}
}

// hono#1229: a request that passes through could not get another origin or more
// headers.
func TestPassingThroughCanChangeOriginAndHeaders(t *testing.T) {
	got := onward(t, func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("X-Added", "1")
		cf, _ := edgehttp.FromContext(r.Context())
		cf.SetOrigin(&edge.CustomOrigin{DomainName: "other.example.com"})
		edgehttp.Continue(w, r)
	}, edgetest.NewRequest(edge.OriginRequest, "GET", "/"))
	if got.Header.Get("x-added") != "1" {
		t.Error("the added header is lost")
	}
	if o, ok := got.Origin.(*edge.CustomOrigin); !ok || o.DomainName != "other.example.com" {
		t.Errorf("got the origin %+v; want other.example.com", got.Origin)
	}
	if got := got.Header.Get("host"); got != "other.example.com" {
		t.Errorf("got the Host header %q; want other.example.com", got)
	}
}

// serverless-express#361: the query string was missing. SectorLabs/roughlyfront:
// it was parsed and printed again, with %20 as + and "a" as "a=".
func TestQueryStringIsKept(t *testing.T) {
	const query = "username=octocat&x=a%20b+%2F&&z"
	var raw, uri string
	got := onward(t, func(w http.ResponseWriter, r *http.Request) {
		raw, uri = r.URL.RawQuery, r.RequestURI
		edgehttp.Continue(w, r)
	}, get("/index.html?"+query))
	if raw != query || uri != "/index.html?"+query || got.QueryString != query {
		t.Errorf("got RawQuery %q, RequestURI %q and %q onward; want %q", raw, uri, got.QueryString, query)
	}
}

// aws-lambda-go-api-proxy#147: the path was escaped twice.
func TestPathIsNotEscapedTwice(t *testing.T) {
	const path = "/a%20b/%E2%82%AC/c%2Fd/100%25"
	var decoded, escaped string
	got := onward(t, func(w http.ResponseWriter, r *http.Request) {
		decoded, escaped = r.URL.Path, r.URL.EscapedPath()
		edgehttp.Continue(w, r)
	}, get(path))
	if decoded != "/a b/€/c/d/100%" || escaped != path || got.URI != path {
		t.Errorf("got Path %q, EscapedPath %q and %q onward; want %q", decoded, escaped, got.URI, path)
	}
}

// mangum#143 and #262, opennextjs-aws#427: headers of the connection and the length
// were copied into the answer, and CloudFront refused it.
func TestHeadersOfTheConnectionAreLeftOut(t *testing.T) {
	for _, trigger := range []edge.Trigger{edge.ViewerRequest, edge.OriginRequest} {
		got := answer(t, func(w http.ResponseWriter, _ *http.Request) {
			h := w.Header()
			for _, name := range []string{"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade"} {
				h.Set(name, "x")
			}
			h.Set("Content-Length", "5")
			io.WriteString(w, "hello")
		}, edgetest.NewRequest(trigger, "GET", "/"))
		want := "content-type=text/plain; charset=utf-8\n"
		if diff := cmp.Diff(want, list(got.Header)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", trigger, diff)
		}
	}
}

// awsdocs PR#48: a body of which CloudFront shows the beginning was taken for the
// whole.
func TestTruncatedBodyIsNotTheWhole(t *testing.T) {
	r := edgetest.NewRequest(edge.ViewerRequest, "POST", "/")
	r.Header.Set("Content-Length", "1000000")
	r.Body = &edge.RequestBody{InputTruncated: true, Action: "read-only", Encoding: "base64", Data: "YWJj"}
	var data, copied bytes.Buffer
	var length int64
	var err error
	answer(t, func(_ http.ResponseWriter, r *http.Request) {
		length = r.ContentLength
		_, err = data.ReadFrom(r.Body)
	}, r)
	if data.String() != "abc" || !errors.Is(err, edgehttp.ErrTruncated) || length != 1_000_000 {
		t.Errorf("got %q, %v, ContentLength %d; want the beginning, ErrTruncated and the viewer's Content-Length", &data, err, length)
	}
	r.Header.Set("Content-Length", "3") // which cannot be
	answer(t, func(_ http.ResponseWriter, r *http.Request) {
		length = r.ContentLength
		_, err = io.Copy(&copied, r.Body)
	}, r)
	if !errors.Is(err, edgehttp.ErrTruncated) || length != -1 {
		t.Errorf("io.Copy returned %v, ContentLength is %d; want ErrTruncated and -1", err, length)
	}
}

// list returns a header as lines, for comparison.
func list(h edge.Header) string {
	var b strings.Builder
	for name, value := range h.All() {
		fmt.Fprintf(&b, "%s=%s\n", name, value)
	}
	return b.String()
}
