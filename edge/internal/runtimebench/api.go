package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
)

// An api is a Runtime API that hands out numbered invocations, and keeps account of what becomes of each. It serves one connection at a
// time, as the loop under test opens no more.
type api struct {
	listener net.Listener
	random   *rand.Rand // nil for no faults
	total    int

	number   int    // of the invocation under way, from 1
	uri      string // what it asks of the function
	answered bool
	given    bool  // handed over as a whole
	onAnswer fault // for its answer

	account account
}

// An account counts. Every invocation must be in exactly one of served, failed and panicked.
type account struct {
	served, failed, panicked int
	refused                  int // answers to an invocation that had one
	lost                     int // a new invocation was asked for before the last one was answered
	wrong                    int // answers that are another invocation's, or none
	faults                   [faultCount]int
}

// next is the response with the invocation under way, which is a new one when the last one is answered.
func (a *api) next() []byte {
	if a.answered {
		a.number++
		a.answered, a.given = false, false
		a.uri = "/"
		if a.random != nil {
			switch n := a.random.IntN(1000); {
			case n == 0:
				a.uri = "/panic"
			case n < 20:
				a.uri = "/error"
			}
		}
	} else if a.given {
		a.account.lost++
	}
	event := fmt.Sprintf(`{"Records":[{"cf":{"config":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE","eventType":"viewer-request","requestId":"r%d"},`+
		`"request":{"clientIp":"203.0.113.178","headers":{"host":[{"key":"Host","value":"d111111abcdef8.cloudfront.net"}]},"method":"GET","querystring":"n=%d","uri":"%s"}}}]}`, a.number, a.number, a.uri)
	return fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: id-%d\r\nLambda-Runtime-Deadline-Ms: 32503680000000\r\n"+
		"Lambda-Runtime-Trace-Id: Root=1-%08x-ad49b0e87f6ef6c87fc2e700;Sampled=0\r\nContent-Length: %d\r\n\r\n%s", a.number, a.number, len(event), event)
}

const (
	accepted = "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n"
	refused  = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
)

// take is the response to an answer: 202 to the first one for the invocation under way, 400 to any other.
func (a *api) take(path string, body []byte) string {
	id, kind, _ := strings.Cut(strings.TrimPrefix(path, "/2018-06-01/runtime/invocation/"), "/")
	if a.answered || id != "id-"+strconv.Itoa(a.number) {
		a.account.refused++
		return refused
	}
	a.answered = true
	outcome := map[string]struct {
		kind, text string
		count      *int
	}{
		"/":      {"response", "served", &a.account.served},
		"/error": {"error", "failed", &a.account.failed},
		"/panic": {"error", "panicked", &a.account.panicked},
	}[a.uri]
	if kind != outcome.kind || !bytes.Contains(body, fmt.Appendf(nil, `"%s n=%d"`, outcome.text, a.number)) {
		a.account.wrong++
	}
	*outcome.count++
	return accepted
}

// done reports whether all invocations are answered.
func (a *api) done() bool { return a.answered && a.number >= a.total }

// serve serves until all invocations are answered.
func (a *api) serve() error {
	a.answered = true
	for !a.done() {
		conn, err := a.listener.Accept()
		if err != nil {
			return err
		}
		err = a.converse(conn)
		conn.Close()
		if err != nil && !errors.Is(err, io.EOF) && !errors.As(err, new(*net.OpError)) {
			return err
		}
	}
	return nil
}

// converse serves one connection, until either side closes it.
func (a *api) converse(conn net.Conn) error {
	in := bufio.NewReader(conn)
	for !a.done() {
		if a.onAnswer == unread && a.given && !a.answered {
			a.onAnswer = none
			return a.closeUnread(conn)
		}
		line, length, err := readHead(in)
		if err != nil {
			return err
		}
		method, rest, _ := strings.Cut(line, " ")
		path, _, _ := strings.Cut(rest, " ")
		var goOn bool
		if method == "GET" {
			goOn, err = a.hand(conn)
		} else {
			body := make([]byte, length)
			if _, err := io.ReadFull(in, body); err != nil {
				return err
			}
			goOn, err = a.accept(conn, a.take(path, body))
		}
		if err != nil || !goOn {
			return err
		}
	}
	return nil
}

// readHead reads a request's line and header, and returns the line and the Content-Length.
func readHead(in *bufio.Reader) (line string, length int, err error) {
	for {
		b, err := in.ReadSlice('\n')
		if err != nil {
			return "", 0, err
		}
		b = bytes.TrimRight(b, "\r\n")
		if len(b) == 0 {
			return line, length, nil
		}
		if line == "" {
			line = string(b)
		} else if value, ok := bytes.CutPrefix(b, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(value)); err != nil {
				return "", 0, err
			}
		}
	}
}
