package runtimeapi

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"runtime"
	"strconv"
)

// attempts is how often a request is sent, on a new connection each, before the Runtime API counts as gone.
const attempts = 3

const base = "/2018-06-01/runtime/"

// A client sends requests to one Runtime API, over one connection at a time.
type client struct {
	api  netip.AddrPort
	dial func(netip.AddrPort) (Conn, error)

	conn Conn // nil before the first request and after an error
	in   reader
	out  []byte // the request under way

	common string // what all requests have in common: the end of the request line, and some fields
}

func newClient(api netip.AddrPort, dial func(netip.AddrPort) (Conn, error)) *client {
	return &client{
		api:    api,
		dial:   dial,
		common: " HTTP/1.1\r\nHost: " + api.String() + "\r\nUser-Agent: lambdaedge/" + runtime.Version() + "\r\n",
	}
}

// next asks for an invocation until there is one.
func (c *client) next() (response, error) {
	c.out = append(c.out[:0], "GET "+base+"invocation/next"...)
	c.out = append(c.out, c.common...)
	c.out = append(c.out, "\r\n"...)
	var failed error
	for range attempts {
		res, err := c.exchange()
		switch {
		case err == nil:
			if res.status != 200 {
				return response{}, fmt.Errorf("runtimeapi: next invocation: got status %d; want 200", res.status)
			}
			return res, nil
		case asConnError(err) != nil:
			failed = err
		default:
			return response{}, fmt.Errorf("runtimeapi: next invocation: %w", err)
		}
	}
	return response{}, fmt.Errorf("runtimeapi: next invocation: %d connections failed, the last one: %w", attempts, failed)
}

// answer sends an invocation's answer.
func (c *client) answer(id string, body []byte) error {
	c.out = append(c.out[:0], "POST "+base+"invocation/"...)
	c.out = append(c.out, id...)
	c.out = append(c.out, "/response"...)
	return c.post("", body)
}

// report sends an error report: an invocation's, or with no id the one that the process cannot serve.
func (c *client) report(id string, r *report, body []byte) error {
	c.out = append(c.out[:0], "POST "+base...)
	if id == "" {
		c.out = append(c.out, "init/error"...)
	} else {
		c.out = append(c.out, "invocation/"+id+"/error"...)
	}
	return c.post(r.headerField(), body)
}

// post completes and sends the request in c.out, which has its method and path so far. The extra field is a whole header line.
func (c *client) post(field string, body []byte) error {
	target := len(c.out)
	c.out = append(c.out, c.common...)
	c.out = append(c.out, field...)
	c.out = append(c.out, "Content-Type: application/json\r\nContent-Length: "...)
	c.out = strconv.AppendInt(c.out, int64(len(body)), 10)
	c.out = append(c.out, "\r\n\r\n"...)
	c.out = append(c.out, body...)
	err := c.sendPost()
	if err != nil {
		err = fmt.Errorf("runtimeapi: %s: %w", c.out[:target], err)
	}
	if cap(c.out) > keepSize {
		c.out = nil
	}
	return err
}

// sendPost sends the request in c.out until the Runtime API has it.
func (c *client) sendPost() error {
	var failed error
	for attempt := range attempts {
		res, err := c.exchange()
		if err == nil {
			if res.status == 202 || attempt > 0 && (res.status == 400 || res.status == 403) {
				// The statuses in brackets say that the API waits for no such answer: it took the earlier one after all.
				return nil
			}
			return fmt.Errorf("got status %d; want 202", res.status)
		}
		broken := asConnError(err)
		if broken == nil {
			return err
		}
		if broken.begun || broken.err == io.EOF {
			return nil // the API read the whole request; see the package's documentation
		}
		failed = err
	}
	return fmt.Errorf("%d connections failed, the last one: %w", attempts, failed)
}

// asConnError returns the connError that err is, or nil.
func asConnError(err error) *connError {
	var broken *connError
	errors.As(err, &broken)
	return broken
}

// exchange sends c.out and reads the response to it. The connection is closed after any error.
// A request that was not written as a whole gives a connError that is not io.EOF.
func (c *client) exchange() (response, error) {
	res, err := c.roundTrip()
	// What came beyond the response was not asked for.
	if err != nil || res.close || c.in.start < c.in.end {
		c.disconnect()
	}
	return res, err
}

func (c *client) roundTrip() (response, error) {
	if c.conn != nil && !c.conn.Idle() {
		c.disconnect()
	}
	if c.conn == nil {
		conn, err := c.dial(c.api)
		if err != nil {
			return response{}, &connError{err: err}
		}
		c.conn = conn
		c.in.reset(conn)
	}
	if _, err := c.conn.Write(c.out); err != nil {
		return response{}, &connError{err: err}
	}
	return readResponse(&c.in)
}

func (c *client) disconnect() {
	if c.conn != nil {
		c.conn.Close() // nothing is left to learn from its error
		c.conn = nil
	}
}
