package cffunction

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// An Outcome is a function's answer as CloudFront reads it.
type Outcome struct {
	Request  *message.Request  // goes on; nil in viewer-response, and when there is a response
	Response *message.Response // made in viewer-request, or changed in viewer-response
	NewBody  *[]byte           // of the response; nil: it keeps its own, or has none
	Changes  []Change          // of the origin that the request goes to

	Findings function.Findings
	Limits   []function.Limit
}

// An object is a JSON object: the text of each member's value by its name.
type object map[string]string

// Read reads and checks what the function answered to the event, and what it asked for of the origin.
func Read(e *Event, r Result) *Outcome {
	o := &Outcome{}
	if r.Answer == string(e.shown) {
		o.unchanged(e)
		o.readChanges(r.Changes, e.Request.Header)
		return o
	}
	members := parseObject(r.Answer)
	_, hasStatus := members["statusCode"]
	_, hasMethod := members["method"]
	switch {
	case members == nil:
		o.refuse("answer", r.Answer, "not an object", "return event.request, event.response or a response")
	case members["request"] != "" || members["response"] != "":
		o.refuse("answer", "", "the whole event, or a wrapped message", "return event.request or event.response itself")
	case e.Response != nil:
		o.readResponse(e, members)
	case hasStatus:
		o.readGenerated(e, members)
	case hasMethod:
		o.readRequest(e, members)
	default:
		o.refuse("answer", "", "neither a request nor a response", "return event.request, or an object with a statusCode")
	}
	if o.Request != nil {
		o.readChanges(r.Changes, e.Request.Header)
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
	o.checkTarget(o.Request)
}

// refuse notes a breach for which CloudFront answers with its page for a value that is not valid.
func (o *Outcome) refuse(at, value, reason, cure string) {
	o.breach(page.ValueInvalid+at+".", at, value, reason, cure)
}

// breach notes a breach with the sentence on CloudFront's page.
func (o *Outcome) breach(sentence, at, value, reason, cure string) {
	o.Findings = append(o.Findings, function.Finding{Field: at, Value: message.Shorten(value, 200), Reason: reason, Cure: cure, Page: sentence})
}

// warn notes what CloudFront may or may not take.
func (o *Outcome) warn(at, reason, cure string) {
	o.Findings = append(o.Findings, function.Finding{Field: at, Reason: reason, Cure: cure, Warning: true})
}

// parseObject splits an object into its members; nil when the text is none.
func parseObject(text string) object {
	var s jsontext.Scanner
	s.Init(text)
	if s.Peek() != '{' {
		return nil
	}
	members := object{}
	for m := s.Object(); m.Next(); {
		members[m.Name] = s.Raw()
	}
	return members
}

// parseString reads a string; ok is false for any other value.
func parseString(text string) (v string, ok bool) {
	var s jsontext.Scanner
	s.Init(text)
	v = s.String()
	return v, s.Err() == nil
}

func (o *Outcome) readRequest(e *Event, members object) {
	changed := *e.Request
	r := &changed
	uri, ok := parseString(members["uri"])
	if !ok {
		o.refuse("request.uri", members["uri"], "not a string", "")
	}
	r.URI = message.Wire(uri, e.Request.URI)
	if method, _ := parseString(members["method"]); method != r.Method {
		o.refuse("request.method", method, "read-only", "return it as it came")
	}
	r.Header = o.readHeaders("request", members, headerSide{sent: e.Request.Header, shown: e.headers, cookies: "Cookie", readOnly: requestReadOnly})
	r.Query = o.readQuery(e, members)
	if cookies, ok := o.readList("request.cookies", members["cookies"], e.cookies); ok && !cookies.same(e.cookies) {
		delete(r.Header, "Cookie")
		if len(cookies) > 0 {
			r.Header["Cookie"] = []string{cookies.cookie()}
		}
	}
	o.checkTarget(r)
	o.checkValues("request", r.Header)
	o.Request = r
}

// readQuery reads the query string: an object as in the event, or a string, as AWS's own example of a normalised query
// string returns it.
func (o *Outcome) readQuery(e *Event, members object) string {
	text := members["querystring"]
	if query, ok := parseString(text); ok {
		return message.Wire(query, e.Request.Query)
	}
	list, ok := o.readList("request.querystring", text, e.query)
	if !ok || list.same(e.query) {
		return e.Request.Query
	}
	return list.query()
}

// readList reads fields; without the member there are none.
func (o *Outcome) readList(at, text string, shown fields) (fields, bool) {
	if text == "" {
		return nil, true
	}
	list, name, problem := readFields(text, shown)
	if problem == "" {
		return list, true
	}
	if name != "" {
		at += fmt.Sprintf("[%q]", name)
	}
	o.refuse(at, "", problem, `as in the event: {"name": {"value": "..."}}`)
	return nil, false
}

// checkTarget holds the rules for uri and query string (edge-function-restrictions-all.html).
func (o *Outcome) checkTarget(r *message.Request) {
	const most = 8192
	length := len(r.URI) + len(r.Query)
	o.Limits = append(o.Limits, function.Limit{Name: "uri and query string, characters", Used: length, Max: most - 1})
	switch {
	case !strings.HasPrefix(r.URI, "/"):
		o.refuse("request.uri", r.URI, "must begin with a slash", "")
	case strings.ContainsAny(r.URI, " #?") || message.ControlAt(r.URI) >= 0:
		o.refuse("request.uri", r.URI, "has a character that a path cannot have", "escape it with %; a query string goes into request.querystring")
	}
	if strings.ContainsAny(r.Query, " #\t") || message.ControlAt(r.Query) >= 0 {
		o.refuse("request.querystring", r.Query, "a space, a control character or #", "escape it with %")
	}
	if length >= most {
		o.refuse("request.uri", "", fmt.Sprintf("uri and query string have %d characters, less than %d are allowed", length, most), "")
	}
}

// readGenerated reads a response that a viewer-request function made.
func (o *Outcome) readGenerated(e *Event, members object) {
	r := &message.Response{Header: http.Header{}}
	if !o.readStatus(r, members) {
		return
	}
	r.Header = o.readHeaders("response", members, headerSide{cookies: "Set-Cookie", readOnly: responseReadOnly})
	if cookies, ok := o.readList("response.cookies", members["cookies"], nil); ok && len(cookies) > 0 {
		r.Header["Set-Cookie"] = append(r.Header["Set-Cookie"], cookies.setCookies()...)
	}
	o.checkValues("response", r.Header)
	if o.readBody(e, members); o.NewBody != nil {
		r.Body = *o.NewBody
	}
	delete(r.Header, "Content-Length") // CloudFront counts, whatever the function says
	delete(r.Header, "Transfer-Encoding")
	o.Response = r
}

// readResponse reads the answer of a viewer-response function.
func (o *Outcome) readResponse(e *Event, members object) {
	changed := *e.Response
	r := &changed
	if !o.readStatus(r, members) {
		return
	}
	r.Header = o.readHeaders("response", members, headerSide{sent: e.Response.Header, shown: e.headers, cookies: "Set-Cookie", readOnly: responseReadOnly})
	if cookies, ok := o.readList("response.cookies", members["cookies"], e.cookies); ok && !cookies.same(e.cookies) {
		delete(r.Header, "Set-Cookie")
		if len(cookies) > 0 {
			r.Header["Set-Cookie"] = cookies.setCookies()
		}
	}
	o.checkValues("response", r.Header)
	o.readBody(e, members)
	for _, name := range []string{"Content-Length", "Transfer-Encoding"} { // as the body is, whatever the function says
		delete(r.Header, name)
		if lines := e.Response.Header[name]; len(lines) > 0 && o.NewBody == nil {
			r.Header[name] = lines
		}
	}
	o.Response = r
}

// readStatus reads statusCode, "an integer, not a string", and statusDescription.
func (o *Outcome) readStatus(r *message.Response, members object) bool {
	const cure = "an integer from 200 to 599"
	status, err := strconv.Atoi(members["statusCode"])
	if err != nil || status < 200 || status > 599 {
		o.refuse("response.statusCode", members["statusCode"], "no status", cure)
		return false
	}
	if text, given := members["statusDescription"]; given {
		reason, ok := parseString(text)
		if !ok || message.ControlAt(reason) >= 0 {
			o.refuse("response.statusDescription", text, "not a string, or one with control characters", "")
		}
		if status != r.Status || reason != r.Description() {
			r.Reason = reason
		}
	} else if status != r.Status {
		r.Reason = ""
	}
	r.Status = status
	return true
}

// readBody reads body: a string, or an object of encoding and data.
func (o *Outcome) readBody(e *Event, members object) {
	text, given := members["body"]
	if !given {
		return
	}
	data, ok := parseString(text)
	encoding := "text"
	if object := parseObject(text); object != nil {
		data, ok = parseString(object["data"])
		encoding, _ = parseString(object["encoding"])
	}
	if !ok {
		o.refuse("response.body", text, "neither a string nor an object of encoding and data", `{"encoding": "text", "data": "..."}`)
		return
	}
	body := []byte(data)
	switch encoding {
	case "text":
	case "base64":
		var err error
		if body, err = base64.StdEncoding.DecodeString(data); err != nil {
			o.refuse("response.body.data", data, "not base64", "")
			return
		}
	default:
		o.refuse("response.body.encoding", encoding, `neither "text" nor "base64"`, "")
		return
	}
	if e.MaxBody > 0 {
		o.Limits = append(o.Limits, function.Limit{Name: "body, bytes", Used: len(body), Max: e.MaxBody})
		if len(body) > e.MaxBody {
			o.refuse("response.body", "", fmt.Sprintf("%d bytes, %d are allowed", len(body), e.MaxBody), "")
		}
	}
	o.NewBody = &body
}
