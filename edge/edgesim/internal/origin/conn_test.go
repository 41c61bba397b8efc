package origin

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A locked buffer may be written while it is read.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestNothingInTheLog holds that what an origin sends without being asked goes nowhere, above all not to the log of the process, and
// that its answer is served all the same. It does not run in parallel: the log is the process's own.
func TestNothingInTheLog(t *testing.T) {
	var logged lockedBuffer
	defer log.SetOutput(log.Writer())
	log.SetOutput(&logged)
	const secret = "SECRET"
	tests := []struct {
		name, method, answer string
		before, later        bool // SECRET comes before the request, or when the connection is idle
		body                 string
	}{
		{"behind-a-length", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab" + secret, false, false, "ab"},
		{"one-byte-behind", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabS", false, false, "ab"},
		{"behind-no-body", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + secret, false, false, ""},
		{"behind-chunks", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n" + secret, false, false, "ab"},
		{"behind-chunks-like-an-end", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n" + secret + "\r\n\r\n", false, false, "ab"},
		{"body-to-head", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n" + secret, false, false, ""},
		{"body-of-304", "GET", "HTTP/1.1 304 Not Modified\r\n\r\n" + secret, false, false, ""},
		{"long-body", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + strings.Repeat("x", 100_000) + secret, false, false, strings.Repeat("x", 100_000)},
		{"second-answer", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n" + secret, false, false, "ab"},
		{"later", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", false, true, "ab"},
		{"before", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", true, false, ""},
	}
	for _, scheme := range []string{"http", "https"} {
		for _, tc := range tests {
			t.Run(tc.name+"-"+scheme, func(t *testing.T) {
				ended := make(chan struct{}, 8)
				serve := func(conn net.Conn, r *bufio.Reader) {
					if tc.before {
						io.WriteString(conn, secret)
					}
					if readHead(r) != "" {
						io.WriteString(conn, tc.answer)
					}
					if tc.later {
						time.Sleep(20 * time.Millisecond)
						io.WriteString(conn, secret)
					}
					r.ReadByte() // until the other side has closed it, behind what it had to log
					ended <- struct{}{}
				}
				transport := NewTransport()
				address := serveRaw(t, serve)
				if scheme == "https" {
					address = serveRawTLS(t, transport, serve)
				}
				s := &Server{Transport: transport, Scheme: scheme, Address: address, Connect: time.Second, Attempts: 1}
				resp, err := s.Ask(context.Background(), callTo(tc.method, "/", ""))
				if tc.before {
					if err == nil {
						resp.Close()
					}
				} else if err != nil {
					t.Fatal(err)
				} else {
					b, err := io.ReadAll(resp.Stream)
					resp.Close()
					if err != nil || string(b) != tc.body {
						t.Errorf("got %d bytes, %v, want %d", len(b), err, len(tc.body))
					}
				}
				select {
				case <-ended:
				case <-time.After(3 * time.Second):
					t.Error("the connection is kept")
				}
			})
		}
	}
	if got := logged.String(); got != "" {
		t.Errorf("the log has:\n%s", got)
	}
}

// serveRawTLS is serveRaw with TLS, and a transport that trusts it.
func serveRawTLS(t testing.TB, transport *http.Transport, serve func(net.Conn, *bufio.Reader)) (address string) {
	t.Helper()
	server := httptest.NewTLSServer(nil) // for its certificate
	t.Cleanup(server.Close)
	roots := server.Client().Transport.(*http.Transport).TLSClientConfig
	transport.DialTLSContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		return newConn((&tls.Dialer{Config: roots}).DialContext(ctx, network, address))
	}
	return serveRaw(t, func(conn net.Conn, _ *bufio.Reader) {
		secure := tls.Server(conn, server.TLS)
		serve(secure, bufio.NewReader(secure))
	})
}

// TestConnectionsAreUsedAgain holds that connections on which only answers come are kept alive.
func TestConnectionsAreUsedAgain(t *testing.T) {
	t.Parallel()
	var connections atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, chunked := map[string]int{"/short": 3, "/long": 100_000, "/none": 0}[r.URL.Path], r.URL.RawQuery == "chunked"
		if chunked {
			http.NewResponseController(w).Flush()
		}
		w.Write(make([]byte, n))
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	s := &Server{Transport: NewTransport(), Scheme: "http", Address: strings.TrimPrefix(server.URL, "http://"), Connect: time.Second, Attempts: 1}
	for range 3 {
		for _, method := range []string{"GET", "HEAD"} {
			for _, path := range []string{"/short", "/long", "/none"} {
				for _, query := range []string{"", "chunked"} {
					resp, err := s.Ask(context.Background(), callTo(method, path, query))
					if err != nil {
						t.Fatal(err)
					}
					if _, err := io.Copy(io.Discard, resp.Stream); err != nil {
						t.Error(err)
					}
					resp.Close()
				}
			}
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections for one request after the other, want 1", n)
	}
}
