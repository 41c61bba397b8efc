package edge

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// A FieldError says that CloudFront would refuse what a function returns, and
// why. [Function.Invoke] reports all of them at once: use [errors.AsType] for the
// first, or walk the joined error for each.
type FieldError struct {
	Trigger Trigger
	Field   string // the place in the returned object, such as headers.host[0].value
	Value   string // what stands there, shortened
	Reason  string // the rule that is broken
	Cure    string // the way out
}

func (e *FieldError) Error() string {
	var b strings.Builder
	b.WriteString("edge: " + string(e.Trigger) + ": ")
	if e.Field != "" {
		b.WriteString(e.Field + ": ")
	}
	if e.Value != "" {
		b.WriteString("got " + strconv.Quote(jsontext.Shorten(e.Value)) + ": ")
	}
	b.WriteString(e.Reason)
	if e.Cure != "" {
		b.WriteString("; " + e.Cure)
	}
	return b.String()
}

// An EventError says that the bytes given to [Function.Invoke] are not an event of
// CloudFront. No handler has run.
type EventError struct {
	Offset int    // in bytes, from the beginning of the event
	Field  string // the place in the event, such as Records[0].cf.request.uri
	Reason string // what stands there and what should
}

func (e *EventError) Error() string {
	b := "edge: event, byte " + strconv.Itoa(e.Offset)
	if e.Field != "" {
		b += ", " + e.Field
	}
	return b + ": " + e.Reason
}
