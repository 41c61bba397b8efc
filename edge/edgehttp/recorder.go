package edgehttp

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge"
)

// ErrTooLarge is what Write returns once a handler has written more than any
// trigger's answer may have. The answer is then an error, whatever the handler
// makes of it.
var ErrTooLarge = errors.New("edgehttp: the answer is larger than 1 MB")

// maxBody is the largest answer of any trigger, in bytes (cloudfront-limits.html):
// what exceeds it need not be kept in memory. Invoke holds each trigger to its own
// limit.
const maxBody = 1 << 20

// A recorder is the [http.ResponseWriter] of an exchange.
type recorder struct {
	head   bool // the request is HEAD
	header http.Header
	status int         // 0 until the header is written
	sent   http.Header // the header as it was then
	body   bytes.Buffer
	err    error // the first thing that cannot be done here
}

func (w *recorder) Header() http.Header {
	if w.header == nil {
		w.header = make(http.Header)
	}
	return w.header
}

// WriteHeader writes the header. Informational answers other than 101 are left
// out: CloudFront takes one answer from a function.
func (w *recorder) WriteHeader(status int) {
	switch {
	case status < 100 || status > 999:
		panic(fmt.Sprintf("edgehttp: invalid WriteHeader code %d", status)) // as net/http does
	case status == http.StatusSwitchingProtocols:
		w.fail(errors.New("edgehttp: a function cannot switch protocols (status 101)"))
	case status < 200 || w.status != 0:
	default:
		w.status = status
		w.sent = w.Header().Clone()
	}
}

func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !bodyAllowed(w.status) {
		return 0, http.ErrBodyNotAllowed
	}
	if w.body.Len()+len(p) > maxBody {
		w.fail(ErrTooLarge)
		return 0, ErrTooLarge
	}
	return w.body.Write(p)
}

// Flush writes the header. What follows it cannot leave before the handler
// returns.
func (w *recorder) Flush() {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
}

func (w *recorder) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// bodyAllowed reports whether an answer with that status may have a body (RFC
// 9110, sections 15.3.5 and 15.4.5).
func bodyAllowed(status int) bool {
	return status != http.StatusNoContent && status != http.StatusNotModified
}

// response returns what the handler has written.
func (w *recorder) response() (*edge.Response, error) {
	w.Flush()
	w.checkLength()
	w.checkTrailers()
	if w.err != nil {
		return nil, w.err
	}
	w.sniff()
	for _, name := range ofConnection() {
		w.sent.Del(name)
	}
	out := &edge.Response{StatusCode: w.status, Header: EdgeHeader(w.sent)}
	if !w.head && w.body.Len() > 0 {
		out.Body = newResponseBody(w.body.Bytes())
	}
	return out, nil
}

// newResponseBody returns b as text if it can be, as base64 otherwise. What the
// Content-Type says is of no matter: compressed HTML is not text, either.
func newResponseBody(b []byte) edge.Body {
	if utf8.Valid(b) && !bytes.ContainsRune(b, 0) {
		return edge.Text(string(b))
	}
	return edge.Binary(b)
}

// ofConnection returns the headers that belong to a connection (RFC 9110, section
// 7.6.1) or are computed by who sends. CloudFront refuses a function that returns
// them; net/http's own server, too, would write or drop them by itself.
func ofConnection() [6]string {
	return [...]string{
		"Connection", "Content-Length", "Keep-Alive", "Proxy-Connection",
		"Transfer-Encoding", "Upgrade",
	}
}

// checkLength compares the body with a Content-Length that the handler has set,
// before that is left out. net/http's server breaks the connection where they
// differ.
func (w *recorder) checkLength() {
	text := w.sent.Get("Content-Length")
	if text == "" || w.head || !bodyAllowed(w.status) {
		return
	}
	if n, err := strconv.Atoi(text); err != nil || n != w.body.Len() {
		w.fail(fmt.Errorf("edgehttp: the handler set Content-Length %q and wrote %d bytes", text, w.body.Len()))
	}
}

// checkTrailers refuses trailers, which would be lost.
func (w *recorder) checkTrailers() {
	_, declared := w.sent["Trailer"]
	for name := range w.header {
		declared = declared || strings.HasPrefix(name, http.TrailerPrefix)
	}
	if declared {
		w.fail(errors.New("edgehttp: the handler sets trailers, which a function cannot send"))
	}
}

// sniff guesses the type of a body that has none, as net/http does.
func (w *recorder) sniff() {
	if _, has := w.sent["Content-Type"]; has || w.body.Len() == 0 || w.sent.Get("Content-Encoding") != "" {
		return
	}
	w.sent.Set("Content-Type", http.DetectContentType(w.body.Bytes()))
}
