package function

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// An Event is what a trigger shows to its function (lambda-event-structure.html).
type Event struct {
	Trigger                           edge.Trigger
	Domain, DistributionID, RequestID string
	Request                           *message.Request
	Body                              *ShownBody        // nil: the association does not include the body
	Origin                            *message.Origin   // nil outside the origin triggers
	Response                          *message.Response // nil in the request triggers

	text    []byte // the event as it was encoded
	subject []byte // of it the part that a function gives back: the request, or the response
}

// returned reports whether a function gave back its request or response to the byte.
func (e *Event) returned(out []byte) bool { return e.subject != nil && bytes.Equal(out, e.subject) }

// ShownBody is the part of a request's body that a function sees.
type ShownBody struct {
	Data      []byte
	Truncated bool
}

// Encode writes the event's JSON. It is written by hand, and not from structs, because every request waits for it:
// members in alphabetical order, as CloudFront's own are in AWS's examples.
func (e *Event) Encode() []byte {
	b := make([]byte, 0, 2048)
	b = append(b, `{"Records":[{"cf":{"config":{"distributionDomainName":`...)
	b = appendString(b, e.Domain)
	b = append(b, `,"distributionId":`...)
	b = appendString(b, e.DistributionID)
	b = append(b, `,"eventType":`...)
	b = appendString(b, string(e.Trigger))
	b = append(b, `,"requestId":`...)
	b = appendString(b, e.RequestID)
	b = append(b, `},"request":`...)
	start := len(b)
	b = e.appendRequest(b)
	if e.Response != nil {
		b = append(b, `,"response":`...)
		start = len(b)
		b = append(b, `{"headers":`...)
		b = appendHeaders(b, e.Response.Header)
		b = append(b, `,"status":"`...)
		b = strconv.AppendInt(b, int64(e.Response.Status), 10)
		b = append(b, `","statusDescription":`...)
		b = appendString(b, e.Response.Description())
		b = append(b, '}')
	}
	end := len(b)
	b = append(b, `}}]}`...)
	e.text, e.subject = b, b[start:end]
	return b
}

func (e *Event) appendRequest(b []byte) []byte {
	r := e.Request
	b = append(b, '{')
	if e.Body != nil {
		b = append(b, `"body":{"action":"read-only","data":"`...)
		b = base64.StdEncoding.AppendEncode(b, e.Body.Data)
		b = append(b, `","encoding":"base64","inputTruncated":`...)
		b = strconv.AppendBool(b, e.Body.Truncated)
		b = append(b, `},`...)
	}
	b = append(b, `"clientIp":`...)
	b = appendString(b, r.ClientIP)
	b = append(b, `,"headers":`...)
	b = appendHeaders(b, r.Header)
	b = append(b, `,"method":`...)
	b = appendString(b, r.Method)
	if e.Origin != nil {
		b = append(b, `,"origin":`...)
		b = appendOrigin(b, e.Origin)
	}
	b = append(b, `,"querystring":`...)
	b = appendString(b, r.Query)
	b = append(b, `,"uri":`...)
	b = appendString(b, r.URI)
	return append(b, '}')
}

// appendHeaders writes a header map without the headers that functions never see.
func appendHeaders(b []byte, h http.Header) []byte {
	names := make([]string, 0, 32) // enough for most, and on the stack
	for name, values := range h {
		if !IsDisallowed(name) && len(values) > 0 {
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
		message.LowerBytes(b[start:])
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
func appendString(b []byte, s string) []byte { return jsontext.AppendString(b, message.Text(s)) }
