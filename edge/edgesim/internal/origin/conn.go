package origin

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// A conn is a connection to an origin on which net/http finds nothing that it did not ask for. What an origin sends behind the end of
// its answer, or before there is a request, net/http would write to the log of the process ("Unsolicited response received on idle HTTP
// channel starting with ..."), which is no place for an origin's bytes.
//
// A Read hands on one byte, or less than has come, and in a head the end of an empty line alone. So what is behind an answer without a
// body has not been handed on, and what is behind a body has been only in one piece with its last byte.
type conn struct {
	net.Conn
	state atomic.Int32

	came    []byte // what has come and was not handed on
	buffer  []byte // of came
	newLine bool   // a line begins with what is handed on next
	piece   bool   // the last Read handed on more than one byte
	over    bool   // something came behind an answer: the connection is not used again
}

// The states of a connection.
const (
	idle int32 = iota // no request is on its way
	head              // a request is, and an answer's head may come
	body              // the answer's body comes
)

func newConn(c net.Conn, err error) (net.Conn, error) {
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c}, nil
}

func (c *conn) Read(p []byte) (int, error) {
	if len(c.came) == 0 && !c.over {
		n, err := c.Conn.Read(p)
		if n == 0 {
			return 0, err
		}
		c.over = c.state.Load() == idle
		c.buffer = append(c.buffer[:0], p[:n]...) // an error comes again
		c.came = c.buffer
	}
	if c.over {
		return 0, io.EOF // net/http closes the connection without a word
	}
	n := copy(p, c.came[:c.atOnce()])
	c.came = c.came[n:]
	last := bytes.LastIndexByte(p[:n], '\n')
	c.newLine = (last >= 0 || c.newLine) && isEmpty(p[last+1:n])
	c.piece = n > 1
	return n, nil
}

// atOnce is how much of what has come may be handed on in one piece.
func (c *conn) atOnce() int {
	n := len(c.came)
	for start := 0; c.state.Load() == head; {
		length := bytes.IndexByte(c.came[start:], '\n')
		if length < 0 {
			break
		}
		end := start + length
		if (start > 0 || c.newLine) && isEmpty(c.came[start:end]) {
			n = end + 1
			break
		}
		start = end + 1
	}
	return max(1, n-1)
}

// isEmpty reports whether a line, without its "\n", is empty.
func isEmpty(line []byte) bool { return len(bytes.TrimRight(line, "\r")) == 0 }

func (c *conn) Write(p []byte) (int, error) {
	c.state.CompareAndSwap(idle, head)
	return c.Conn.Write(p)
}

// rest begins the time between requests. It reports false when the transport may have bytes already that are behind the answer.
func (c *conn) rest() bool {
	c.state.Store(idle)
	c.over = len(c.came) > 0
	return !c.piece
}

// roundTrip sends a request by a transport of [NewTransport]. It drops a connection on which more came than the answer.
func roundTrip(t *http.Transport, req *http.Request) (*http.Response, error) {
	var c *conn
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GotConn: func(got httptrace.GotConnInfo) { c, _ = got.Conn.(*conn) },
		PutIdleConn: func(err error) { // before the transport reads again
			if c != nil && err == nil && !c.rest() {
				t.CloseIdleConnections() // those of other origins too: it takes a broken origin
			}
		},
	})
	resp, err := t.RoundTrip(req.WithContext(ctx))
	if err == nil && resp.Body != http.NoBody && c != nil {
		c.state.Store(body)
	}
	return resp, err
}

// connectKey is the context key of a [Server]'s connect timeout.
type connectKey struct{}

func dialer(ctx context.Context) *net.Dialer {
	timeout, _ := ctx.Value(connectKey{}).(time.Duration)
	return &net.Dialer{Timeout: timeout}
}

func dial(ctx context.Context, network, address string) (net.Conn, error) {
	return newConn(dialer(ctx).DialContext(ctx, network, address))
}

func dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	return newConn((&tls.Dialer{NetDialer: dialer(ctx)}).DialContext(ctx, network, address))
}
