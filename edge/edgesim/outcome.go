package edgesim

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// An outcome is a function's answer as CloudFront reads it: a request that goes on, or a response.
type outcome struct {
	request  *request
	body     *replacedBody   // of the request; nil: as it was
	origin   *originSettings // of the request; nil: none given
	response *response
	newBody  *[]byte // of the response; nil: the origin's stays

	findings findings
	limits   []Limit
}

// replacedBody is a request body that a function put in the place of the viewer's.
type replacedBody struct{ data []byte }

// readOutcome reads and checks what the function of the event returned.
func readOutcome(e *event, out []byte, u Unknowns) *outcome {
	o := &outcome{}
	if e.returned(out) {
		o.unchanged(e)
		return o
	}
	members, ok := o.readObject(out)
	if !ok {
		return o
	}
	hasStatus := members.has("status")
	requestTrigger := e.trigger == edge.ViewerRequest || e.trigger == edge.OriginRequest
	switch {
	case requestTrigger && !hasStatus:
		o.readRequest(e, members)
	case requestTrigger:
		o.readGenerated(e, members, len(out), u)
	default:
		o.readResponse(e, members)
	}
	return o
}

// unchanged is the outcome of a function that gave back what it got, to the byte.
func (o *outcome) unchanged(e *event) {
	if e.response != nil {
		o.response = e.response.clone()
		return
	}
	o.request = e.request.clone()
	o.origin = e.origin
	o.checkTarget(o.request)
}

func (o *outcome) readObject(out []byte) (object, bool) {
	members, err := parseObject(string(out))
	switch {
	case err == errNotJSON:
		o.findings.refuse(pageNotParsable, "answer", string(out), "not JSON", "return the request or a response object")
		return nil, false
	case err != nil:
		o.findings.refuse(pageNotObject, "answer", string(out), "not a JSON object", "return the request or a response object")
		return nil, false
	case members.has("Records"):
		o.findings.refuse(pageHeaderEntry, "Records", "", "the whole event was returned",
			"return Records[0].cf.request or Records[0].cf.response")
		return nil, false
	}
	return members, true
}

// readRequest reads the answer of a request trigger that lets the request go on.
func (o *outcome) readRequest(e *event, members object) {
	if members.has("statusCode") {
		o.findings.refuse(pageBody, "statusCode", members["statusCode"],
			"a generated response names its status \"status\"; without it the answer counts as a request", `return {"status": "200", ...}`)
		return
	}
	r := e.request.clone()
	if uri, ok := o.readText(members, "uri", pageURI); ok {
		r.uri = restoreText(uri, e.request.uri)
	}
	if query, ok := o.optionalText(members, "querystring", pageURI); ok {
		r.query = restoreText(query, e.request.query)
	}
	o.checkTarget(r)
	o.checkUnchanged(members, "method", r.method)
	o.checkUnchanged(members, "clientIp", r.clientIP)
	r.header = o.readHeaders(e, members, e.request.header, false)
	o.readBody(e, members)
	if e.trigger == edge.OriginRequest {
		o.origin = o.readOrigin(members, r.header)
	}
	o.request = r
}

// checkTarget holds the rules for uri and querystring (edge-function-restrictions-all.html).
func (o *outcome) checkTarget(r *request) {
	const most = 8192
	length := len(r.uri) + len(r.query)
	o.limits = append(o.limits, Limit{"uri and query string, characters", length, most - 1})
	switch {
	case !strings.HasPrefix(r.uri, "/"):
		o.findings.refuse(pageURI, "uri", r.uri, "must begin with a slash", "")
	case strings.ContainsAny(r.uri, " #?") || controlAt(r.uri) >= 0:
		o.findings.refuse(pageURI, "uri", r.uri, "has a character that a path cannot have", "escape it with %")
	}
	if strings.ContainsAny(r.query, " #\t") || controlAt(r.query) >= 0 {
		o.findings.refuse(pageURI, "querystring", r.query, "a space, a control character or #", "escape it with %")
	}
	if length >= most {
		reason := fmt.Sprintf("uri and querystring have %d characters, less than %d are allowed", length, most)
		o.findings.refuse(pageURI, "uri", "", reason, "")
	}
}

func (o *outcome) checkUnchanged(members object, name, was string) {
	if now, ok := o.optionalText(members, name, pageInvalid); ok && now != was {
		o.findings.refuse(pageInvalid, name, now, "read-only", "return it as it came")
	}
}

// readBody reads body.action "replace"; with "read-only" the viewer's own body goes on
// (lambda-at-edge-function-restrictions.html).
func (o *outcome) readBody(e *event, members object) {
	if !members.has("body") {
		return
	}
	body, err := parseObject(members["body"])
	if err != nil {
		o.findings.refuse(pageBody, "body", members["body"], "not an object", "return the body as it came, or leave it out")
		return
	}
	action, _ := o.optionalText(body, "action", pageBody)
	text, hasData := o.optionalText(body, "data", pageBody)
	encoding, _ := o.optionalText(body, "encoding", pageBody)
	if action != "replace" || !hasData {
		return
	}
	encoded := encoding != "text"
	most := 1 << 20
	if e.trigger == edge.ViewerRequest {
		most = 40 << 10
	}
	if encoded {
		most = (most + 2) / 3 * 4
	}
	o.limits = append(o.limits, Limit{"replaced request body, bytes", len(text), most})
	if len(text) > most {
		o.findings.refuse(pageBody, "body.data", "", fmt.Sprintf("%d bytes, %d are allowed", len(text), most), "")
		return
	}
	data, ok := o.decode("body.data", text, encoded)
	if ok {
		o.body = &replacedBody{data}
	}
}

func (o *outcome) decode(field, data string, encoded bool) ([]byte, bool) {
	if !encoded {
		return []byte(data), true
	}
	b, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		o.findings.refuse(pageBody, field, data, "not base64: "+err.Error(), `encode it, or say "text"`)
	}
	return b, err == nil
}

// readText reads a member that must be there; optionalText one that may be absent, which is the same as "unchanged".
func (o *outcome) readText(members object, name, page string) (string, bool) {
	if !members.has(name) {
		o.findings.refuse(page, name, "", "missing", "return the request that the event has, changed")
		return "", false
	}
	return o.optionalText(members, name, page)
}

func (o *outcome) optionalText(members object, name, page string) (string, bool) {
	raw, ok := members[name]
	if !ok {
		return "", false
	}
	s, ok := parseString(raw)
	if !ok {
		o.findings.refuse(page, name, raw, "not a string", "")
	}
	return s, ok
}

// readStatus reads a status; a number is what AWS's own examples give, though the documents ask for a string.
func (o *outcome) readStatus(members object) (int, bool) {
	raw, ok := members["status"]
	if !ok {
		o.findings.refuse(pageInvalid, "status", "", "missing", "return the response that the event has, changed")
		return 0, false
	}
	text := strings.Trim(raw, `"`)
	status, err := strconv.Atoi(text)
	if err != nil || status < 200 || status > 599 {
		o.findings.refuse(pageInvalid, "status", raw, "not a status from 200 to 599", `for instance "302"`)
		return 0, false
	}
	if raw[0] != '"' {
		o.findings.warn("status", raw, "a number", `the documents ask for a string: "`+text+`"`)
	}
	return status, true
}

// unhidden puts back what the function could not see: the disallowed headers of the message it was shown.
func unhidden(h, shown http.Header) http.Header {
	for name, values := range shown {
		if isDisallowed(name) {
			h[name] = slices.Clone(values)
		}
	}
	return h
}
