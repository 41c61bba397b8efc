package edgesim_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

type (
	goRequest  = func(*edge.Request)
	goResponse = func(*edge.Response)
)

// A ruling is one result of a function, as a JavaScript function gives it and as a Go function does, that breaks a rule of package edge's book.
type ruling struct {
	rule    string
	trigger edge.Trigger
	js      raw
	field   string // of the simulator's finding
	golang  any    // what a Go function does: goRequest, goResponse, or the edge.Outcome that it returns
}

// Of these rules package edge alone knows: it neither reads nor writes U+0000, whatever CloudFront does with it.
var onlyGo = []string{"response-body", "body-text"}

const (
	vreq, oreq = edge.ViewerRequest, edge.OriginRequest
	ores, vres = edge.OriginResponse, edge.ViewerResponse
)

// setting is a JavaScript function that sets a member of its message; a dot goes into an object.
func setting(path string, value any) raw {
	return edit(func(m map[string]any) {
		names := strings.Split(path, ".")
		for _, name := range names[:len(names)-1] {
			m = m[name].(map[string]any)
		}
		m[names[len(names)-1]] = value
	})
}

func one(value string) []any { return []any{map[string]any{"value": value}} }

func adding(name, value string) raw { return setting("headers."+name, one(value)) }

func without(name string) raw {
	return edit(func(m map[string]any) { delete(m["headers"].(map[string]any), name) })
}

// toBucket is a JavaScript function that sends its request to a bucket.
func toBucket(members map[string]any) raw {
	return edit(func(m map[string]any) {
		o := map[string]any{"authMethod": "none", "customHeaders": map[string]any{}, "domainName": "b.s3.amazonaws.com", "path": "", "region": ""}
		for name, value := range members {
			o[name] = value
		}
		m["origin"] = map[string]any{"s3": o}
		header(m, "host", o["domainName"].(string))
	})
}

func goBucket(o edge.S3Origin) goRequest {
	if o.DomainName == "" {
		o.DomainName = "b.s3.amazonaws.com"
	}
	return func(r *edge.Request) { r.SetOrigin(&o) }
}

func goCustom(change func(*edge.CustomOrigin)) goRequest {
	return func(r *edge.Request) { change(r.Origin.(*edge.CustomOrigin)) }
}

func goHeader(name, value string) goRequest {
	return func(r *edge.Request) { r.Header.Set(name, value) }
}

var long = strings.Repeat("x", 41_000)

var rulings = []ruling{
	{"outcome", vreq, returns("null"), "answer", nil},
	{"status-range", vreq, returns(`{"status":"600"}`), "status", &edge.Response{StatusCode: 600}},
	{"status-fixed", vres, setting("status", "404"), "status", goResponse(func(r *edge.Response) { r.StatusCode = 404 })},
	{"status-text", vreq, returns(`{"status":"200","statusDescription":"a\nb"}`), "statusDescription", &edge.Response{StatusCode: 200, Status: "a\nb"}},
	{"no-content-body", vreq, returns(`{"status":"204","body":"x"}`), "body", &edge.Response{StatusCode: 204, Body: edge.Text("x")}},
	{"no-content-body-origin", oreq, returns(`{"status":"204","body":"x"}`), "body", &edge.Response{StatusCode: 204, Body: edge.Text("x")}},

	{"header-name", vreq, adding("x y", "1"), `headers["x y"]`, goHeader("x y", "1")},
	{"header-value", vreq, adding("x-a", "a\nb"), `headers["x-a"]`, goHeader("x-a", "a\nb")},
	{"header-uri", vres, adding("content-location", "/é"), "headers.content-location[0].value", goResponse(func(r *edge.Response) { r.Header.Set("content-location", "/é") })},
	{"header-disallowed", vreq, adding("x-edge-a", "1"), `headers["x-edge-a"]`, goHeader("x-edge-a", "1")},
	{"read-only-added", vreq, adding("cdn-loop", "1"), `headers["cdn-loop"]`, goHeader("cdn-loop", "1")},
	{"read-only-changed", vreq, adding("host", "evil.example"), `headers["host"]`, goHeader("host", "evil.example")},
	{"read-only-deleted", vres, without("via"), `headers["via"]`, goResponse(func(r *edge.Response) { r.Header.Del("via") })},
	{"viewer-country", vreq, adding("cloudfront-viewer-country", "CH"), `headers["cloudfront-viewer-country"]`, goHeader("cloudfront-viewer-country", "CH")},
	{"set-cookie-request", vreq, adding("set-cookie", "a=1"), "headers.set-cookie", goHeader("set-cookie", "a=1")},
	{"stale-content-length", ores, setting("body", "new"), "headers.content-length[0].value", goResponse(func(r *edge.Response) { r.Body = edge.Text("new") })},

	{"response-size", vreq, returns(`{"status":"200","body":"` + long + `"}`), "answer", &edge.Response{StatusCode: 200, Body: edge.Text(long)}},
	{"viewer-response-body", vres, setting("body", "x"), "body", goResponse(func(r *edge.Response) { r.Body = edge.Text("x") })},

	{"member-read-only", vreq, setting("method", "PUT"), "method", goRequest(func(r *edge.Request) { r.Method = "PUT" })},
	{"member-read-only", vreq, setting("body.inputTruncated", true), "body.inputTruncated", goRequest(func(r *edge.Request) { r.Body.InputTruncated = true })},
	{"uri-slash", vreq, setting("uri", "a"), "uri", goRequest(func(r *edge.Request) { r.URI = "a" })},
	{"uri-format", vreq, setting("uri", "/a b"), "uri", goRequest(func(r *edge.Request) { r.URI = "/a b" })},
	{"uri-query", vreq, setting("uri", "/a?b"), "uri", goRequest(func(r *edge.Request) { r.URI = "/a?b" })},
	{"query-format", vreq, setting("querystring", "a b"), "querystring", goRequest(func(r *edge.Request) { r.QueryString = "a b" })},
	{"query-mark", vreq, setting("querystring", "?a"), "querystring", goRequest(func(r *edge.Request) { r.QueryString = "?a" })},
	{"url-length", vreq, setting("uri", "/"+long[:8192]), "uri", goRequest(func(r *edge.Request) { r.URI = "/" + long[:8192] })},
	{"length", oreq, adding("x-a", long[:33_000]), "headers", goHeader("x-a", long[:33_000])},
	{"length-2023", oreq, adding("x-a", long[:21_000]), "headers", goHeader("x-a", long[:21_000])},

	{"body-action", vreq, setting("body.action", "Replace"), "body.action", goRequest(func(r *edge.Request) { r.Body.Action = "Replace" })},
	{"body-encoding", vreq, setting("body", map[string]any{"action": "replace", "encoding": "utf8", "data": "x"}), "body.encoding",
		goRequest(func(r *edge.Request) { r.Body.ReplaceText("x"); r.Body.Encoding = "utf8" })},
	{"body-base64", vreq, setting("body", map[string]any{"action": "replace", "data": "%"}), "body.data", goRequest(func(r *edge.Request) { r.Body.Action, r.Body.Data = "replace", "%" })},
	{"body-size", vreq, setting("body", map[string]any{"action": "replace", "encoding": "text", "data": long}), "body.data", goRequest(func(r *edge.Request) { r.Body.ReplaceText(long) })},
	{"body-size-unclear", vreq, setting("body", map[string]any{"action": "replace", "data": strings.Repeat("AAAA", 13_400)}), "body.data",
		goRequest(func(r *edge.Request) { r.Body.Action, r.Body.Data = "replace", strings.Repeat("AAAA", 13_400) })},
	{"body-ignored", vreq, setting("body.data", "eA=="), "body.data", goRequest(func(r *edge.Request) { r.Body.Data = "eA==" })},
	{"body-added", oreq, setting("body", map[string]any{"action": "replace", "encoding": "text", "data": "x"}), "body",
		goRequest(func(r *edge.Request) { r.Body = new(edge.RequestBody); r.Body.ReplaceText("x") })},

	{"origin-trigger", vreq, setting("origin", map[string]any{"custom": map[string]any{"domainName": "a.example"}}), "origin",
		goRequest(func(r *edge.Request) { r.Origin = &edge.CustomOrigin{DomainName: "a.example"} })},
	{"origin-kind", oreq, setting("origin", map[string]any{}), "origin", goRequest(func(r *edge.Request) { r.Origin = nil })},
	{"origin-host", oreq, setting("origin.custom.domainName", "other.example"), "headers.host", goCustom(func(o *edge.CustomOrigin) { o.DomainName = "other.example" })},
	{"origin-domain", oreq, setting("origin.custom.domainName", "192.0.2.1"), "origin.custom.domainName", goCustom(func(o *edge.CustomOrigin) { o.DomainName = "192.0.2.1" })},
	{"origin-domain", oreq, setting("origin.custom.domainName", "a(b).example"), "origin.custom.domainName", goCustom(func(o *edge.CustomOrigin) { o.DomainName = "a(b).example" })},
	{"origin-domain-length", oreq, setting("origin.custom.domainName", long[:254]), "origin.custom.domainName", goCustom(func(o *edge.CustomOrigin) { o.DomainName = long[:254] })},
	{"s3-domain-case", oreq, toBucket(map[string]any{"domainName": "B.s3.amazonaws.com"}), "origin.s3.domainName", goBucket(edge.S3Origin{DomainName: "B.s3.amazonaws.com"})},
	{"origin-text", oreq, toBucket(map[string]any{"region": "a\nb"}), "origin.s3.region", goBucket(edge.S3Origin{Region: "a\nb"})},
	{"origin-path", oreq, setting("origin.custom.path", "/"), "origin.custom.path", goCustom(func(o *edge.CustomOrigin) { o.Path = "/" })},
	{"origin-path", oreq, setting("origin.custom.path", "/a b?"), "origin.custom.path", goCustom(func(o *edge.CustomOrigin) { o.Path = "/a b?" })},
	{"origin-port", oreq, setting("origin.custom.port", 81), "origin.custom.port", goCustom(func(o *edge.CustomOrigin) { o.Port = 81 })},
	{"origin-protocol", oreq, setting("origin.custom.protocol", "ftp"), "origin.custom.protocol", goCustom(func(o *edge.CustomOrigin) { o.Protocol = "ftp" })},
	{"origin-ssl-protocols", oreq, setting("origin.custom.sslProtocols", []any{"TLSv1.3"}), "origin.custom.sslProtocols[0]", goCustom(func(o *edge.CustomOrigin) { o.SSLProtocols = []string{"TLSv1.3"} })},
	{"origin-keepalive", oreq, setting("origin.custom.keepaliveTimeout", 121), "origin.custom.keepaliveTimeout", goCustom(func(o *edge.CustomOrigin) { o.KeepaliveTimeout = 121 })},
	{"origin-read-timeout", oreq, setting("origin.custom.readTimeout", 121), "origin.custom.readTimeout", goCustom(func(o *edge.CustomOrigin) { o.ReadTimeout = 121 })},
	{"origin-read-timeout", oreq, toBucket(map[string]any{"readTimeout": 121}), "origin.s3.readTimeout", goBucket(edge.S3Origin{ReadTimeout: 121})},
	{"origin-completion-timeout", oreq, setting("origin.custom.responseCompletionTimeout", 3), "origin.custom.responseCompletionTimeout",
		goCustom(func(o *edge.CustomOrigin) { o.ResponseCompletionTimeout = 3 })},
	{"s3-auth-method", oreq, toBucket(map[string]any{"authMethod": "origin-access-control"}), "origin.s3.authMethod", goBucket(edge.S3Origin{AuthMethod: "origin-access-control"})},
	{"s3-identity-region", oreq, toBucket(map[string]any{"authMethod": "origin-access-identity"}), "origin.s3.region", goBucket(edge.S3Origin{AuthMethod: "origin-access-identity"})},
	{"s3-identity-switch", oreq, toBucket(map[string]any{"authMethod": "origin-access-identity", "region": "eu-west-1"}), "origin.s3.authMethod",
		goBucket(edge.S3Origin{AuthMethod: "origin-access-identity", Region: "eu-west-1"})},
	{"custom-header", oreq, setting("origin.custom.customHeaders.cookie", one("a=1")), "origin.custom.customHeaders[cookie]", goCustom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("cookie", "a=1") })},
	{"custom-header-twice", oreq, setting("origin.custom.customHeaders.user-agent", one("x")), "origin.custom.customHeaders[user-agent]", goCustom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("user-agent", "x") })},
	{"custom-header-size", oreq, setting("origin.custom.customHeaders.x-a", one(long[:1784])), "origin.custom.customHeaders.x-a", goCustom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("x-a", long[:1784]) })},
}

// goFunction is the Go function of a ruling.
func (r *ruling) goFunction() *edge.Function {
	request := func(_ context.Context, in *edge.Request) (edge.Outcome, error) {
		switch do := r.golang.(type) {
		case goRequest:
			do(in)
			return in, nil
		case edge.Outcome:
			return do, nil
		}
		return nil, nil
	}
	response := func(_ context.Context, in *edge.Response) error { r.golang.(goResponse)(in); return nil }
	return &edge.Function{ViewerRequest: request, OriginRequest: request, OriginResponse: response, ViewerResponse: response}
}

// TestRuleBooksAgree holds the two rule books to one another in both directions: what package edge refuses of a Go function or warns of, the
// simulator refuses of a JavaScript function or warns of, and it shows both for the Go function, too. Every rule of the book has a row.
func TestRuleBooksAgree(t *testing.T) {
	t.Parallel()
	severity, missing := map[string]rules.Severity{}, []string{}
	for _, r := range rules.All() {
		severity[r.Name] = r.Severity
		if !slices.Contains(onlyGo, r.Name) && !slices.ContainsFunc(rulings, func(row ruling) bool { return row.rule == r.Name }) {
			missing = append(missing, r.Name)
		}
	}
	if len(missing) > 0 {
		t.Errorf("rules without a row: %q", missing)
	}
	for _, row := range rulings {
		t.Run(row.rule+"/"+row.field, func(t *testing.T) {
			t.Parallel()
			warned := severity[row.rule] == rules.Warned
			event := row.check(t, row.js, warned, func(f edgesim.Finding) bool { return f.Field == row.field })
			breach := row.breach(t, event)
			if breach == nil {
				t.Fatalf("package edge finds no breach of %s", row.rule)
			}
			row.check(t, row.goFunction(), warned, func(f edgesim.Finding) bool { return f.Field == breach.Field && f.Reason == breach.Reason })
		})
	}
}

// check runs the function in the simulator, which is to refuse its answer or to warn of it, and returns the event that it got.
func (r *ruling) check(t *testing.T, f edgesim.Function, warned bool, is func(edgesim.Finding) bool) []byte {
	t.Helper()
	s := foreign(t, r.trigger, f, func(c *edgesim.Config) {
		c.LookupHost = func(context.Context, string) ([]string, error) { return nil, &failure{"no network in this test"} }
	})
	method, sent := "POST", "body"
	if r.rule == "body-added" {
		method, sent = "GET", ""
	}
	_, trace := s.Do(httptest.NewRequest(method, "/a?b=c", strings.NewReader(sent)))
	st := trace.Stage(edgesim.StageName(r.trigger))
	if i := slices.IndexFunc(st.Findings, is); i < 0 || st.Findings[i].Warning != warned {
		t.Errorf("%T: got findings %v; want one at %s, a warning: %v", f, st.Findings, r.field, warned)
	}
	if refused := trace.Result == "LambdaValidationError from cloudfront"; refused == warned {
		t.Errorf("%T: got %q (%s)", f, trace.Result, trace.Reason)
	}
	return st.Input
}

// breach is what package edge says of the Go function.
func (r *ruling) breach(t *testing.T, event []byte) (found *edge.FieldError) {
	t.Helper()
	f := r.goFunction()
	note := func(e *edge.FieldError) {
		if e.Rule == r.rule {
			found = e
		}
	}
	f.Warn = note
	_, err := f.Invoke(t.Context(), event)
	errs := []error{err}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		errs = many.Unwrap()
	}
	for _, err := range errs {
		if e, ok := err.(*edge.FieldError); ok {
			note(e)
		}
	}
	return found
}
