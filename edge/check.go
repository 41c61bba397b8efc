package edge

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A checker compares what a function returns with what came and collects every
// breach of a rule. What a handler did not touch is CloudFront's own and is not
// checked.
type checker struct {
	trigger  Trigger
	breaches []error       // of rules that refuse
	warnings []*FieldError // of rules that warn
}

// breach records that the value of field breaks a rule, if the rule holds for the
// trigger. detail is added to the reason.
func (c *checker) breach(id ruleID, field, value, detail string) {
	r := &rules[id]
	if !r.triggers.has(c.trigger) {
		return
	}
	e := &FieldError{
		Trigger: c.trigger, Field: field, Value: shorten(value), Rule: r.name,
		Reason: r.reason, Cure: r.cure, CloudFront: r.cloudFront,
	}
	if detail != "" {
		e.Reason += ": " + detail
	}
	if r.severity == warned {
		c.warnings = append(c.warnings, e)
		return
	}
	c.breaches = append(c.breaches, e)
}

// err returns the breaches as one error, nil if there are none.
func (c *checker) err() error {
	if len(c.breaches) == 1 {
		return c.breaches[0]
	}
	return errors.Join(c.breaches...)
}

// request checks a request that continues.
func (c *checker) request(r, came *Request) {
	if r.Method != came.Method {
		c.breach(ruleMemberReadOnly, "method", r.Method, "CloudFront sent "+strconv.Quote(came.Method))
	}
	if r.ClientIP != came.ClientIP {
		c.breach(ruleMemberReadOnly, "clientIp", r.ClientIP, "")
	}
	urlChanged := r.URI != came.URI || r.QueryString != came.QueryString
	if urlChanged {
		c.url(r, came)
	}
	headersChanged := !r.Header.untouchedSince(came.Header)
	if headersChanged {
		c.headers("headers.", r.Header, came.Header)
		if r.Header.Has("set-cookie") && !came.Header.Has("set-cookie") {
			c.breach(ruleSetCookieRequest, "headers.set-cookie", "", "")
		}
	}
	if headersChanged || urlChanged {
		c.length(r.Header, len(r.URI)+len(r.QueryString))
	}
	c.body(r.Body, came.Body)
	c.origin(r, came)
}

// generated checks a response that a request handler makes, encoded in size bytes.
func (c *checker) generated(r *Response, size int) {
	c.status(r)
	c.headers("headers.", r.Header, Header{})
	c.length(r.Header, 0)
	c.responseBody(r, size, byStage(c.trigger, limitGeneratedViewer, limitGeneratedOrigin))
}

// response checks an edited response, encoded in size bytes.
func (c *checker) response(p *reply, size int) {
	r, came := &p.response, &p.came
	switch {
	case r.StatusCode == came.StatusCode:
	case c.trigger == ViewerResponse:
		c.breach(ruleStatusFixed, "status", strconv.Itoa(r.StatusCode), "CloudFront sent "+strconv.Itoa(came.StatusCode))
	default:
		c.status(r)
	}
	if r.Status != came.Status && !printable(r.Status) {
		c.breach(ruleStatusText, "statusDescription", r.Status, "")
	}
	if !r.Header.untouchedSince(came.Header) {
		c.headers("headers.", r.Header, came.Header)
		c.length(r.Header, 0)
	}
	if r.Body.IsZero() {
		return
	}
	c.breach(ruleViewerResponseBody, "body", "", "")
	if n := r.Header.Get("content-length"); n != "" && n == came.Header.Get("content-length") && n != strconv.Itoa(len(r.Body.data)) {
		c.breach(ruleStaleLength, "headers.content-length[0].value", n, "the new body has "+strconv.Itoa(len(r.Body.data))+" bytes")
	}
	c.responseBody(r, size, limits[limitGeneratedOrigin])
}

// status checks a status that a function chooses.
func (c *checker) status(r *Response) {
	if r.StatusCode < 200 || r.StatusCode > 599 {
		c.breach(ruleStatusRange, "status", strconv.Itoa(r.StatusCode), "")
	}
	if !printable(r.Status) {
		c.breach(ruleStatusText, "statusDescription", r.Status, "")
	}
}

// responseBody checks a body that a function makes.
func (c *checker) responseBody(r *Response, size int, most limit) {
	if r.StatusCode == 204 && len(r.Body.data) > 0 {
		c.breach(ruleNoContentBody, "body", "", "")
		c.breach(ruleNoContentBodyOrigin, "body", "", "")
	}
	if r.Body.kind == bodyText && !isText(r.Body.data) {
		c.breach(ruleResponseBody, "body", "", "")
	}
	if size > most.inForce {
		c.breach(ruleResponseSize, "", "", sizes(size, most.inForce))
	}
}

// length checks the size of the headers as HTTP/1.1 sends them, a name, a value,
// ": " and the line end each, and what else counts with them.
func (c *checker) length(h Header, more int) {
	n := more
	for i := range h.Len() {
		f := h.at(i)
		n += len(f.name) + len(f.value) + 4
	}
	switch most := limits[limitHeaders]; {
	case n > most.inForce:
		c.breach(ruleRequestLength, "headers", "", sizes(n, most.inForce))
	case n > most.in2023:
		c.breach(ruleRequestLength2023, "headers", "", sizes(n, most.in2023))
	}
}

func sizes(got, most int) string {
	return "it has " + strconv.Itoa(got) + " bytes, allowed are " + strconv.Itoa(most)
}

// isText reports whether s can be a string of the JSON that CloudFront reads.
func isText(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

// printable reports whether s is UTF-8 without control characters other than the
// tab, which a header value may have (RFC 9110, section 5.5).
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return utf8.ValidString(s)
}
