package origin

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// serveRaw takes connections and hands each to serve, which plays an origin that net/http does not have.
func serveRaw(t testing.TB, serve func(conn net.Conn, r *bufio.Reader)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				serve(conn, bufio.NewReader(conn))
			}()
		}
	}()
	return l.Addr().String()
}

// readHead reads the head of a request and gives its first line; "" when the connection has ended.
func readHead(r *bufio.Reader) (first string) {
	for {
		line, err := r.ReadString('\n')
		if err != nil || line == "\r\n" {
			return first
		}
		if first == "" {
			first = strings.TrimSuffix(line, "\r\n")
		}
	}
}

func callTo(method, path, query string) *Call {
	return &Call{Method: method, Path: path, Query: query, Header: map[string][]string{"Host": {"origin.example"}},
		Origin: &message.Origin{Kind: message.Custom, DomainName: "origin.example", ReadTimeout: 10 * time.Second}}
}

// TestTarget holds that paths and query strings go out byte for byte in origin form ("the raw path"; RFC 9112 section 3.2.1).
func TestTarget(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, path, query, want string }{
		{"plain", "/a/b", "c=d", "/a/b?c=d"},
		{"root", "/", "", "/"},
		{"two-slashes", "//a/b", "", "//a/b"},
		{"two-slashes-alone", "//", "", "//"},
		{"three-slashes", "///a", "x=//y", "///a?x=//y"},
		{"like-a-host", "//example.com:80/a", "", "//example.com:80/a"},
		{"like-a-user", "//user:pass@example.com/", "", "//user:pass@example.com/"},
		{"slashes-inside", "/a//b///", "", "/a//b///"},
		{"escapes", "/%2F%2f/%41/%e2%82%ac", "", "/%2F%2f/%41/%e2%82%ac"},
		{"escapes-behind-two-slashes", "//%2F%2f/%41/%e2%82%ac", "", "//%2F%2f/%41/%e2%82%ac"},
		{"escaped-slash-first", "/%2F/a", "", "/%2F/a"},
		{"dots", "/a/../b/./c", "", "/a/../b/./c"},
		{"dots-behind-two-slashes", "//../a", "", "//../a"},
		{"semicolon", "/a;b=c;d", "e;f", "/a;b=c;d?e;f"},
		{"semicolon-behind-two-slashes", "//a;b=c", "", "//a;b=c"},
		{"sub-delims", "/!$&'()*+,;=:@", "", "/!$&'()*+,;=:@"},
		{"sub-delims-behind-two-slashes", "//!$&'()*+,;=:@[]", "", "//!$&'()*+,;=:@[]"},
		{"raw-bytes", "/caf\xe9/\xc3\xa9", "q=\xfc", "/caf\xe9/\xc3\xa9?q=\xfc"},
		{"raw-bytes-behind-two-slashes", "//caf\xe9", "q=\xfc", "//caf%E9?q=\xfc"}, // known difference
		{"quotes", `/"<>^{|}\` + "`", `"<>`, `/"<>^{|}\` + "`" + `?"<>`},
		{"star", "/*", "", "/*"},
		{"bad-escape", "/%zz", "", "/%zz"},
		{"bad-escape-behind-two-slashes", "//%zz", "", "//%25zz"}, // known difference
		{"empty-query", "/a", "", "/a"},
		{"odd-query", "/a", "?&&=&%zz", "/a??&&=&%zz"},
		{"colon", "/a:b", "", "/a:b"},
	}
	lines := make(chan string, 1)
	address := serveRaw(t, func(conn net.Conn, r *bufio.Reader) {
		for line := readHead(r); line != ""; line = readHead(r) {
			lines <- line
			io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
		}
	})
	s := &Server{Transport: NewTransport(), Scheme: "http", Address: address, Connect: time.Second, Attempts: 1}
	for _, tc := range tests {
		resp, err := s.Ask(context.Background(), callTo("GET", tc.path, tc.query))
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		resp.Close()
		if got, want := <-lines, "GET "+tc.want+" HTTP/1.1"; got != want {
			t.Errorf("%s: got %q, want %q", tc.name, got, want)
		}
	}
}
