package edgesim_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// An origin is a handler that counts and numbers its requests.
type origin struct {
	calls atomic.Int64
	serve func(n int64, w http.ResponseWriter, r *http.Request)
}

func (o *origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.serve(o.calls.Add(1), w, r)
}

// says is an origin that answers with the headers, given as name and value in turn, and the number of the
// request as the body.
func says(status int, headers ...string) *origin {
	return &origin{serve: func(n int64, w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, n)
	}}
}

// script is an origin that gives one answer after the other, and the last one again and again.
func script(answers ...http.HandlerFunc) *origin {
	return &origin{serve: func(n int64, w http.ResponseWriter, r *http.Request) {
		answers[min(int(n), len(answers))-1](w, r)
	}}
}

// answer writes headers, given as name and value in turn, a status and a body.
func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// site is the bucket of most tests.
func site() fstest.MapFS {
	return fstest.MapFS{
		"index.html": {Data: []byte("<!doctype html><title>index</title>")},
		"other.html": {Data: []byte("<!doctype html><title>other</title>")},
		"script.js":  {Data: []byte("console.log(1)")},
		"big.txt":    {Data: []byte(strings.Repeat("all work and no play ", 500))},
	}
}

// answersRaw is a server that reads a request and sends the bytes.
func answersRaw(t testing.TB, bytes string) *edgesim.CustomOrigin {
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
			if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
				io.WriteString(conn, bytes)
			}
			conn.Close()
		}
	}()
	return &edgesim.CustomOrigin{URL: "http://" + l.Addr().String()}
}
