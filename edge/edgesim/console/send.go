package console

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A message is a request that the developer wrote on the page.
type message struct {
	Method  string
	Target  string
	Host    string // "" is the distribution's domain
	Headers [][2]string
	Body    string
}

// send sends a request that the developer wrote.
func (a *api) send(w http.ResponseWriter, r *http.Request) {
	var m message
	if !read(w, r, &m) {
		return
	}
	if reason := m.check(); reason != "" {
		fail(w, http.StatusBadRequest, "console: "+reason)
		return
	}
	v := edgesim.ViewerRequest{Method: m.Method, Target: m.Target, Host: m.Host, Proto: "HTTP/1.1", Client: "127.0.0.1", Header: map[string][]string{}}
	if v.Host == "" {
		v.Host = a.sim.DomainName()
	}
	for _, field := range m.Headers {
		http.Header(v.Header).Add(field[0], field[1])
	}
	request := v.Request(r.Context())
	if m.Body != "" {
		request.Body, request.ContentLength = io.NopCloser(bytes.NewBufferString(m.Body)), int64(len(m.Body))
	}
	a.do(w, request)
}

// check says what no HTTP message could have. What CloudFront refuses, such as a bad escape in the path, is for the simulator to refuse.
func (m *message) check() string {
	switch {
	case !token(m.Method):
		return "method: want a method such as GET"
	case !strings.HasPrefix(m.Target, "/") || strings.ContainsFunc(m.Target, func(c rune) bool { return c <= ' ' || c == 0x7f }):
		return "path: want one that begins with a slash and has no spaces; write %20"
	case strings.ContainsFunc(m.Host, func(c rune) bool { return c <= ' ' || c == 0x7f || c == '/' }):
		return "host: want a name, without spaces and slashes"
	}
	for _, field := range m.Headers {
		if !token(field[0]) {
			return "headers: a name has characters that header names cannot have"
		}
		if strings.ContainsFunc(field[1], func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }) {
			return "headers: " + field[0] + ": the value has a control character"
		}
	}
	return ""
}

// token reports whether s is a token (RFC 9110 section 5.6.2).
func token(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool {
		return c <= ' ' || c >= 0x7f || strings.ContainsRune("\"(),/:;<=>?@[\\]{}", c)
	})
}
