package edgesim

import (
	"io"
	"net/http"
	"strings"
	"unicode/utf8"
)

// A request is a viewer's request on its way: what functions see and change.
type request struct {
	clientIP, method string
	uri, query       string // raw: as the viewer escaped them
	header           http.Header
	body             *requestBody // nil: none
}

// clone copies what a later stage may change.
func (r *request) clone() *request {
	c := *r
	c.header = r.header.Clone()
	return &c
}

// A requestBody is what the viewer, or a function, sends to the origin.
type requestBody struct {
	reader io.Reader
	length int64 // -1: not known
}

// A response is an answer on its way back: the origin's, the cache's, a function's or the simulator's own.
type response struct {
	status int
	reason string // status description; "" is the standard one
	header http.Header
	body   []byte        // the whole body, when stream is nil
	stream io.ReadCloser // a body that is passed on as it comes
	length int64         // of stream, -1 when not known

	result             string // X-Cache
	skipViewerResponse bool
}

func (r *response) clone() *response {
	c := *r
	c.header = r.header.Clone()
	return &c
}

// description is the status description that functions see.
func (r *response) description() string {
	if r.reason != "" {
		return r.reason
	}
	return http.StatusText(r.status)
}

// close gives back what the response holds when its body is not wanted.
func (r *response) close() {
	if r.stream != nil {
		r.stream.Close()
	}
}

// utf8Text is how functions see bytes from the wire: UTF-8 as it is, anything else read as ISO-8859-1
// (edge-function-restrictions-all.html, "URI and query string encoding").
func utf8Text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

// restoreText gives back the bytes from the wire when a function left the text that it saw alone, as CloudFront does.
func restoreText(text, wire string) string {
	if text != wire && text == utf8Text(wire) {
		return wire
	}
	return text
}

// rawURL is a path with its query string.
func rawURL(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}
