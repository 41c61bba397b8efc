package edgesim

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// An event is what a trigger shows to its function (lambda-event-structure.html).
type event struct {
	trigger                       edge.Trigger
	domain, distributionID, reqID string
	request                       *request
	body                          *shownBody      // nil: the association does not include the body
	origin                        *originSettings // nil outside the origin triggers
	response                      *response       // nil in the request triggers

	subject []byte // of the encoded event, the part that a function gives back: the request, or the response
}

// returned reports whether a function gave back its request or response to the byte.
func (e *event) returned(out []byte) bool { return e.subject != nil && bytes.Equal(out, e.subject) }

// shownBody is the part of a request's body that a function sees.
type shownBody struct {
	data      []byte
	truncated bool
}

// encode writes the event's JSON. It is written by hand, and not from structs, because every viewer of the page
// waits for it: members in alphabetical order, as CloudFront's own are in AWS's examples.
func (e *event) encode() []byte {
	b := make([]byte, 0, 2048)
	b = append(b, `{"Records":[{"cf":{"config":{"distributionDomainName":`...)
	b = appendString(b, e.domain)
	b = append(b, `,"distributionId":`...)
	b = appendString(b, e.distributionID)
	b = append(b, `,"eventType":`...)
	b = appendString(b, string(e.trigger))
	b = append(b, `,"requestId":`...)
	b = appendString(b, e.reqID)
	b = append(b, `},"request":`...)
	start := len(b)
	b = e.appendRequest(b)
	if e.response != nil {
		b = append(b, `,"response":`...)
		start = len(b)
		b = append(b, `{"headers":`...)
		b = appendHeaders(b, e.response.header)
		b = append(b, `,"status":"`...)
		b = strconv.AppendInt(b, int64(e.response.status), 10)
		b = append(b, `","statusDescription":`...)
		b = appendString(b, e.response.description())
		b = append(b, '}')
	}
	end := len(b)
	b = append(b, `}}]}`...)
	e.subject = b[start:end]
	return b
}

func (e *event) appendRequest(b []byte) []byte {
	r := e.request
	b = append(b, '{')
	if e.body != nil {
		b = append(b, `"body":{"action":"read-only","data":"`...)
		b = base64.StdEncoding.AppendEncode(b, e.body.data)
		b = append(b, `","encoding":"base64","inputTruncated":`...)
		b = strconv.AppendBool(b, e.body.truncated)
		b = append(b, `},`...)
	}
	b = append(b, `"clientIp":`...)
	b = appendString(b, r.clientIP)
	b = append(b, `,"headers":`...)
	b = appendHeaders(b, r.header)
	b = append(b, `,"method":`...)
	b = appendString(b, r.method)
	if e.origin != nil {
		b = append(b, `,"origin":`...)
		b = e.origin.append(b)
	}
	b = append(b, `,"querystring":`...)
	b = appendString(b, r.query)
	b = append(b, `,"uri":`...)
	b = appendString(b, r.uri)
	return append(b, '}')
}

// appendHeaders writes a header map without the headers that functions never see.
func appendHeaders(b []byte, h http.Header) []byte {
	names := make([]string, 0, 32) // enough for most, and on the stack
	for name, values := range h {
		if !isDisallowed(name) && len(values) > 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	b = append(b, '{')
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		start := len(b)
		b = appendString(b, name)
		lowerBytes(b[start:])
		b = append(b, ":["...)
		for i, value := range h[name] {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, `{"key":`...)
			b = appendString(b, name)
			b = append(b, `,"value":`...)
			b = appendString(b, value)
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// appendString writes text as functions see it.
func appendString(b []byte, s string) []byte { return jsontext.AppendString(b, utf8Text(s)) }

// lowerBytes lowers ASCII letters in place.
func lowerBytes(b []byte) {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
}

// lowerASCII lowers the ASCII letters of a header name.
func lowerASCII(s string) string {
	b := []byte(s)
	lowerBytes(b)
	if string(b) == s {
		return s
	}
	return string(b)
}
