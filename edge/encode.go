package edge

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// appendRequest appends the request that continues.
func (ev *event) appendRequest(dst []byte, r *Request) []byte {
	came := &ev.came
	var e edits
	e.string("uri", r.URI, came.URI)
	e.string("querystring", r.QueryString, came.QueryString)
	e.header("headers", r.Header, came.Header)
	e.body("body", r.Body, came.Body)
	e.origin("origin", r.Origin, came.Origin)
	return e.appendTo(dst, ev.text)
}

// appendTo appends the response of a response trigger.
func (p *reply) appendTo(dst []byte) []byte {
	r, came := &p.response, &p.came
	var e edits
	if r.StatusCode != came.StatusCode {
		e.set("status", appendStatus(nil, r.StatusCode))
	}
	e.string("statusDescription", r.Status, came.Status)
	e.header("headers", r.Header, came.Header)
	if !r.Body.IsZero() {
		e.set("body", r.Body.appendData(nil))
		e.string("bodyEncoding", r.Body.encoding(), "")
	}
	return e.appendTo(dst, p.text)
}

// appendGenerated appends a response that a request handler makes. Members that
// it leaves empty are left out, never null: CloudFront refuses null.
func appendGenerated(dst []byte, r *Response) []byte {
	dst = appendStatus(append(dst, `{"status":`...), r.StatusCode)
	if r.Status != "" {
		dst = jsontext.AppendString(append(dst, `,"statusDescription":`...), r.Status)
	}
	if r.Header.Len() > 0 {
		dst = r.Header.fields.Append(append(dst, `,"headers":`...))
	}
	if r.Body.kind == bodyText || r.Body.kind == bodyBinary {
		dst = r.Body.appendData(append(dst, `,"body":`...))
		dst = jsontext.AppendString(append(dst, `,"bodyEncoding":`...), r.Body.encoding())
	}
	return append(dst, '}')
}

// appendStatus appends a status code as the string that AWS documents.
func appendStatus(dst []byte, code int) []byte {
	return append(strconv.AppendInt(append(dst, '"'), int64(code), 10), '"')
}
