package cffunction

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// An Event is what a run shows to the function (functions-event-structure.html).
type Event struct {
	Domain, DistributionID, RequestID string
	Request                           *message.Request
	Response                          *message.Response // nil: viewer-request
	Now                               time.Time
	QueryMark                         bool   // the viewer's target has a "?", with a query string behind it or without
	Location                          string // airport code of the edge location
	MaxBody                           int    // that a function may answer with, in bytes; 0: no limit

	shown   []byte // the request or the response, which the function is to give back
	headers fields // of it, as shown
	cookies fields // of it, as shown
	query   fields // as shown
}

// Encode writes the line for the process, and gives the part of it that is the event.
func (e *Event) Encode() (line, event []byte) {
	b := make([]byte, 0, 2048)
	b = strconv.AppendInt(append(b, `{"now":`...), e.Now.UnixMilli(), 10)
	if e.QueryMark || e.Request.Query != "" {
		b = appendText(append(b, `,"raw":`...), e.Request.Query)
	}
	// The two others are made up: the server's address, and the Region of the regional edge cache
	// (general-helper-methods.html).
	b = appendText(append(b, `,"edge":{"name":`...), e.Location)
	b = append(b, `,"serverIp":"127.0.0.1","region":"us-east-1"},"event":`...)
	start := len(b)
	b = appendText(append(b, `{"version":"1.0","context":{"distributionDomainName":`...), e.Domain)
	b = appendText(append(b, `,"distributionId":`...), e.DistributionID)
	b = append(b, `,"eventType":"`...)
	b = append(b, e.trigger()...)
	b = appendText(append(b, `","requestId":`...), e.RequestID)
	b = appendText(append(b, `},"viewer":{"ip":`...), e.Request.ClientIP)
	b = append(b, `},"request":`...)
	subject := len(b)
	b = e.appendRequest(b)
	if e.Response != nil {
		b = append(b, `,"response":`...)
		subject = len(b)
		b = e.appendResponse(b)
	}
	e.shown = b[subject:len(b):len(b)]
	b = append(b, '}')
	end := len(b)
	return append(b, "}\n"...), b[start:end]
}

func (e *Event) trigger() string {
	if e.Response != nil {
		return "viewer-response"
	}
	return "viewer-request"
}

func (e *Event) appendRequest(b []byte) []byte {
	r := e.Request
	e.query, e.cookies, e.headers = queryFields(r.Query), cookieFields(r.Header["Cookie"]), headerFields(r.Header, "Cookie")
	b = appendText(append(b, `{"method":`...), r.Method)
	b = appendText(append(b, `,"uri":`...), r.URI)
	b = e.query.append(append(b, `,"querystring":`...), false)
	b = e.headers.append(append(b, `,"headers":`...), false)
	b = e.cookies.append(append(b, `,"cookies":`...), false)
	return append(b, '}')
}

func (e *Event) appendResponse(b []byte) []byte {
	r := e.Response
	e.cookies, e.headers = setCookieFields(r.Header["Set-Cookie"]), headerFields(r.Header, "Set-Cookie")
	b = strconv.AppendInt(append(b, `{"statusCode":`...), int64(r.Status), 10)
	b = appendText(append(b, `,"statusDescription":`...), r.Description())
	b = e.headers.append(append(b, `,"headers":`...), false)
	b = e.cookies.append(append(b, `,"cookies":`...), true)
	return append(b, '}')
}

// headerFields are the headers in the order of their names, in lower case, without the one that is shown as cookies and
// without those that functions never see.
func headerFields(h http.Header, cookies string) fields {
	list := make(fields, 0, len(h))
	for name, lines := range h {
		if name == cookies || len(lines) == 0 || function.IsDisallowed(name) {
			continue
		}
		f := field{name: message.LowerASCII(name)}
		for _, line := range lines {
			f.values = append(f.values, value{text: line})
		}
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b field) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return list
}

// appendText writes text as functions see it.
func appendText(b []byte, s string) []byte { return jsontext.AppendString(b, message.Text(s)) }
