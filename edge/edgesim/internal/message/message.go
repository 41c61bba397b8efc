// Package message has the request and the response on their way through the simulator, and what RFC 9110 says of them:
// field names and values, preconditions, ranges. Every other room may import it; it imports none.
package message

import (
	"io"
	"net/http"
)

// A Request is a viewer's request on its way: what functions see and change.
type Request struct {
	ClientIP, Method string
	URI, Query       string // raw: as the viewer escaped them
	Header           http.Header
	Body             *Body // nil: none
}

// CloneHeader copies h with room for some more names. It is never nil.
func CloneHeader(h http.Header, more int) http.Header {
	values := 0
	for _, list := range h {
		values += len(list)
	}
	lines := make([]string, values)
	c := make(http.Header, len(h)+more)
	for name, list := range h {
		n := copy(lines, list)
		c[name], lines = lines[:n:n], lines[n:]
	}
	return c
}

// Clone copies what a later stage may change.
func (r *Request) Clone() *Request {
	c := *r
	c.Header = r.Header.Clone()
	return &c
}

// A Body is what the viewer, or a function, sends to the origin.
type Body struct {
	Reader io.Reader
	Length int64 // -1: not known
}

// A Response is an answer on its way back: the origin's, the cache's, a function's or the simulator's own.
type Response struct {
	Status int
	Reason string // status description; "" is the standard one
	Header http.Header
	Body   []byte        // the whole body, when Stream is nil
	Stream io.ReadCloser // a body that is passed on as it comes
	Length int64         // of Stream, -1 when not known

	Result             string // X-Cache
	SkipViewerResponse bool   // the viewer-response function is not run for it
	Own                bool   // CloudFront's own page: no policy and no function made it
	Whole              bool   // the origin gave it for a range that it was asked for, and the viewer gets it whole as well
}

// Clone copies what a later stage may change; the body is shared.
func (r *Response) Clone() *Response {
	c := *r
	c.Header = r.Header.Clone()
	return &c
}

// Description is the status description that functions see.
func (r *Response) Description() string {
	if r.Reason != "" {
		return r.Reason
	}
	return http.StatusText(r.Status)
}

// Close gives back what the response holds when its body is not wanted.
func (r *Response) Close() {
	if r.Stream != nil {
		r.Stream.Close()
	}
}
