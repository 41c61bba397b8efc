package edgesim_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestHostileClients sends what no browser sends. Whatever comes, the next viewer is served.
func TestHostileClients(t *testing.T) {
	t.Parallel()
	o := script(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		fmt.Fprintf(w, "%d", len(b))
	})
	w := serving(t, o, nil, func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.AllowedMethods = []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
		c.MaxRequestBody = 1000
	})
	address := listen(t, w.Simulator)
	const end = "Host: localhost\r\nConnection: close\r\n\r\n"
	tests := []struct {
		name, bytes string
		want        []int
	}{
		{"plain", "GET / HTTP/1.1\r\n" + end, []int{200}},
		{"two-lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + end + "ab", []int{400}},
		{"length-and-chunked", "POST / HTTP/1.1\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n" + end + "0\r\n\r\nGET /evil HTTP/1.1\r\n" + end, []int{200}},
		{"coding-unknown", "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n" + end, []int{501}},
		{"coding-twice", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n" + end, []int{501}},
		{"length-negative", "POST / HTTP/1.1\r\nContent-Length: -1\r\n" + end, []int{400}},
		{"length-with-plus", "POST / HTTP/1.1\r\nContent-Length: +1\r\n" + end + "a", []int{400}},
		{"space-before-colon", "GET / HTTP/1.1\r\nX-A : 1\r\n" + end, []int{400}},
		{"folded", "GET / HTTP/1.1\r\nX-A: 1\r\n 2\r\n" + end, []int{200}}, // RFC 9112 section 5.2: joined with a space
		{"nul-in-header", "GET / HTTP/1.1\r\nX-A: \x00\r\n" + end, []int{400}},
		{"no-host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", []int{400}},
		{"two-hosts", "GET / HTTP/1.1\r\nHost: a\r\n" + end, []int{400}},
		{"bad-host", "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", []int{400}},
		{"http-1.0-without-host", "GET / HTTP/1.0\r\n\r\n", []int{400}},
		{"http-2-preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{400}},
		{"absolute-form", "GET http://localhost/a?b HTTP/1.1\r\n" + end, []int{200}},
		{"authority-form", "CONNECT localhost:443 HTTP/1.1\r\n" + end, []int{400}},
		{"no-slash", "GET a HTTP/1.1\r\n" + end, []int{400}},
		{"bad-escape", "GET /%zz HTTP/1.1\r\n" + end, []int{400}},
		{"nul-in-path", "GET /\x00 HTTP/1.1\r\n" + end, []int{400}},
		{"space-in-path", "GET /a b HTTP/1.1\r\n" + end, []int{400}},
		{"large-headers", "GET / HTTP/1.1\r\nX-A: " + strings.Repeat("x", 1<<20) + "\r\n" + end, []int{494}},
		{"many-headers", "GET / HTTP/1.1\r\n" + strings.Repeat("X-A: 1\r\n", 5000) + end, []int{494}},
		{"endless-headers", "GET / HTTP/1.1\r\nX-A: " + strings.Repeat("x", 4<<20) + "\r\n" + end, []int{431}}, // known difference: net/http answers by itself above 2 MB
		{"long-url", "GET /" + strings.Repeat("x", 20_000) + " HTTP/1.1\r\n" + end, []int{414}},
		{"length-too-large", "POST / HTTP/1.1\r\nContent-Length: 1001\r\n" + end + strings.Repeat("x", 1001), []int{413}},
		{"chunks-too-large", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + end + "7d0\r\n" + strings.Repeat("x", 2000) + "\r\n0\r\n\r\n", []int{418}}, // the handler saw it break off
		{"get-with-body", "GET / HTTP/1.1\r\nContent-Length: 1\r\n" + end + "x", []int{403}},
		{"rubbish", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", []int{400}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := talk(t, address, tc.bytes)
			if fmt.Sprint(got) != fmt.Sprint(tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
			if next := talk(t, address, "GET /next HTTP/1.1\r\n"+end); len(next) != 1 || next[0] != 200 {
				t.Errorf("the next viewer got %v", next)
			}
		})
	}
}

func TestReplay(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200), caching(0, 60, 600))
	_, first := send(w.Simulator, "HEAD", "/a%2fb//c?x=%20&&y", "X-Mock-CloudFront-Viewer-Country", "CH")
	_, again := w.Do(first.Viewer.Request(context.Background()))
	if again.Viewer.Target != first.Viewer.Target || again.Viewer.Client != first.Viewer.Client || again.Cache.Key != first.Cache.Key ||
		again.Viewer.Method != "HEAD" || again.ID == first.ID || len(again.Viewer.Header) != len(first.Viewer.Header) {
		t.Errorf("got %+v, want it as %+v", again.Viewer, first.Viewer)
	}
}
