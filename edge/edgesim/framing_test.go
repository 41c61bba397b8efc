package edgesim_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// framing is what a header says of where the body ends.
func framing(h http.Header, coding []string) string {
	said := strings.TrimSpace(strings.Join(append(h["Transfer-Encoding"], coding...), ",") + " " + h.Get("Content-Length"))
	if said == "" {
		return "-"
	}
	return said
}

// TestTransferEncoding holds how the response triggers and the viewer learn where a body ends: for each answer Transfer-Encoding,
// Content-Length or neither, in origin-response, in viewer-response and on the wire, of a first request and of one that the cache
// answers. "If your origin returns Transfer-Encoding: chunked, CloudFront returns the object to the client as the object is received
// at the edge location, and caches the object in chunked format for subsequent requests."
// (RequestAndResponseBehaviorCustomOrigin.html)
func TestTransferEncoding(t *testing.T) {
	t.Parallel()
	handler := func(serve http.HandlerFunc) edgesim.Origin { return &edgesim.CustomOrigin{Handler: serve} }
	server := func(serve http.HandlerFunc) edgesim.Origin {
		s := httptest.NewServer(serve)
		t.Cleanup(s.Close)
		return &edgesim.CustomOrigin{URL: s.URL}
	}
	flush := func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte("ab"))
		http.NewResponseController(w).Flush()
		w.Write([]byte("c"))
	}
	write := func(n int, headers ...string) http.HandlerFunc {
		return answer(200, strings.Repeat("x", n), headers...)
	}
	bucket := func() edgesim.Origin { return &edgesim.S3Origin{FS: site()} }
	type seen struct{ OriginResponse, ViewerResponse, Wire string }
	all := func(s string) seen { return seen{s, s, s} }
	tests := []struct {
		name, reason string
		origin       edgesim.Origin
		method       string
		headers      []string
		path         string
		first, again seen
	}{
		{"short", "net/http gives a short answer its length", handler(write(3)), "GET", nil, "/", all("3"), seen{"", "3", "3"}},
		{"buffer-full", "as long as net/http's buffer", handler(write(2048)), "GET", nil, "/", all("2048"), seen{"", "2048", "2048"}},
		{"longer", "longer than net/http's buffer", handler(write(2049)), "GET", nil, "/", all("chunked"), seen{"", "chunked", "chunked"}},
		{"longer-with-length", "the handler gives the length", handler(write(3000, "Content-Length", "3000")), "GET", nil, "/", all("3000"), seen{"", "3000", "3000"}},
		{"flushed", "", handler(flush), "GET", nil, "/", all("chunked"), seen{"", "chunked", "chunked"}},
		{"flushed-with-length", "", handler(func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "3"); flush(w, r) }), "GET", nil, "/", all("3"), seen{"", "3", "3"}},
		{"identity", "net/http closes the connection at the end then", handler(write(3, "Transfer-Encoding", "identity")), "GET", nil, "/", seen{"-", "-", "3"}, seen{"", "-", "3"}},
		{"server-short", "over the network as in the process", server(write(3)), "GET", nil, "/", all("3"), seen{"", "3", "3"}},
		{"server-longer", "", server(write(2049)), "GET", nil, "/", all("chunked"), seen{"", "chunked", "chunked"}},
		{"server-flushed", "", server(flush), "GET", nil, "/", all("chunked"), seen{"", "chunked", "chunked"}},
		{"until-it-closes", "HTTP/1.0", answersRaw(t, "HTTP/1.0 200 OK\r\n\r\nabc"), "GET", nil, "/", seen{"-", "-", "-"}, seen{"", "-", "3"}},
		{"object", "S3 gives the length of an object", bucket(), "GET", nil, "/script.js", all("14"), seen{"", "14", "14"}},
		{"missing-object", "and not that of an error (aws-cli issue 666); viewer-response is not run", bucket(), "GET", nil, "/nope", seen{"chunked", "", "chunked"}, seen{"chunked", "", "chunked"}},
		{"missing-object-head", "not even to HEAD", bucket(), "HEAD", nil, "/nope", seen{"chunked", "", "-"}, seen{"chunked", "", "-"}},
		{"range", "\"If the viewer makes a Range GET request and the origin returns Transfer-Encoding: chunked, CloudFront returns the entire object\"; later the range (RangeGETs.html)",
			handler(write(3000)), "GET", []string{"Range", "bytes=0-1"}, "/", all("chunked"), seen{"", "2", "2"}},
		{"no-content", "RFC 9112 section 6.1", handler(answer(204, "", "Transfer-Encoding", "chunked")), "GET", nil, "/", all("-"), seen{"", "-", "-"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got seen
			s := behind(t, edgesim.Behavior{Origin: tc.origin, CachePolicy: caching(1, 60, 600), Functions: edgesim.Functions{
				OriginResponse: sees(&got.OriginResponse, nil), ViewerResponse: sees(&got.ViewerResponse, nil),
			}})
			for i, want := range []seen{tc.first, tc.again} {
				got = seen{}
				resp, trace := send(s, tc.method, tc.path, tc.headers...)
				body(t, resp)
				got.Wire = framing(resp.Header, resp.TransferEncoding)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("request %d (%s; %s): (-want +got)\n%s", i+1, tc.reason, trace.Reason, diff)
				}
			}
		})
	}
}

// TestBodylessAnswers holds what is left of Transfer-Encoding when an object that came in chunks is answered without its body.
func TestBodylessAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason, method string
		headers              []string
		setting              bool
		viewerResponse       string
	}{
		{"head", "RFC 9110 section 9.3.2: the header of the GET", "HEAD", nil, false, "chunked"},
		{"not-modified", "it may stand there, and does not (RFC 9112 section 6.1)", "GET", []string{"If-None-Match", `"1"`}, false, "-"},
		{"not-modified-setting", "the setting", "GET", []string{"If-None-Match", `"1"`}, true, "chunked"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var seen string
			w := serving(t, script(answer(200, strings.Repeat("x", 3000), "Etag", `"1"`)), caching(0, 60, 600), func(c *edgesim.Config) {
				c.Unknowns.ChunkedNotModified = tc.setting
				c.Distribution.DefaultBehavior.Functions.ViewerResponse = sees(&seen, nil)
			})
			get(w.Simulator, "/")
			resp, _ := send(w.Simulator, tc.method, "/", tc.headers...)
			if wire := framing(resp.Header, resp.TransferEncoding); seen != tc.viewerResponse || wire != "-" {
				t.Errorf("viewer-response saw %s, the viewer %s; want %s and - (%s)", seen, wire, tc.viewerResponse, tc.reason)
			}
		})
	}
}

// TestTransferEncodingIsReadOnly holds the 502 of functions that make a new answer and do not change the one that they got
// (edge-function-restrictions-all.html; github.com/CodeGenieApp/serverless-express/issues/369).
func TestTransferEncodingIsReadOnly(t *testing.T) {
	t.Parallel()
	set := func(value any) raw {
		return edit(func(m map[string]any) {
			if value == nil {
				delete(m["headers"].(map[string]any), "transfer-encoding")
				return
			}
			header(m, "transfer-encoding", value.(string))
		})
	}
	origin := func(n int) edgesim.Origin {
		return &edgesim.CustomOrigin{Handler: script(answer(200, strings.Repeat("x", n)))}
	}
	tests := []struct {
		name    string
		origin  edgesim.Origin
		trigger edge.Trigger
		f       edgesim.Function
		finding string // "" for an answer that is taken
	}{
		{"kept", origin(3000), edge.OriginResponse, set("chunked"), ""},
		{"left-out", origin(3000), edge.OriginResponse, set(nil), `headers["transfer-encoding"]: left out; it is read-only in origin-response, and CloudFront sent "chunked" ` +
			"(return the message that the event has, changed, and not a new one)"},
		{"left-out-of-a-new-answer", origin(3000), edge.OriginResponse, returns(`{"status":"302","headers":{"location":[{"value":"/"}]}}`), "left out"},
		{"left-out-in-viewer-response", origin(3000), edge.ViewerResponse, set(nil), "left out; it is read-only in viewer-response"},
		{"redirect-for-a-missing-object", &edgesim.S3Origin{FS: site()}, edge.OriginResponse, returns(`{"status":"302","headers":{"location":[{"value":"/"}]}}`), "left out"},
		{"changed", origin(3000), edge.OriginResponse, set("gzip, chunked"), `got "gzip, chunked": read-only in origin-response; CloudFront sent "chunked"`},
		{"added", origin(3), edge.OriginResponse, set("chunked"), `got "chunked": added; it is read-only in origin-response`},
		{"length-added", origin(3000), edge.OriginResponse, edit(func(m map[string]any) { header(m, "content-length", "3000") }), ""}, // allowed, and not sent on
		{"body-replaced", origin(3000), edge.OriginResponse, edit(func(m map[string]any) { m["body"] = "new" }), ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := foreign(t, tc.trigger, tc.f, func(c *edgesim.Config) { c.Distribution.DefaultBehavior.Origin = tc.origin })
			resp, trace := get(s, "/nope")
			if tc.finding == "" {
				if resp.StatusCode != 200 || framing(resp.Header, resp.TransferEncoding) != "chunked" {
					t.Errorf("got %d, %s (%s)", resp.StatusCode, framing(resp.Header, resp.TransferEncoding), trace.Reason)
				}
				return
			}
			findings := trace.Stage(edgesim.StageName(tc.trigger)).Findings
			var said []string
			for _, f := range findings {
				said = append(said, f.String())
			}
			if resp.StatusCode != 502 || !strings.Contains(strings.Join(said, "\n"), tc.finding) {
				t.Errorf("got %d, findings %q, want 502, %q", resp.StatusCode, said, tc.finding)
			}
		})
	}
}

// TestFramingOnTheWire holds that viewers and origins get one framing: what HTTP/1.1, HTTP/1.0 and HTTP/2 viewers get of an answer
// in chunks, and the head of a request with a body in chunks.
func TestFramingOnTheWire(t *testing.T) {
	t.Parallel()
	content := strings.Repeat("x", 3000)
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: script(answer(200, content))}, CachePolicy: caching(0, 60, 600)})
	address := listen(t, s)
	for _, tc := range []struct{ name, request, want, not string }{
		{"http-1.1", "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "\r\nTransfer-Encoding: chunked", "Content-Length"},
		{"http-1.1-hit", "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "\r\nTransfer-Encoding: chunked", "Content-Length"},
		{"http-1.0", "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", "\r\nX-Cache: Hit", "Transfer-Encoding"},
		{"head", "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "\r\nX-Cache: Hit", "Transfer-Encoding"},
	} {
		head := exchangeRaw(t, address, tc.request)
		if strings.Count(head, tc.want) != 1 || strings.Contains(head, tc.not) {
			t.Errorf("%s: want one %q and no %s:\n%s", tc.name, tc.want, tc.not, head)
		}
	}
	server := httptest.NewUnstartedServer(s)
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	resp, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if got := body(t, resp); got != content || resp.ProtoMajor != 2 || len(resp.TransferEncoding) > 0 || resp.Header.Get("Transfer-Encoding") != "" {
		t.Errorf("HTTP/2: got %s, %d bytes, %v", resp.Proto, len(got), resp.Header)
	}
}

// exchangeRaw sends bytes and gives the head of the answer.
func exchangeRaw(t testing.TB, address, request string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, request)
	all, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(all), "\r\n\r\n")
	return head
}
