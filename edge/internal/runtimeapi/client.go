package runtimeapi

import (
	"errors"
	"io"
	"runtime"
	"slices"
	"strconv"
)

// attempts is how often a request is sent, on a new connection each, before the Runtime API counts as gone.
const (
	attempts   = 3
	manyFailed = "3 connections failed, the last one"
)

const base = "/2018-06-01/runtime/"

// A client sends requests to one Runtime API, over one connection at a time.
type client struct {
	api  Address
	dial func(Address) (Conn, error)
	sent func() // called once, when the first request is on its way; nil then

	conn Conn // nil before the first request and after an error
	in   reader
	res  response // the last one
	head []byte   // of the request under way, while it is made
	out  []byte   // the request with which an answer goes, room for its head first

	get    []byte // the request for the next invocation
	common string // what all requests have in common: the end of the request line, and some fields
}

func newClient(api Address, dial func(Address) (Conn, error)) *client {
	common := " HTTP/1.1\r\nHost: " + api.String() + "\r\nUser-Agent: lambdaedge/" + runtime.Version() + "\r\n"
	return &client{
		api:    api,
		dial:   dial,
		get:    []byte("GET " + base + "invocation/next" + common + "\r\n"),
		common: common,
	}
}

// next asks for an invocation until there is one.
func (c *client) next() (*response, error) {
	var failed error
	for range attempts {
		err := c.exchange(c.get)
		switch {
		case err == nil:
			if c.res.status != 200 {
				return nil, errors.New("runtimeapi: next invocation: got status " + strconv.Itoa(c.res.status) + "; want 200")
			}
			return &c.res, nil
		case asConnError(err) != nil:
			failed = err
		default:
			return nil, &callError{"runtimeapi: next invocation", err}
		}
	}
	return nil, &callError{"runtimeapi: next invocation: " + manyFailed, failed}
}

// room returns a buffer that begins with room for the head of the request that answers an invocation; the answer is
// appended to it. So an answer is written where it is sent from.
func (c *client) room(id string) []byte {
	const longest = "POST " + base + "invocation//response" + contentFields + "9223372036854775807" + "\r\n\r\n"
	return slices.Grow(c.out[:0], len(longest)+len(id)+len(c.common)+typicalAnswer)[:len(longest)+len(id)+len(c.common)]
}

const (
	contentFields = "Content-Type: application/json\r\nContent-Length: "
	typicalAnswer = 4 << 10
)

// answer sends an invocation's answer, which stands behind the room for it.
func (c *client) answer(id string, room int, out []byte) error {
	c.out = out
	if cap(c.out) > keepSize {
		c.out = nil
	}
	c.begin("invocation/", id, "/response")
	return c.post("", out, room)
}

// report sends an error report: an invocation's, or with no id the one that the process cannot serve.
func (c *client) report(id string, r *report, body []byte) error {
	if id == "" {
		c.begin("init/error")
	} else {
		c.begin("invocation/", id, "/error")
	}
	out := c.room(id)
	field := r.headerField()
	room := len(out) + len(field)
	return c.post(field, append(append(out, field...), body...), room)
}

// begin begins the head of a request that posts to a path, of which it is given the parts.
func (c *client) begin(path ...string) {
	c.head = append(c.head[:0], "POST "+base...)
	for _, part := range path {
		c.head = append(c.head, part...)
	}
}

// post completes the head of the request and sends it with the body out[room:]. The extra field is a whole header line.
func (c *client) post(field string, out []byte, room int) error {
	target := len(c.head)
	c.head = append(c.head, c.common...)
	c.head = append(c.head, field...)
	c.head = append(c.head, contentFields...)
	c.head = strconv.AppendInt(c.head, int64(len(out)-room), 10)
	c.head = append(c.head, "\r\n\r\n"...)
	start := room - len(c.head)
	copy(out[start:], c.head)
	if err := c.sendPost(out[start:]); err != nil {
		return &callError{"runtimeapi: " + string(c.head[:target]), err}
	}
	return nil
}

// sendPost sends a request until the Runtime API has it.
func (c *client) sendPost(request []byte) error {
	var failed error
	for attempt := range attempts {
		err := c.exchange(request)
		if err == nil {
			if status := c.res.status; status == 202 || attempt > 0 && (status == 400 || status == 403) {
				// The statuses in brackets say that the API waits for no such answer: it took the earlier one after all.
				return nil
			}
			return errors.New("got status " + strconv.Itoa(c.res.status) + "; want 202")
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
	return &callError{manyFailed, failed}
}

// A callError is an error of a request, with what it was for.
type callError struct {
	what string
	err  error
}

func (e *callError) Error() string { return e.what + ": " + e.err.Error() }
func (e *callError) Unwrap() error { return e.err }

// asConnError returns the connError that err is, or nil.
func asConnError(err error) *connError {
	broken, _ := errors.AsType[*connError](err)
	return broken
}

// exchange sends a request and reads the response to it into c.res. The connection is closed after any error.
// A request that was not written as a whole gives a connError that is not io.EOF.
func (c *client) exchange(request []byte) error {
	err := c.roundTrip(request)
	// What came beyond the response was not asked for.
	if err != nil || c.res.close || c.in.start < c.in.end {
		c.disconnect()
	}
	return err
}

func (c *client) roundTrip(request []byte) error {
	if c.conn == nil {
		conn, err := c.dial(c.api)
		if err != nil {
			return &connError{err: err}
		}
		c.conn = conn
		c.in.reset(conn)
	}
	if _, err := c.conn.Write(request); err != nil {
		return &connError{err: err}
	}
	if c.sent != nil {
		c.sent()
		c.sent = nil
	}
	return c.res.read(&c.in)
}

func (c *client) disconnect() {
	if c.conn != nil {
		c.conn.Close() // nothing is left to learn from its error
		c.conn = nil
	}
}
