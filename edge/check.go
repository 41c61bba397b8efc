package edge

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/header"
	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// request checks a request that continues.
func (c *checker) request(r, came *Request) {
	if r.Method != came.Method {
		c.breach(rules.MemberReadOnly, "method", r.Method, "CloudFront sent "+strconv.Quote(came.Method))
	}
	if r.ClientIP != came.ClientIP {
		c.breach(rules.MemberReadOnly, "clientIp", r.ClientIP, "")
	}
	urlChanged := r.URI != came.URI || r.QueryString != came.QueryString
	if urlChanged {
		c.url(r, came)
	}
	headersChanged := !r.Header.fields.UntouchedSince(came.Header.fields)
	if headersChanged {
		c.headers("headers.", r.Header.fields, came.Header.fields)
		if r.Header.Has("set-cookie") && !came.Header.Has("set-cookie") {
			c.breach(rules.SetCookieRequest, "headers.set-cookie", "", "")
		}
	}
	if headersChanged || urlChanged {
		c.length(r.Header.fields, came.Header.fields, len(r.URI)+len(r.QueryString), len(came.URI)+len(came.QueryString))
	}
	c.body(r.Body, came.Body)
	c.origin(r, came)
}

// generated checks a response that a request handler makes, encoded in size bytes.
func (c *checker) generated(r *Response, size int) {
	c.statusCode(r.StatusCode)
	c.statusText(r.Status)
	c.headers("headers.", r.Header.fields, header.Map{})
	c.length(r.Header.fields, header.Map{}, 0, 0)
	c.responseBody(r, size, byStage(c.trigger, rules.MaxGeneratedViewer, rules.MaxGeneratedOrigin))
}

// response checks an edited response, encoded in size bytes.
func (c *checker) response(p *reply, size int) {
	r, came := &p.response, &p.came
	switch {
	case r.StatusCode == came.StatusCode:
	case c.trigger == ViewerResponse:
		c.breach(rules.StatusFixed, "status", strconv.Itoa(r.StatusCode), "CloudFront sent "+strconv.Itoa(came.StatusCode))
	default:
		c.statusCode(r.StatusCode)
	}
	if r.Status != came.Status {
		c.statusText(r.Status)
	}
	if !r.Header.fields.UntouchedSince(came.Header.fields) {
		c.headers("headers.", r.Header.fields, came.Header.fields)
		c.length(r.Header.fields, came.Header.fields, 0, 0)
	}
	if r.Body.IsZero() {
		return
	}
	c.breach(rules.ViewerResponseBody, "body", "", "")
	if n := r.Header.Get("content-length"); n != "" && n == came.Header.Get("content-length") && n != strconv.Itoa(len(r.Body.data)) {
		c.breach(rules.StaleLength, "headers.content-length[0].value", n, "the new body has "+strconv.Itoa(len(r.Body.data))+" bytes")
	}
	c.responseBody(r, size, rules.MaxGeneratedOrigin)
}

// statusCode checks a status that a function chooses.
func (c *checker) statusCode(code int) {
	if code < 200 || code > 599 {
		c.breach(rules.StatusRange, "status", strconv.Itoa(code), "")
	}
}

// statusText checks a description that a function chooses.
func (c *checker) statusText(text string) {
	if !rules.IsPrintable(text) {
		c.breach(rules.StatusText, "statusDescription", text, "")
	}
}

// responseBody checks a body that a function makes.
func (c *checker) responseBody(r *Response, size int, most rules.Limit) {
	if r.StatusCode == 204 && len(r.Body.data) > 0 {
		c.breach(rules.NoContentBody, "body", "", "")
		c.breach(rules.NoContentBodyOrigin, "body", "", "")
	}
	if r.Body.kind == bodyText && !rules.IsText(r.Body.data) {
		c.breach(rules.ResponseBody, "body", "", "")
	}
	if size > most.InForce() {
		c.breach(rules.ResponseSize, "", "", sizes(size, most.InForce()))
	}
}

// length checks the length of the headers and of what else counts with them, unless they came as long.
func (c *checker) length(h, came header.Map, more, cameMore int) {
	n, most := lengthOf(h)+more, rules.MaxHeaders
	if n <= most.In2023() || n <= lengthOf(came)+cameMore {
		return
	}
	if n > most.InForce() {
		c.breach(rules.RequestLength, "headers", "", sizes(n, most.InForce()))
		return
	}
	c.breach(rules.RequestLength2023, "headers", "", sizes(n, most.In2023()))
}

// lengthOf returns the size of the headers as HTTP/1.1 sends them: a name, a value, ": " and the line end each.
func lengthOf(h header.Map) (n int) {
	for i := range h.Len() {
		f := h.At(i)
		n += len(f.Name) + len(f.Value) + 4
	}
	return n
}
