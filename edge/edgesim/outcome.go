package edgesim

import (
	"encoding/base64"
	"encoding/json"
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

// object is a JSON object whose member names match exactly.
type object = map[string]json.RawMessage

// readOutcome reads and checks what the function of the event returned.
func readOutcome(e *event, out []byte, u Unknowns) *outcome {
	o := &outcome{}
	members, ok := o.readObject(out)
	if !ok {
		return o
	}
	_, hasStatus := members["status"]
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

func (o *outcome) readObject(out []byte) (object, bool) {
	if !json.Valid(out) {
		o.findings.refuse(pageNotParsable, "answer", string(out), "not JSON", "return the request or a response object")
		return nil, false
	}
	var members object
	if err := json.Unmarshal(out, &members); err != nil || members == nil {
		o.findings.refuse(pageNotObject, "answer", string(out), "not a JSON object", "return the request or a response object")
		return nil, false
	}
	_, hasRecords := members["Records"]
	if hasRecords {
		o.findings.refuse(pageHeaderEntry, "Records", "", "the whole event was returned", "return Records[0].cf.request or Records[0].cf.response")
		return nil, false
	}
	return members, true
}

// readRequest reads the answer of a request trigger that lets the request go on.
func (o *outcome) readRequest(e *event, members object) {
	_, statusCode := members["statusCode"]
	if statusCode {
		o.findings.refuse(pageBody, "statusCode", string(members["statusCode"]),
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
	for _, name := range []string{"method", "clientIp"} {
		o.checkUnchanged(members, name, map[string]string{"method": r.method, "clientIp": r.clientIP}[name])
	}
	r.header = o.readHeaders(e, members, e.request.header, false)
	o.readBody(e, members["body"])
	if e.trigger == edge.OriginRequest {
		o.origin = o.readOrigin(members, r.header)
	}
	o.request = r
}

// checkTarget holds the rules for uri and querystring (edge-function-restrictions-all.html).
func (o *outcome) checkTarget(r *request) {
	const most = 8192
	o.limits = append(o.limits, Limit{"uri and query string, characters", len(r.uri) + len(r.query), most - 1})
	switch {
	case !strings.HasPrefix(r.uri, "/"):
		o.findings.refuse(pageURI, "uri", r.uri, "must begin with a slash", "")
	case strings.ContainsAny(r.uri, " #?") || controlAt(r.uri) >= 0:
		o.findings.refuse(pageURI, "uri", r.uri, "has a character that a path cannot have", "escape it with %")
	}
	if strings.ContainsAny(r.query, " #\t") || controlAt(r.query) >= 0 {
		o.findings.refuse(pageURI, "querystring", r.query, "a space, a control character or #", "escape it with %")
	}
	if len(r.uri)+len(r.query) >= most {
		o.findings.refuse(pageURI, "uri", "", fmt.Sprintf("uri and querystring have %d characters, less than %d are allowed", len(r.uri)+len(r.query), most), "")
	}
}

func (o *outcome) checkUnchanged(members object, name, was string) {
	if now, ok := o.optionalText(members, name, pageInvalid); ok && now != was {
		o.findings.refuse(pageInvalid, name, now, "read-only", "return it as it came")
	}
}

// readBody reads body.action "replace"; with "read-only" the viewer's own body goes on (lambda-at-edge-function-restrictions.html).
func (o *outcome) readBody(e *event, raw json.RawMessage) {
	if raw == nil {
		return
	}
	var body struct{ Action, Encoding, Data *string }
	if json.Unmarshal(raw, &body) != nil || string(raw) == "null" {
		o.findings.refuse(pageBody, "body", string(raw), "not an object with strings in it", "return the body as it came, or leave it out")
		return
	}
	if body.Action == nil || *body.Action != "replace" || body.Data == nil {
		return
	}
	encoded := body.Encoding == nil || *body.Encoding != "text"
	most := map[bool]int{true: 40 << 10, false: 1 << 20}[e.trigger == edge.ViewerRequest]
	if encoded {
		most = (most + 2) / 3 * 4
	}
	o.limits = append(o.limits, Limit{"replaced request body, bytes", len(*body.Data), most})
	if len(*body.Data) > most {
		o.findings.refuse(pageBody, "body.data", "", fmt.Sprintf("%d bytes, %d are allowed", len(*body.Data), most), "")
		return
	}
	data, ok := o.decode("body.data", *body.Data, encoded)
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
	if _, ok := members[name]; !ok {
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
	var s *string
	if json.Unmarshal(raw, &s) != nil || s == nil {
		o.findings.refuse(page, name, string(raw), "not a string", "")
		return "", false
	}
	return *s, true
}

// readStatus reads a status; a number is what AWS's own examples give, though the documents ask for a string.
func (o *outcome) readStatus(members object) (int, bool) {
	raw, ok := members["status"]
	if !ok {
		o.findings.refuse(pageInvalid, "status", "", "missing", "return the response that the event has, changed")
		return 0, false
	}
	text := strings.Trim(string(raw), `"`)
	status, err := strconv.Atoi(text)
	if err != nil || status < 200 || status > 599 {
		o.findings.refuse(pageInvalid, "status", string(raw), "not a status from 200 to 599", `for instance "302"`)
		return 0, false
	}
	if raw[0] != '"' {
		o.findings.warn("status", string(raw), "a number", `the documents ask for a string: "`+text+`"`)
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
