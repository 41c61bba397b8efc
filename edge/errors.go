package edge

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// A FieldError says that what a function returns breaks one of CloudFront's
// rules. [Function.Invoke] refuses it and reports every breach, joined by
// [errors.Join] if there are several: use [errors.AsType] for the first. What is
// only doubtful goes to Function.Warn in the same form.
type FieldError struct {
	Trigger Trigger
	Field   string // the place in the returned object, such as headers.host[0].value
	Value   string // what stands there, shortened
	Rule    string // a word for the rule that does not change, such as read-only-added
	Reason  string // what the rule is and how it is broken
	Cure    string // the way out, "" if the reason says it

	// CloudFront is the text that CloudFront shows in its place, "" if it is not
	// known.
	CloudFront string
}

// Error has everything but what CloudFront shows, and of Value nothing where a viewer's query string, body,
// address, cookies or credentials stand, or an origin's: Lambda writes it into the function's log.
func (e *FieldError) Error() string {
	var b strings.Builder
	b.WriteString("edge: " + string(e.Trigger) + ": ")
	if e.Field != "" {
		b.WriteString(e.Field + ": ")
	}
	switch {
	case e.Value != "" && personal(e.Field):
		b.WriteString("got a value that logs must not have: ")
	case e.Value != "":
		value := e.Value
		if path, _, query := strings.Cut(value, "?"); query && e.Field == "uri" {
			value = path + "?…"
		}
		b.WriteString("got " + strconv.Quote(value) + ": ")
	}
	b.WriteString(e.Reason)
	if e.Cure != "" {
		b.WriteString("; " + e.Cure)
	}
	return b.String()
}

// personal reports whether what stands at a place may identify a viewer, or let somebody in.
func personal(field string) bool {
	header, isHeader := strings.CutPrefix(field, "headers.")
	if !isHeader {
		// Custom headers of an origin are where the origin's password stands.
		return field == "querystring" || field == "clientIp" || field == "body.data" || strings.Contains(field, ".customHeaders.")
	}
	name, _, _ := strings.Cut(header, "[")
	switch name {
	case "authorization", "cloudfront-viewer-address", "cookie", "proxy-authorization", "referer", "set-cookie", "x-forwarded-for":
		return true
	case "content-location", "location", "refresh": // a redirect often has the viewer's query string
		return true
	}
	return false
}

func shorten(s string) string { return jsontext.Shorten(s) }

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
