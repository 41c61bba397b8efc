package edge

import (
	"iter"
	"strings"
)

// Cookies returns the cookies of the request as name and value, as the viewer sent
// them, in order. CloudFront keeps several Cookie lines apart, and Cookies reads
// them all; a part without an equals sign is a value without a name, as browsers
// have it (RFC 6265, section 5.2). The values are untrusted input.
//
// In the origin triggers there are the cookies that the behavior forwards. What a
// response sets are the fields of its Set-Cookie header: use [Response.SetCookie].
func (r *Request) Cookies() iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for i := range r.Header.Len() {
			if r.Header.fields.Name(i) != "cookie" {
				continue
			}
			for part := range strings.SplitSeq(r.Header.fields.At(i).Value, ";") {
				part = strings.Trim(part, " \t")
				if part == "" {
					continue
				}
				name, value, ok := strings.Cut(part, "=")
				if !ok {
					name, value = "", part
				}
				if !yield(strings.TrimRight(name, " \t"), strings.TrimLeft(value, " \t")) {
					return
				}
			}
		}
	}
}

// Cookie returns the value of the first cookie of that name and whether there is
// one. Names of cookies are case-sensitive.
func (r *Request) Cookie(name string) (value string, ok bool) {
	for n, v := range r.Cookies() {
		if n == name {
			return v, true
		}
	}
	return "", false
}
