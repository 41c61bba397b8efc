package edge

import (
	"errors"
	"iter"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// A Form is the fields of a form that a viewer sent. It reads the text anew each time it is asked, so that a body of many
// fields takes no more memory than one of few. What it holds is untrusted input.
type Form struct{ text string }

// Form returns the fields of the request's body, which is of the type application/x-www-form-urlencoded, what browsers send of
// a form without an enctype.
//
// A [*FormError] says that the viewer sent something else, or more than CloudFront shows: 40 KB in viewer-request, 1 MB in origin-request. The part
// that is shown is not read then, for the last field may be cut. Any other error is the function's own: its association does not include the body.
func (r *Request) Form() (Form, error) {
	mediaType, _, _ := strings.Cut(r.Header.Get("content-type"), ";")
	mediaType = strings.ToLower(strings.Trim(mediaType, " \t"))
	switch {
	case mediaType == "multipart/form-data":
		return Form{}, &FormError{415, "the body is multipart/form-data; want application/x-www-form-urlencoded: leave the form's enctype out"}
	case mediaType != "application/x-www-form-urlencoded":
		return Form{}, &FormError{415, "got the Content-Type " + strconv.Quote(shorten(mediaType)) + "; want application/x-www-form-urlencoded"}
	case r.Body == nil:
		return Form{}, errors.New("edge: form: the event has no body; include it in the function's association (IncludeBody)")
	case r.Body.InputTruncated:
		return Form{}, &FormError{413, "the body is larger than what CloudFront shows, 40 KB in viewer-request and 1 MB in origin-request"}
	}
	body, err := r.Body.Bytes()
	if err != nil {
		return Form{}, err
	}
	return Form{string(body)}, nil
}

// A FormError says why a viewer's body is no form that a function can read.
type FormError struct {
	StatusCode int    // what to answer: 413 Content Too Large or 415 Unsupported Media Type
	Reason     string // what came and what may come
}

func (e *FormError) Error() string { return "edge: form: " + e.Reason }

// All returns the names and values in the order in which they came. A plus sign is a space, an escape sequence is its byte, a percent sign that begins none
// stands for itself, and bytes that are not UTF-8 become U+FFFD (https://url.spec.whatwg.org/#urlencoded-parsing).
func (f Form) All() iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for field := range strings.SplitSeq(f.text, "&") {
			if field == "" {
				continue
			}
			name, value, _ := strings.Cut(field, "=")
			if !yield(decodeForm(name), decodeForm(value)) {
				return
			}
		}
	}
}

// Get returns the first value of the field, "" if there is none.
func (f Form) Get(name string) string {
	value, _ := f.lookup(name)
	return value
}

// Has reports whether there is a field of that name, even an empty one.
func (f Form) Has(name string) bool {
	_, ok := f.lookup(name)
	return ok
}

// Values returns all values of the field, in order; nil if there is none.
func (f Form) Values(name string) (values []string) {
	for n, v := range f.All() {
		if n == name {
			values = append(values, v)
		}
	}
	return values
}

func (f Form) lookup(name string) (value string, ok bool) {
	for n, v := range f.All() {
		if n == name {
			return v, true
		}
	}
	return "", false
}

// decodeForm decodes a name or a value.
func decodeForm(s string) string {
	if strings.IndexByte(s, '%') < 0 && strings.IndexByte(s, '+') < 0 {
		return toUTF8(s)
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '+' {
			c = ' '
		} else if c == '%' && i+2 < len(s) {
			if high, low := rules.Unhex(s[i+1]), rules.Unhex(s[i+2]); high >= 0 && low >= 0 {
				c = byte(high<<4 | low)
				i += 2
			}
		}
		out = append(out, c)
	}
	return toUTF8(string(out))
}

func toUTF8(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
