package function

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// An Outcome is a function's answer as CloudFront reads it: a request that goes on, or a response.
type Outcome struct {
	Request  *message.Request
	Body     []byte          // of the request, when Replaced
	Replaced bool            // the function put Body in the place of the viewer's
	Origin   *message.Origin // of the request; nil: none given
	Response *message.Response
	NewBody  *[]byte // of the response; nil: the origin's stays

	Findings Findings
	Limits   []Limit

	text    string // the answer
	members object // and those that it has, nil where it was not read
}

// Read reads and checks what the function of the event returned. With decodedSize a generated body counts against its limit
// after base64 decoding and not as it stands in the answer, which AWS does not say.
func Read(e *Event, out []byte, decodedSize bool) *Outcome {
	o := &Outcome{}
	if e.returned(out) {
		o.unchanged(e)
		return o
	}
	members, ok := o.readObject(out)
	if !ok {
		return o
	}
	o.text, o.members = string(out), members
	hasStatus := members.has("status")
	requestTrigger := e.Trigger == edge.ViewerRequest || e.Trigger == edge.OriginRequest
	switch {
	case requestTrigger && !hasStatus:
		o.readRequest(e, members)
	case requestTrigger:
		o.readGenerated(e, members, len(out), decodedSize)
	default:
		o.readResponse(e, members)
	}
	return o
}

// unchanged is the outcome of a function that gave back what it got, to the byte.
func (o *Outcome) unchanged(e *Event) {
	if e.Response != nil {
		o.Response = e.Response
		return
	}
	o.Request = e.Request
	o.Origin = e.Origin
	o.checkTarget(o.Request, e.Request)
}

func (o *Outcome) readObject(out []byte) (object, bool) {
	members, err := parseObject(string(out))
	switch {
	case err == errNotJSON:
		o.Findings.refuse(page.NotParsable, "answer", string(out), "not JSON", "return the request or a response object")
		return nil, false
	case err != nil:
		o.Findings.refuse(page.NotObject, "answer", string(out), "not a JSON object", "return the request or a response object")
		return nil, false
	case members.has("Records"):
		o.Findings.refuse(page.HeaderEntry, "Records", "", "the whole event was returned",
			"return Records[0].cf.request or Records[0].cf.response")
		return nil, false
	}
	return members, true
}

// readRequest reads the answer of a request trigger that lets the request go on.
func (o *Outcome) readRequest(e *Event, members object) {
	if members.has("statusCode") {
		o.Findings.refuse(page.InvalidBody, "statusCode", members["statusCode"],
			"a generated response names its status \"status\"; without it the answer counts as a request", `return {"status": "200", ...}`)
		return
	}
	changed := *e.Request // its headers are read below
	r := &changed
	if uri, ok := o.readText(members, "uri", page.InvalidURI); ok {
		r.URI = message.Wire(uri, e.Request.URI)
	}
	if query, ok := o.optionalText(members, "querystring", page.InvalidURI); ok {
		r.Query = message.Wire(query, e.Request.Query)
	}
	o.checkTarget(r, e.Request)
	if r.URI != e.Request.URI {
		r.URI = message.EscapeMarks(r.URI) // what CloudFront makes of them is not known; package edge warns
	}
	o.checkUnchanged(members, "method", r.Method)
	o.checkUnchanged(members, "clientIp", r.ClientIP)
	r.Header = o.readHeaders(e, members, e.Request.Header, false)
	o.readBody(e, members)
	if e.Trigger == edge.OriginRequest {
		o.Origin = o.readOrigin(e, members, r.Header)
	}
	o.Request = r
}

// checkTarget holds the rules for uri and querystring (edge-function-restrictions-all.html), where a function has changed them.
func (o *Outcome) checkTarget(r, came *message.Request) {
	const most = 8192
	length := len(r.URI) + len(r.Query)
	o.Limits = append(o.Limits, Limit{"uri and query string, characters", length, most - 1})
	uri, query := r.URI != came.URI, r.Query != came.Query
	switch {
	case !uri:
	case !strings.HasPrefix(r.URI, "/"):
		o.Findings.refuse(page.InvalidURI, "uri", r.URI, "must begin with a slash", "")
	case strings.Contains(r.URI, " ") || message.ControlAt(r.URI) >= 0:
		o.Findings.refuse(page.InvalidURI, "uri", r.URI, "has a character that a path cannot have", "escape it with %")
	}
	if query && (strings.ContainsAny(r.Query, " #\t") || message.ControlAt(r.Query) >= 0) {
		o.Findings.refuse(page.InvalidURI, "querystring", r.Query, "a space, a control character or #", "escape it with %")
	}
	if (uri || query) && length >= most {
		reason := fmt.Sprintf("uri and querystring have %d characters, less than %d are allowed", length, most)
		o.Findings.refuse(page.InvalidURI, "uri", "", reason, "")
	}
}

func (o *Outcome) checkUnchanged(members object, name, was string) {
	if now, ok := o.optionalText(members, name, page.InvalidResult); ok && now != was {
		o.Findings.refuse(page.InvalidResult, name, now, "read-only", "return it as it came")
	}
}

// readBody reads body.action "replace"; with "read-only" the viewer's own body goes on
// (lambda-at-edge-function-restrictions.html).
func (o *Outcome) readBody(e *Event, members object) {
	if !members.has("body") {
		return
	}
	body, err := parseObject(members["body"])
	if err != nil {
		o.Findings.refuse(page.InvalidBody, "body", members["body"], "not an object", "return the body as it came, or leave it out")
		return
	}
	action, _ := o.optionalText(body, "action", page.InvalidBody)
	text, hasData := o.optionalText(body, "data", page.InvalidBody)
	encoding, _ := o.optionalText(body, "encoding", page.InvalidBody)
	if action != "replace" || !hasData {
		return
	}
	encoded := encoding != "text"
	most := 1 << 20
	if e.Trigger == edge.ViewerRequest {
		most = 40 << 10
	}
	if encoded {
		most = (most + 2) / 3 * 4
	}
	o.Limits = append(o.Limits, Limit{"replaced request body, bytes", len(text), most})
	if len(text) > most {
		o.Findings.refuse(page.InvalidBody, "body.data", "", fmt.Sprintf("%d bytes, %d are allowed", len(text), most), "")
		return
	}
	data, ok := o.decode("body.data", text, encoded)
	if ok {
		o.Body, o.Replaced = data, true
	}
}

func (o *Outcome) decode(field, data string, encoded bool) ([]byte, bool) {
	if !encoded {
		return []byte(data), true
	}
	b, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		o.Findings.refuse(page.InvalidBody, field, data, "not base64: "+err.Error(), `encode it, or say "text"`)
	}
	return b, err == nil
}

// readText reads a member that must be there; optionalText one that may be absent, which is the same as "unchanged".
func (o *Outcome) readText(members object, name, page string) (string, bool) {
	if !members.has(name) {
		o.Findings.refuse(page, name, "", "missing", "return the request that the event has, changed")
		return "", false
	}
	return o.optionalText(members, name, page)
}

func (o *Outcome) optionalText(members object, name, page string) (string, bool) {
	raw, ok := members[name]
	if !ok {
		return "", false
	}
	s, ok := parseString(raw)
	if !ok {
		o.Findings.refuse(page, name, raw, "not a string", "")
	}
	return s, ok
}

// readStatus reads a status; a number is what AWS's own examples give, though the documents ask for a string.
func (o *Outcome) readStatus(members object) (int, bool) {
	raw, ok := members["status"]
	if !ok {
		o.Findings.refuse(page.InvalidResult, "status", "", "missing", "return the response that the event has, changed")
		return 0, false
	}
	text, quoted := parseString(raw)
	if !quoted {
		text = raw
	}
	status, err := strconv.Atoi(text)
	if err != nil || status < 200 || status > 599 {
		o.Findings.refuse(page.InvalidResult, "status", text, "not a status from 200 to 599", `for instance "302"`)
		return 0, false
	}
	if !quoted {
		o.Findings.warn("status", raw, "a number", `the documents ask for a string: "`+text+`"`)
	}
	return status, true
}

// unhidden puts back what the function could not see: the disallowed headers of the message it was shown.
func unhidden(h, shown http.Header) http.Header {
	for name, values := range shown {
		if IsDisallowed(name) {
			h[name] = slices.Clone(values)
		}
	}
	return h
}
