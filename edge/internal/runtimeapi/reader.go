package runtimeapi

import (
	"bytes"
	"errors"
	"io"
	"strconv"
)

const (
	readSize = 16 << 10 // the usual event takes 2 to 5 KB
	keepSize = 1 << 20  // a buffer that grew beyond is given back
	maxHead  = 64 << 10
	maxBody  = 32 << 20 // far more than Lambda's 6 MB: beyond it the length is an error and not a length
)

// A reader holds what came from a connection and was not used yet.
type reader struct {
	conn       Conn
	buf        []byte
	start, end int // buf[start:end] is unused
}

// reset forgets what is unused and reads from conn from now on.
func (r *reader) reset(conn Conn) {
	r.conn, r.start, r.end = conn, 0, 0
	if r.buf == nil || cap(r.buf) > keepSize {
		r.buf = make([]byte, readSize)
	}
}

// rewind makes room before a new response.
func (r *reader) rewind() {
	if r.start == r.end {
		r.reset(r.conn)
	}
}

// fill reads once, and has room for at least need bytes more when it does.
func (r *reader) fill(need int) error {
	if room := len(r.buf) - r.end; room < need {
		grown := make([]byte, max(2*len(r.buf), r.end+need))
		copy(grown, r.buf[:r.end])
		r.buf = grown
	}
	n, err := r.conn.Read(r.buf[r.end:])
	r.end += n
	return err
}

// head returns the start line and the header of a message, with the empty line that ends them.
func (r *reader) head() ([]byte, error) {
	r.rewind()
	searched := 0
	for {
		unused := r.buf[r.start:r.end]
		n := headLength(unused, searched)
		if n > maxHead || n == 0 && len(unused) > maxHead {
			return nil, tooLong("the header", maxHead)
		}
		if n > 0 {
			r.start += n
			return unused[:n], nil
		}
		searched = len(unused)
		if err := r.fill(1); err != nil {
			return nil, &connError{begun: searched > 0, err: err}
		}
	}
}

// headLength returns the length of the head in b, or 0 when b does not hold all of it; an end before b[:searched] was looked for already.
// Lines may end with a line feed alone (RFC 9112 section 2.2).
func headLength(b []byte, searched int) int {
	from := max(0, searched-3)
	for {
		i := bytes.IndexByte(b[from:], '\n')
		if i < 0 {
			return 0
		}
		from += i + 1
		rest := b[from:]
		switch {
		case bytes.HasPrefix(rest, []byte("\n")):
			return from + 1
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return from + 2
		}
	}
}

// take returns the next n bytes. They are valid until the reader reads the next message.
func (r *reader) take(n int) ([]byte, error) {
	if n > maxBody {
		return nil, tooLong("the body", maxBody)
	}
	for r.end-r.start < n {
		if err := r.fill(n - (r.end - r.start)); err != nil {
			return nil, &connError{begun: true, err: err}
		}
	}
	r.start += n
	return r.buf[r.start-n : r.start], nil
}

// rest returns all until the connection closes.
func (r *reader) rest() ([]byte, error) {
	for {
		if r.end-r.start > maxBody {
			return nil, tooLong("the body", maxBody)
		}
		if err := r.fill(1); err == io.EOF {
			return r.take(r.end - r.start)
		} else if err != nil {
			return nil, &connError{begun: true, err: err}
		}
	}
}

// line returns the next line without its end.
func (r *reader) line() ([]byte, error) {
	for {
		i := bytes.IndexByte(r.buf[r.start:r.end], '\n')
		if i > maxHead || i < 0 && r.end-r.start > maxHead {
			return nil, tooLong("a line in the chunked body", maxHead)
		}
		if i >= 0 {
			line := r.buf[r.start : r.start+i]
			r.start += i + 1
			return bytes.TrimSuffix(line, []byte("\r")), nil
		}
		if err := r.fill(1); err != nil {
			return nil, &connError{begun: true, err: err}
		}
	}
}

func tooLong(what string, limit int) error {
	return errors.New(what + " is longer than " + strconv.Itoa(limit) + " bytes")
}

// A connError is the end of a connection in place of a response, or within one. All other errors of a reader are about what came.
type connError struct {
	begun bool // a part of the response came
	err   error
}

func (e *connError) Error() string {
	if e.begun {
		return "the connection ended within the response: " + e.err.Error()
	}
	return "the connection ended without a response: " + e.err.Error()
}

func (e *connError) Unwrap() error { return e.err }
