package edgesim

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge"
)

// findings collects what is wrong in a function's answer.
type findings []Finding

// refuse notes a breach that makes CloudFront answer 502.
func (f *findings) refuse(page, field, value, reason, cure string) {
	*f = append(*f, Finding{Field: field, Value: shorten(value), Reason: reason, Cure: cure, Page: page})
}

// warn notes something that CloudFront may or may not accept.
func (f *findings) warn(field, value, reason, cure string) {
	*f = append(*f, Finding{Field: field, Value: shorten(value), Reason: reason, Cure: cure, Warning: true})
}

// refused gives the first breach, nil when there are only warnings.
func (f findings) refused() *Finding {
	for i := range f {
		if !f[i].Warning {
			return &f[i]
		}
	}
	return nil
}

// String is the finding in one line.
func (f Finding) String() string {
	s := f.Field + ": " + f.Reason
	if f.Value != "" {
		s = fmt.Sprintf("%s: got %q: %s", f.Field, f.Value, f.Reason)
	}
	if f.Cure != "" {
		s += " (" + f.Cure + ")"
	}
	return s
}

// fieldFindings turns the errors of package edge, which checks an answer before it leaves the function, into
// findings. It is nil when err holds none.
func fieldFindings(err error) findings {
	var found findings
	var walk func(error)
	walk = func(err error) {
		var field *edge.FieldError
		switch e := err.(type) {
		case nil:
		case *edge.FieldError:
			found.refuse(pageFor(e), e.Field, e.Value, e.Reason, e.Cure)
		case interface{ Unwrap() []error }:
			for _, inner := range e.Unwrap() {
				walk(inner)
			}
		case interface{ Unwrap() error }:
			walk(e.Unwrap())
		default:
			if errors.As(err, &field) {
				walk(field)
			}
		}
	}
	walk(err)
	return found
}

// pageFor picks the sentence that CloudFront's page has for what package edge refused.
func pageFor(e *edge.FieldError) string {
	if e.CloudFront != "" {
		return e.CloudFront
	}
	switch field := strings.ToLower(e.Field); {
	case strings.Contains(field, "origin"):
		return pageOrigin
	case strings.Contains(field, "body"):
		return pageBody
	case strings.Contains(field, "uri") || strings.Contains(field, "querystring"):
		return pageURI
	}
	return pageInvalid
}

// shorten keeps a value readable.
func shorten(s string) string { return shortenTo(s, 200) }

// shortenTo cuts s to a number of bytes, at the beginning of a character.
func shortenTo(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}
