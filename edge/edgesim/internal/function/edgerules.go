package function

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Judge asks package edge what it would say if a Go function had answered so: the rules that [Read] has no word for, and all that warn, are
// in its book only. For that the answer is made of the event once more, by a Go function.
//
// What an answer says that Read refuses already is not said twice; one that package edge cannot read has no more findings.
func (o *Outcome) Judge(e *Event) {
	if o.members == nil || o.Request == nil && o.Response == nil {
		return // untouched, or refused as a whole
	}
	a := answer{trigger: e.Trigger, members: o.members}
	if !a.read(o.text) {
		return
	}
	f := a.function()
	var warnings Findings
	f.Warn = func(w *edge.FieldError) { warnings.Warned(w) }
	_, err := f.Invoke(context.Background(), e.text)
	for _, found := range append(FieldFindings(err), warnings...) {
		said := slices.ContainsFunc(o.Findings, func(own Finding) bool { return samePlace(own.Field, found.Field) })
		if found.Field != "" && !said { // without a field is the size, of the answer as edge would write it
			o.Findings = append(o.Findings, found)
		}
	}
}

// Warned notes a warning of package edge.
func (f *Findings) Warned(w *edge.FieldError) { f.warn(w.Field, w.Value, w.Reason, w.Cure) }

// samePlace reports whether two findings are about the same member of an answer. Read writes headers["via"] where edge writes
// headers.via[0].value.
func samePlace(own, edges string) bool {
	own = strings.NewReplacer(`["`, ".", `"]`, "", "[", ".", "]", "").Replace(own)
	rest, ok := strings.CutPrefix(edges, own)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// An answer is what a function returned, as package edge reads it.
type answer struct {
	trigger   edge.Trigger
	members   object // those that are absent are unchanged
	generated bool   // by a request trigger
	request   *edge.Request
	response  *edge.Response
}

// read reads the text as the request or the response of an event.
func (a *answer) read(text string) bool {
	trigger, message := a.trigger, `"request":`+text
	a.generated = a.members.has("status") && (trigger == edge.ViewerRequest || trigger == edge.OriginRequest)
	if a.generated {
		trigger = edge.OriginResponse
	}
	if trigger == edge.OriginResponse || trigger == edge.ViewerResponse {
		message = `"request":{},"response":` + text
	}
	onRequest := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { a.request = r; return r, nil }
	onResponse := func(_ context.Context, r *edge.Response) error { a.response = r; return nil }
	reader := &edge.Function{ViewerRequest: onRequest, OriginRequest: onRequest, OriginResponse: onResponse, ViewerResponse: onResponse}
	_, err := reader.Invoke(context.Background(), []byte(`{"Records":[{"cf":{"config":{"eventType":"`+string(trigger)+`"},`+message+`}}]}`))
	return err == nil
}

// function is a Go function that gives the same answer.
func (a *answer) function() *edge.Function {
	onRequest := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if !a.generated {
			a.changeRequest(r)
			return r, nil
		}
		made := &edge.Response{StatusCode: a.response.StatusCode, Status: a.response.Status}
		changeHeader(&made.Header, a.response.Header)
		return made, a.changeBody(made)
	}
	onResponse := func(_ context.Context, r *edge.Response) error {
		r.StatusCode = a.response.StatusCode
		if a.members.has("statusDescription") {
			r.Status = a.response.Status
		}
		changeHeader(&r.Header, a.response.Header)
		return a.changeBody(r)
	}
	return &edge.Function{ViewerRequest: onRequest, OriginRequest: onRequest, OriginResponse: onResponse, ViewerResponse: onResponse}
}

func (a *answer) changeRequest(r *edge.Request) {
	given := a.request
	r.URI = given.URI
	if a.members.has("method") {
		r.Method = given.Method
	}
	if a.members.has("clientIp") {
		r.ClientIP = given.ClientIP
	}
	if a.members.has("querystring") {
		r.QueryString = given.QueryString
	}
	if a.members.has("origin") {
		r.Origin = changedOrigin(r.Origin, given.Origin)
	}
	if a.members.has("body") {
		a.changeRequestBody(r)
	}
	changeHeader(&r.Header, given.Header)
}

// changeRequestBody makes the body the answer's. Members that are absent are as they came.
func (a *answer) changeRequestBody(r *edge.Request) {
	body, err := parseObject(a.members["body"])
	if err != nil || a.request.Body == nil {
		return
	}
	given := a.request.Body
	if r.Body == nil {
		r.Body = given
		return
	}
	if body.has("inputTruncated") {
		r.Body.InputTruncated = given.InputTruncated
	}
	if body.has("action") {
		r.Body.Action = given.Action
	}
	if body.has("encoding") {
		r.Body.Encoding = given.Encoding
	}
	if body.has("data") {
		r.Body.Data = given.Data
	}
}

// errNoBody says that a body cannot be read, which Read has found.
var errNoBody = errors.New("the body cannot be read")

func (a *answer) changeBody(r *edge.Response) error {
	raw, ok := a.members["body"]
	if !ok {
		return nil
	}
	text, ok := parseString(raw)
	if !ok {
		return errNoBody
	}
	switch encoding, _ := parseString(a.members["bodyEncoding"]); {
	case text == "":
		r.Body = edge.EmptyBody()
	case encoding == "base64":
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return errNoBody
		}
		r.Body = edge.Binary(data)
	default:
		r.Body = edge.Text(text)
	}
	return nil
}

// changeHeader makes the fields of h those of given, and leaves alone what is the same.
func changeHeader(h *edge.Header, given edge.Header) {
	for name := range h.All() {
		if !given.Has(name) {
			h.Del(name)
		}
	}
	for name := range given.All() {
		if values := given.Values(name); !slices.Equal(h.Values(name), values) {
			h.Del(name)
			for _, v := range values {
				h.Add(name, v)
			}
		}
	}
}

// changedOrigin is the origin that came with the members of the given one, or a new one if that is of another kind.
func changedOrigin(came, given edge.Origin) edge.Origin {
	switch g := given.(type) {
	case *edge.CustomOrigin:
		o, ok := came.(*edge.CustomOrigin)
		if !ok {
			o = new(edge.CustomOrigin)
		}
		changeHeader(&o.CustomHeaders, g.CustomHeaders)
		o.DomainName, o.Path, o.Port, o.Protocol, o.SSLProtocols = g.DomainName, g.Path, g.Port, g.Protocol, g.SSLProtocols
		o.KeepaliveTimeout, o.ReadTimeout, o.ResponseCompletionTimeout = g.KeepaliveTimeout, g.ReadTimeout, g.ResponseCompletionTimeout
		return o
	case *edge.S3Origin:
		o, ok := came.(*edge.S3Origin)
		if !ok {
			o = new(edge.S3Origin)
		}
		changeHeader(&o.CustomHeaders, g.CustomHeaders)
		o.DomainName, o.Path, o.AuthMethod, o.Region = g.DomainName, g.Path, g.AuthMethod, g.Region
		o.ReadTimeout, o.ResponseCompletionTimeout = g.ReadTimeout, g.ResponseCompletionTimeout
		return o
	}
	return came // of a kind that nobody knows: Read refuses another than came
}
