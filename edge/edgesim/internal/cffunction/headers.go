package cffunction

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// The headers that a function may read but not add, change or delete (edge-function-restrictions-all.html, "Read-only
// headers"). Of those of viewer-response, Content-Length, Content-Encoding and Transfer-Encoding are for Lambda@Edge
// alone.
var (
	requestReadOnly  = []string{"Cdn-Loop", "Content-Length", "Host", "Transfer-Encoding", "Via"}
	responseReadOnly = []string{"Via", "Warning"}
)

// maxHead is the length that headers may have (cloudfront-limits.html).
const maxHead = 32768

// A headerSide is what the headers of an answer are held to.
type headerSide struct {
	sent     http.Header // nil: the function made the response
	shown    fields      // what the function saw of them
	cookies  string      // the header that is shown as cookies
	readOnly []string
}

// readHeaders reads the headers of an answer. What functions never see stays as it is.
func (o *Outcome) readHeaders(at string, members object, side headerSide) http.Header {
	h := http.Header{}
	for name, lines := range side.sent {
		if name == side.cookies || function.IsDisallowed(name) {
			h[name] = lines
		}
	}
	at += ".headers"
	list, ok := o.readList(at, members["headers"], side.shown)
	if !ok {
		return h
	}
	for _, f := range list {
		o.readHeader(h, at, f, side)
	}
	for _, name := range side.readOnly {
		if !slices.Equal(h[name], side.sent[name]) {
			o.breach(page.HeaderReadOnly, headerAt(at, name), h.Get(name), "read-only: it cannot be added, changed or deleted", "return it as it came")
		}
	}
	return h
}

// readHeader reads one name.
func (o *Outcome) readHeader(h http.Header, at string, f field, side headerSide) {
	name := http.CanonicalHeaderKey(f.name)
	here := headerAt(at, f.name)
	switch {
	case !message.IsToken(f.name):
		o.refuse(here, "", "not a header name", "")
		return
	case f.name != message.LowerASCII(f.name):
		o.breach(page.ValueInvalid+at+" must have header names in lower case.", here, "", "not in lower case", "name it "+message.LowerASCII(f.name))
		return
	case function.IsDisallowed(name):
		o.breach(page.HeaderDisallowed, here, f.values[0].text, "CloudFront does not allow functions to set this header", "leave it out")
		return
	case name == side.cookies:
		o.warn(here, "the documents have cookies in the member cookies alone", "put it there")
	}
	lines := make([]string, len(f.values))
	for i, v := range f.values {
		lines[i] = v.text
	}
	h[name] = append(slices.Clip(h[name]), lines...)
}

// checkValues holds the values to what a header can have, cookies among them, and the whole to its length.
func (o *Outcome) checkValues(at string, h http.Header) {
	size := message.HeadSize(h, "")
	o.Limits = append(o.Limits, function.Limit{Name: "headers, bytes", Used: size, Max: maxHead})
	if size > maxHead {
		o.refuse(at+".headers", "", fmt.Sprintf("%d bytes, %d are allowed", size, maxHead), "")
	}
	for name, lines := range h {
		for _, line := range lines {
			if i := message.ControlAt(line); i >= 0 {
				o.refuse(headerAt(at+".headers", name), line, fmt.Sprintf("invalid character '%%%02X' in the value", line[i]), "escape it")
			}
		}
	}
}

func headerAt(at, name string) string { return fmt.Sprintf("%s[%q]", at, message.LowerASCII(name)) }
