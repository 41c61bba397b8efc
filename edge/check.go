package edge

import (
	"strconv"
	"unicode/utf8"
)

// A checker collects what CloudFront would refuse.
type checker struct{ breaches []error }

func (c *checker) request(ev *event, r *Request) error {
	c.header(ev.config.Trigger, r.Header)
	return join(c.breaches)
}

func (c *checker) generated(ev *event, r *Response) ([]byte, error) {
	c.status(ev.config.Trigger, r.StatusCode)
	c.header(ev.config.Trigger, r.Header)
	if err := join(c.breaches); err != nil {
		return nil, err
	}
	return appendGenerated(make([]byte, 0, 512), r), nil
}

func (c *checker) response(ev *event, r *Response) ([]byte, error) {
	if r.StatusCode != ev.came.response.StatusCode {
		c.status(ev.config.Trigger, r.StatusCode)
	}
	c.header(ev.config.Trigger, r.Header)
	if err := join(c.breaches); err != nil {
		return nil, err
	}
	return ev.appendResponse(make([]byte, 0, len(ev.responseText)+512), r), nil
}

func (c *checker) status(t Trigger, code int) {
	if code < 200 || code > 599 {
		c.breaches = append(c.breaches, &FieldError{
			Trigger: t, Field: "status", Value: strconv.Itoa(code),
			Reason: "the status must be from 200 to 599",
		})
	}
}

func (c *checker) header(t Trigger, h Header) {
	for i, f := range h.fields {
		if f.raw != "" {
			continue
		}
		field := "headers." + f.name
		if !isToken(f.name) {
			c.breaches = append(c.breaches, &FieldError{
				Trigger: t, Field: "headers", Value: f.name, Reason: "not a header name (RFC 9110, section 5.6.2)",
			})
		}
		if !utf8.ValidString(f.value) || hasControl(f.value) {
			n := 0
			for n < i && h.fields[i-n-1].name == f.name {
				n++
			}
			c.breaches = append(c.breaches, &FieldError{
				Trigger: t, Field: field + "[" + strconv.Itoa(n) + "].value", Value: f.value,
				Reason: "a header value must be UTF-8 without control characters",
			})
		}
	}
}

func hasControl(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return true
		}
	}
	return false
}
