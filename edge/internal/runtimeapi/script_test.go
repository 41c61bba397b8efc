package runtimeapi_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi/nettransport"
)

// A step is what the scripted Runtime API does with one request.
type step struct {
	reply  string // the bytes to send; "" sends none
	pieces int    // sends the reply in pieces of this many bytes; 0 sends it at once
	after  ending
	unread bool // leaves the body of the request unread
}

// An ending is what becomes of the connection after the reply.
type ending int

const (
	keep  ending = iota
	shut         // close in order
	reset        // close with a reset, as a system does for a process that dies
)

// A request is what the API got: its method and path below runtime/, and its body.
type request struct {
	Line, Body string
	ErrorType  string
}

const deadline = "32503680000000" // the year 3000

// event is the API's response to a request for the next invocation.
func event(id, body string, fields ...string) string {
	return "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: " + id + "\r\nLambda-Runtime-Deadline-Ms: " + deadline + "\r\n" +
		"Content-Length: " + fmt.Sprint(len(body)) + "\r\n" + strings.Join(append(fields, ""), "\r\n") + "\r\n" + body
}

func status(code int) string {
	return fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n", code, http.StatusText(code))
}

var accepted = status(202)

// play serves the steps, one for each request on whatever connection it comes, and then closes everything.
// It returns what was requested; a request within the steps only.
func play(l net.Listener, steps []step) (requests []request, err error) {
	var conn net.Conn
	var in *bufio.Reader
	defer func() {
		l.Close()
		if conn != nil {
			conn.Close()
		}
	}()
	for i := 0; i < len(steps); {
		if conn == nil {
			if conn, err = l.Accept(); err != nil {
				return requests, err
			}
			conn.SetDeadline(time.Now().Add(20 * time.Second))
			in = bufio.NewReaderSize(conn, 16) // small: what is unread must stay in the system's buffer
		}
		r, err := http.ReadRequest(in)
		if err != nil {
			conn.Close() // the client closed it, as after an unasked byte
			conn = nil
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || isReset(err) {
				continue
			}
			return requests, err
		}
		s := steps[i]
		i++
		got := request{Line: r.Method + " " + strings.TrimPrefix(r.URL.Path, "/2018-06-01/runtime/"), ErrorType: r.Header.Get("Lambda-Runtime-Function-Error-Type")}
		if !s.unread {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return requests, err
			}
			got.Body = string(body)
		}
		requests = append(requests, got)
		send(conn, s.reply, s.pieces)
		if s.after == reset {
			conn.(*net.TCPConn).SetLinger(0)
		}
		if s.after != keep {
			conn.Close()
			conn = nil
		}
	}
	return requests, nil
}

func isReset(err error) bool {
	return strings.Contains(err.Error(), "connection reset")
}

func send(w io.Writer, reply string, pieces int) {
	if pieces == 0 {
		pieces = max(1, len(reply))
	}
	for len(reply) > 0 {
		n := min(pieces, len(reply))
		if _, err := io.WriteString(w, reply[:n]); err != nil {
			return
		}
		reply = reply[n:]
	}
}

// addressOf returns where l listens.
func addressOf(l net.Listener) runtimeapi.Address {
	a, err := runtimeapi.ParseAddress(l.Addr().String())
	if err != nil {
		panic(err)
	}
	return a
}

// eachDialer runs the test with the system's own connections and with package net's.
func eachDialer(t *testing.T, test func(t *testing.T, dial func(runtimeapi.Address) (runtimeapi.Conn, error))) {
	t.Run("system", func(t *testing.T) {
		t.Parallel()
		test(t, nil)
	})
	t.Run("net", func(t *testing.T) {
		t.Parallel()
		test(t, func(a runtimeapi.Address) (runtimeapi.Conn, error) { return nettransport.Dial(a.String()) })
	})
}

// run lets a loop and a script play with each other and returns what the API got and why the loop ended.
func run(t *testing.T, loop runtimeapi.Loop, steps []step) (requests []request, ended error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	loop.API = addressOf(l)
	if loop.Handler == nil {
		loop.Handler = echo
	}
	played := make(chan error, 1)
	go func() {
		var err error
		requests, err = play(l, steps)
		played <- err
	}()
	ended = loop.Run()
	l.Close()
	if err := <-played; err != nil && !errors.Is(err, net.ErrClosed) {
		t.Errorf("the scripted API failed: %v", err)
	}
	return requests, ended
}

// echo answers an event with itself in brackets.
func echo(_ context.Context, dst, event []byte) ([]byte, error) {
	return append(dst, "["+string(event)+"]"...), nil
}
