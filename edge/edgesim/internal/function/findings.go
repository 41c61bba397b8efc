package function

import (
	"errors"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// A Finding is one breach of CloudFront's rules in what a function returned.
type Finding struct {
	Field   string // where, for instance `headers["via"]`; origin.s3.region where package edge has found it
	Value   string // what was there, at most 200 bytes of it
	Reason  string // the rule that it breaks
	Cure    string // what to do about it
	Warning bool   // the documents and practice differ: CloudFront may accept it
	Page    string // the sentence on CloudFront's error page
}

// A Limit is a quota and its use.
type Limit struct {
	Name      string
	Used, Max int
}

// Findings collects what is wrong in a function's answer.
type Findings []Finding

// refuse notes a breach that makes CloudFront answer 502.
func (f *Findings) refuse(page, field, value, reason, cure string) {
	*f = append(*f, Finding{Field: field, Value: shorten(value), Reason: reason, Cure: cure, Page: page})
}

// warn notes something that CloudFront may or may not accept.
func (f *Findings) warn(field, value, reason, cure string) {
	*f = append(*f, Finding{Field: field, Value: shorten(value), Reason: reason, Cure: cure, Warning: true})
}

// Refused gives the first breach, nil when there are only warnings.
func (f Findings) Refused() *Finding {
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

// FieldFindings turns the errors of package edge, which checks an answer before it leaves the function, into
// findings. It is nil when err holds none.
func FieldFindings(err error) Findings {
	var found Findings
	var walk func(error)
	walk = func(err error) {
		var field *edge.FieldError
		switch e := err.(type) {
		case nil:
		case *edge.FieldError:
			found.refuse(PageFor(e), e.Field, e.Value, e.Reason, e.Cure)
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

// PageFor picks the sentence that CloudFront's page has for what package edge refused.
func PageFor(e *edge.FieldError) string {
	if e.CloudFront != "" {
		return e.CloudFront
	}
	switch field := strings.ToLower(e.Field); {
	case strings.Contains(field, ".customheaders"):
		return page.InvalidOriginHeaders
	case strings.Contains(field, "origin"):
		return page.InvalidOrigin
	case strings.Contains(field, "body"):
		return page.InvalidBody
	case strings.Contains(field, "uri") || strings.Contains(field, "querystring"):
		return page.InvalidURI
	}
	return page.InvalidResult
}

// shorten keeps a value readable.
func shorten(s string) string { return message.Shorten(s, 200) }
