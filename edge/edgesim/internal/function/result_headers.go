package function

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// readHeaders reads the headers of an answer and checks them against the headers that the function was shown:
// nothing disallowed is added, nothing read-only is added, changed or deleted. generated is a response that a
// request trigger made, which was shown no headers.
func (o *Outcome) readHeaders(e *Event, members object, shown http.Header, generated bool) http.Header {
	h := o.readHeaderMap("headers", members, "headers")
	for name := range h {
		switch {
		case IsDisallowed(name):
			o.Findings.refuse(page.Disallowed, headerField(name), h.Get(name),
				"CloudFront does not allow functions to set this header", "leave it out")
		case e.Trigger == edge.ViewerRequest && name == "Cloudfront-Viewer-Country" && !generated && len(shown[name]) == 0:
			o.Findings.refuse(page.Disallowed, headerField(name), h.Get(name), "a viewer-request function cannot add it", "add it in origin-request")
		}
		for i, value := range h[name] {
			if i < len(shown[name]) {
				h[name][i] = message.Wire(value, shown[name][i])
			}
		}
	}
	for _, name := range readOnly(e.Trigger) {
		if slices.Equal(h[name], shown[name]) {
			continue
		}
		reason, cure := readOnlyBreach(e.Trigger, h.Get(name), shown.Get(name), generated)
		o.Findings.refuse(page.ReadOnly, headerField(name), h.Get(name), reason, cure)
	}
	return unhidden(h, shown)
}

// readOnlyBreach says what a function did to a read-only header, and what to do instead.
func readOnlyBreach(trigger edge.Trigger, got, sent string, generated bool) (reason, cure string) {
	switch {
	case generated:
		return fmt.Sprintf("read-only in %s", trigger), "leave it out: CloudFront sets it"
	case sent == "":
		return fmt.Sprintf("added; it is read-only in %s", trigger), "leave it out"
	case got == "":
		return fmt.Sprintf("left out; it is read-only in %s, and CloudFront sent %q", trigger, shorten(sent)),
			"return the message that the event has, changed, and not a new one"
	}
	return fmt.Sprintf("read-only in %s; CloudFront sent %q", trigger, shorten(sent)), "leave it as it came"
}

// readHeaderMap reads a header map: lower-case name to a list of entries (lambda-event-structure.html).
func (o *Outcome) readHeaderMap(field string, members object, name string) http.Header {
	raw, given := members[name]
	if !given {
		return http.Header{}
	}
	if h, ok := parseHeaders(raw); ok {
		return h
	}
	h := http.Header{}
	lists, err := parseObject(raw)
	if err != nil {
		o.Findings.refuse(page.HeaderEntry, field, raw, "not an object of lists", `{"name": [{"key": "Name", "value": "..."}]}`)
		return h
	}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		o.readHeaderList(h, fmt.Sprintf("%s[%q]", field, name), name, lists[name])
	}
	return h
}

// readHeaderList reads the entries of one name into h.
func (o *Outcome) readHeaderList(h http.Header, at, name, raw string) {
	entries := parseList(raw)
	switch {
	case entries == nil:
		o.Findings.refuse(page.HeaderEntry, at, raw, "not a list of entries", `[{"key": "Name", "value": "..."}]`)
		return
	case !message.IsToken(name):
		o.Findings.refuse(page.InvalidResult, at, name, "not a header name", "")
		return
	case name != message.LowerASCII(name):
		o.Findings.warn(at, name, "not in lower case", "name it "+message.LowerASCII(name))
	}
	canonical := http.CanonicalHeaderKey(name)
	for _, entry := range entries {
		if value, ok := o.readHeaderEntry(at, name, entry); ok {
			h[canonical] = append(h[canonical], value)
		}
	}
}

func (o *Outcome) readHeaderEntry(at, name, raw string) (string, bool) {
	entry, err := parseObject(raw)
	value, ok := parseString(entry["value"])
	if err != nil || !ok {
		o.Findings.refuse(page.HeaderEntry, at, raw, "an entry has a value that is a string", `{"key": "Name", "value": "..."}`)
		return "", false
	}
	if key, ok := parseString(entry["key"]); entry.has("key") && (!ok || !strings.EqualFold(key, name)) {
		o.Findings.refuse(page.InvalidResult, at, entry["key"], "the entry's key is not the name of the list", "leave key out, or make it the same name")
		return "", false
	}
	if i := message.ControlAt(value); i >= 0 {
		o.Findings.refuse(page.InvalidResult, at, value, fmt.Sprintf("invalid character '%%%02X' in the value", value[i]), "escape it")
		return "", false
	}
	return value, true
}

func headerField(name string) string { return fmt.Sprintf("headers[%q]", message.LowerASCII(name)) }
