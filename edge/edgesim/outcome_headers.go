package edgesim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// readHeaders reads the headers of an answer and checks them against the headers that the function was shown: nothing disallowed is added, nothing read-only
// is added, changed or deleted. generated is a response that a request trigger made, which was shown no headers.
func (o *outcome) readHeaders(e *event, members object, shown http.Header, generated bool) http.Header {
	h := o.readHeaderMap("headers", members["headers"])
	for name := range h {
		switch {
		case isDisallowed(name):
			o.findings.refuse(pageDisallowed, headerField(name), h.Get(name), "CloudFront does not allow functions to set this header", "leave it out")
		case e.trigger == edge.ViewerRequest && name == "Cloudfront-Viewer-Country" && !generated && len(shown[name]) == 0:
			o.findings.refuse(pageDisallowed, headerField(name), h.Get(name), "a viewer-request function cannot add it", "add it in origin-request")
		}
		for i, value := range h[name] {
			if i < len(shown[name]) {
				h[name][i] = restoreText(value, shown[name][i])
			}
		}
	}
	for _, name := range readOnly(e.trigger) {
		if slices.Equal(h[name], shown[name]) {
			continue
		}
		cure := "leave it as it came"
		if generated {
			cure = "leave it out: CloudFront sets it"
		}
		o.findings.refuse(pageReadOnly, headerField(name), h.Get(name),
			fmt.Sprintf("read-only in %s; CloudFront sent %q", e.trigger, shorten(shown.Get(name))), cure)
	}
	return unhidden(h, shown)
}

// readHeaderMap reads a header map: lower-case name to a list of entries (lambda-event-structure.html).
func (o *outcome) readHeaderMap(field string, raw json.RawMessage) http.Header {
	h := http.Header{}
	if raw == nil {
		return h
	}
	var lists map[string]json.RawMessage
	if err := json.Unmarshal(raw, &lists); err != nil || lists == nil {
		o.findings.refuse(pageHeaderEntry, field, string(raw), "not an object of lists", `{"name": [{"key": "Name", "value": "..."}]}`)
		return h
	}
	for name, list := range lists {
		at := fmt.Sprintf("%s[%q]", field, name)
		var entries []object
		if json.Unmarshal(list, &entries) != nil || entries == nil {
			o.findings.refuse(pageHeaderEntry, at, string(list), "not a list of entries", `[{"key": "Name", "value": "..."}]`)
			continue
		}
		if !isToken(name) {
			o.findings.refuse(pageInvalid, at, name, "not a header name", "")
			continue
		}
		if name != lowerASCII(name) {
			o.findings.warn(at, name, "not in lower case", "name it "+lowerASCII(name))
		}
		canonical := http.CanonicalHeaderKey(name)
		for _, entry := range entries {
			if value, ok := o.readHeaderEntry(at, name, entry); ok {
				h[canonical] = append(h[canonical], value)
			}
		}
	}
	return h
}

func (o *outcome) readHeaderEntry(at, name string, entry object) (string, bool) {
	var value, key *string
	if json.Unmarshal(entry["value"], &value) != nil || value == nil {
		o.findings.refuse(pageHeaderEntry, at, string(entry["value"]), "the value of an entry must be a string", `{"key": "Name", "value": "..."}`)
		return "", false
	}
	if raw, given := entry["key"]; given && (json.Unmarshal(raw, &key) != nil || key == nil || !strings.EqualFold(*key, name)) {
		o.findings.refuse(pageInvalid, at, string(raw), "the entry's key is not the name of the list", "leave key out, or make it the same name")
		return "", false
	}
	if i := controlAt(*value); i >= 0 {
		o.findings.refuse(pageInvalid, at, *value, fmt.Sprintf("invalid character '%%%02X' in the value", (*value)[i]), "escape it")
		return "", false
	}
	return *value, true
}

func headerField(name string) string { return fmt.Sprintf("headers[%q]", lowerASCII(name)) }
