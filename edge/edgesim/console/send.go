package console

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A draft is a request that the developer wrote on the page.
type draft struct {
	Method  string
	Target  string
	Host    string // "" is the distribution's domain
	Headers [][2]string
	Body    string
}

// send sends a request that the developer wrote.
func (a *api) send(w http.ResponseWriter, r *http.Request) {
	var d draft
	if !read(w, r, &d) {
		return
	}
	if reason := d.check(); reason != "" {
		fail(w, http.StatusBadRequest, "console: "+reason)
		return
	}
	v := edgesim.ViewerRequest{Method: d.Method, Target: d.Target, Host: d.Host, Proto: "HTTP/1.1", Client: "127.0.0.1", Header: map[string][]string{}}
	if v.Host == "" {
		v.Host = a.sim.DomainName()
	}
	for _, field := range d.Headers {
		http.Header(v.Header).Add(field[0], field[1])
	}
	request := v.Request(r.Context())
	if d.Body != "" {
		request.Body, request.ContentLength = io.NopCloser(bytes.NewBufferString(d.Body)), int64(len(d.Body))
	}
	a.do(w, request)
}

// check says what no HTTP message could have. What CloudFront refuses, such as a bad escape in the path, is for the simulator to refuse.
func (d *draft) check() string {
	switch {
	case !message.IsToken(d.Method):
		return "method: want a method such as GET"
	case !strings.HasPrefix(d.Target, "/") || strings.ContainsFunc(d.Target, func(c rune) bool { return c <= ' ' || c == 0x7f }):
		return "path: want one that begins with a slash and has no spaces; write %20"
	case strings.ContainsFunc(d.Host, func(c rune) bool { return c <= ' ' || c == 0x7f || c == '/' }):
		return "host: want a name, without spaces and slashes"
	}
	for _, field := range d.Headers {
		if !message.IsToken(field[0]) {
			return "headers: a name has characters that header names cannot have"
		}
		if message.ControlAt(field[1]) >= 0 {
			return "headers: " + field[0] + ": the value has a control character"
		}
	}
	return ""
}
