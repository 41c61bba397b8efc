package edgesim_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestRefusedAnswers holds what CloudFront answers 502 to. The rules are those of
// edge-function-restrictions-all.html, lambda-event-structure.html and lambda-generating-http-responses.html;
// the sentences are those seen on its page.
func TestRefusedAnswers(t *testing.T) {
	t.Parallel()
	const vreq, oreq, ores, vres = edge.ViewerRequest, edge.OriginRequest, edge.OriginResponse, edge.ViewerResponse
	custom := func(name string, value any) raw {
		return edit(func(m map[string]any) { m["origin"].(map[string]any)["custom"].(map[string]any)[name] = value })
	}
	set := func(name string, value any) raw { return edit(func(m map[string]any) { m[name] = value }) }
	addHeader := func(name, value string) raw { return edit(func(m map[string]any) { header(m, name, value) }) }
	tests := []struct {
		name    string
		trigger edge.Trigger
		f       edgesim.Function
		field   string
		page    string
	}{
		{"not-json", vreq, returns("hello"), "answer", "json output is not parsable"},
		{"nothing", vreq, returns(""), "answer", "json output is not parsable"},
		{"null", vreq, returns("null"), "answer", "must be an object type"},
		{"list", vreq, returns("[]"), "answer", "must be an object type"},
		{"whole-event", vreq, raw(func(e []byte) ([]byte, error) { return e, nil }), "Records", "Each header entry in the headers object must be an array"},
		{"status-code", vreq, returns(`{"statusCode":200,"body":"x"}`), "statusCode", "The body is not a string"},
		{"empty-object", vreq, returns(`{}`), "uri", "invalid format"},
		{"status-600", vreq, returns(`{"status":"600"}`), "status", "invalid request or response"},
		{"status-word", vreq, returns(`{"status":"OK"}`), "status", "invalid request or response"},
		{"plain-header", vreq, returns(`{"status":"200","headers":{"x-a":"1"}}`), `headers["x-a"]`, "must be an array"},
		{"header-without-value", vreq, returns(`{"status":"200","headers":{"x-a":[{"key":"X-A"}]}}`), `headers["x-a"]`, "must be an array"},
		{"header-value-number", vreq, returns(`{"status":"200","headers":{"x-a":[{"value":1}]}}`), `headers["x-a"]`, "must be an array"},
		{"header-upper-case-members", vreq, returns(`{"status":"200","headers":{"x-a":[{"Key":"X-A","Value":"1"}]}}`), `headers["x-a"]`, "must be an array"},
		{"header-other-key", vreq, returns(`{"status":"200","headers":{"x-a":[{"key":"X-B","value":"1"}]}}`), `headers["x-a"]`, "invalid request or response"},
		{"header-line-feed", vreq, returns(`{"status":"302","headers":{"location":[{"value":"/a\r\nSet-Cookie: x"}]}}`), `headers["location"]`, "invalid request or response"},
		{"header-name", vreq, returns(`{"status":"200","headers":{"x a":[{"value":"1"}]}}`), `headers["x a"]`, "invalid request or response"},
		{"disallowed", vreq, addHeader("x-edge-foo", "1"), `headers["x-edge-foo"]`, "blacklisted header"},
		{"disallowed-in-response", vres, addHeader("x-cache", "Hit"), `headers["x-cache"]`, "blacklisted header"},
		{"disallowed-prefix", ores, addHeader("x-amz-cf-id", "1"), `headers["x-amz-cf-id"]`, "blacklisted header"},
		{"viewer-country", vreq, addHeader("cloudfront-viewer-country", "CH"), `headers["cloudfront-viewer-country"]`, "blacklisted header"},
		{"host-in-viewer-request", vreq, addHeader("host", "evil.example"), `headers["host"]`, "read-only header"},
		{"via-deleted", vres, edit(func(m map[string]any) { delete(m["headers"].(map[string]any), "via") }), `headers["via"]`, "read-only header"},
		{"length-in-generated", oreq, returns(`{"status":"200","headers":{"content-length":[{"value":"0"}]}}`), `headers["content-length"]`, "read-only header"},
		{"encoding-in-viewer-response", vres, addHeader("content-encoding", "gzip"), `headers["content-encoding"]`, "read-only header"},
		{"204-with-body", vreq, returns(`{"status":"204","body":"x"}`), "body", "The body is not a string"},
		{"body-number", vreq, returns(`{"status":"200","body":1}`), "body", "The body is not a string"},
		{"body-encoding", vreq, returns(`{"status":"200","body":"x","bodyEncoding":"gzip"}`), "bodyEncoding", "The body is not a string"},
		{"body-not-base64", oreq, returns(`{"status":"200","body":"%%%","bodyEncoding":"base64"}`), "body", "The body is not a string"},
		{"generated-40-kb", vreq, returns(`{"status":"200","body":"` + strings.Repeat("x", 41_000) + `"}`), "answer", "exceeds the maximum size"},
		{"generated-1-mb", oreq, returns(`{"status":"200","body":"` + strings.Repeat("x", 1<<20) + `"}`), "answer", "exceeds the maximum size"},
		{"replaced-body-1-mb", ores, set("body", strings.Repeat("x", 1<<20)), "body", "exceeds the maximum size"},
		{"uri-without-slash", vreq, set("uri", "index.html"), "uri", "invalid format"},
		{"uri-with-space", vreq, set("uri", "/a b"), "uri", "invalid format"},
		{"uri-too-long", vreq, set("uri", "/"+strings.Repeat("x", 8191)), "uri", "invalid format"},
		{"query-with-space", vreq, set("querystring", "a b"), "querystring", "invalid format"},
		{"query-with-hash", oreq, set("querystring", "a#b"), "querystring", "invalid format"},
		{"query-null", oreq, set("querystring", nil), "querystring", "invalid format"},
		{"method-changed", vreq, set("method", "PUT"), "method", "invalid request or response"},
		{"client-changed", vreq, set("clientIp", "203.0.113.1"), "clientIp", "invalid request or response"},
		{"status-in-viewer-response", vres, set("status", "404"), "status", "invalid request or response"},
		{"status-missing", ores, edit(func(m map[string]any) { delete(m, "status") }), "status", "invalid request or response"},
		{"request-body-40-kb", vreq, set("body", map[string]any{"action": "replace", "encoding": "text", "data": strings.Repeat("x", 41_000)}), "body.data", "exceeds the maximum size"},
		{"request-body-base64", vreq, set("body", map[string]any{"action": "replace", "data": "%"}), "body.data", "The body is not a string"},
		{"origin-tls-text", oreq, custom("sslProtocols", "TLSv1.2"), "origin.custom.sslProtocols", "invalid origin configuration"},
		{"origin-tls-number", oreq, custom("sslProtocols", []any{1.2}), "origin.custom.sslProtocols[0]", "invalid origin configuration"},
		{"request-body-text", vreq, set("body", "text"), "body", "The body is not a string"},
		{"origin-both", oreq, edit(func(m map[string]any) { m["origin"].(map[string]any)["s3"] = map[string]any{} }), "origin", "invalid origin configuration"},
		{"origin-neither", oreq, set("origin", map[string]any{}), "origin", "invalid origin configuration"},
		{"origin-address", oreq, custom("domainName", "192.0.2.1"), "origin.custom.domainName", "DomainName is invalid"},
		{"origin-colon", oreq, custom("domainName", "a.example:80"), "origin.custom.domainName", "DomainName is invalid"},
		{"origin-empty", oreq, custom("domainName", ""), "origin.custom.domainName", "DomainName is invalid"},
		{"origin-path-slash", oreq, custom("path", "/"), "origin.custom.path", "invalid origin configuration"},
		{"origin-port", oreq, custom("port", 81), "origin.custom.port", "invalid origin configuration"},
		{"origin-port-text", oreq, custom("port", "443"), "origin.custom.port", "invalid origin configuration"},
		{"origin-protocol", oreq, custom("protocol", "ftp"), "origin.custom.protocol", "invalid origin configuration"},
		{"origin-header-denied", oreq, custom("customHeaders", map[string]any{"cookie": []any{map[string]any{"value": "x"}}}), "origin.custom.customHeaders[cookie]", "invalid origin configuration: One or more HeaderName or HeaderValue values are invalid."},
		{"origin-header-twice", oreq, custom("customHeaders", map[string]any{"user-agent": []any{map[string]any{"value": "x"}}}), "origin.custom.customHeaders[user-agent]", "One or more HeaderName or HeaderValue values are invalid"},
		{"bucket-upper-case", oreq, set("origin", map[string]any{"s3": map[string]any{"domainName": "Bucket.s3.amazonaws.com", "authMethod": "none", "path": "", "region": "", "customHeaders": map[string]any{}}}), "origin.s3.domainName", "DomainName is invalid"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := foreign(t, tc.trigger, tc.f)
			resp, trace := s.Do(httptest.NewRequest("POST", "/a?b=c", strings.NewReader("body")))
			if page := body(t, resp); resp.StatusCode != 502 || trace.Result != "LambdaValidationError from cloudfront" || !strings.Contains(page, tc.page) {
				t.Errorf("got %d %q (%s), want 502 with %q\n%s", resp.StatusCode, trace.Result, trace.Reason, tc.page, page)
			}
			st := trace.Stage(edgesim.StageName(tc.trigger))
			if len(st.Findings) == 0 || st.Findings[0].Field != tc.field || st.Error == "" {
				t.Errorf("got findings %v, want one for %s", st.Findings, tc.field)
			}
		})
	}
}

// TestStatusQuotedOnce: a status is said as it was written, in one pair of quotation marks.
func TestStatusQuotedOnce(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{`{"status":"600"}`: `status: got "600": not a status`, `{"status":600}`: `status: got "600": not a status`, `{"status":"OK"}`: `status: got "OK": not`} {
		_, trace := get(foreign(t, edge.ViewerRequest, returns(answer)), "/")
		if !strings.Contains(trace.Reason, want) {
			t.Errorf("%s: got %s; want %s in it", answer, trace.Reason, want)
		}
	}
}

// TestAcceptedAnswers holds what CloudFront takes, though some of it with a warning.
func TestAcceptedAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		trigger edge.Trigger
		f       edgesim.Function
		status  int
		body    string
		header  string // name and value
		warning string // field
	}{
		{"number-status", edge.ViewerRequest, returns(`{"status":302,"headers":{"location":[{"value":"/b"}]}}`), 302, "", "Location: /b", "status"},
		{"upper-case-name", edge.ViewerRequest, returns(`{"status":"200","headers":{"X-A":[{"value":"1"}]},"body":"x"}`), 200, "x", "X-A: 1", `headers["X-A"]`},
		{"base64", edge.ViewerRequest, returns(`{"status":"200","body":"aGk=","bodyEncoding":"base64"}`), 200, "hi", "X-Cache: LambdaGeneratedResponse from cloudfront", ""},
		{"no-headers", edge.OriginRequest, returns(`{"status":"404","body":"no"}`), 404, "no", "X-Cache: Miss from cloudfront", ""},
		{"own-status-text", edge.OriginRequest, returns(`{"status":"200","statusDescription":"Fine"}`), 200, "", "Server: CloudFront", ""},
		{"duplicate-members", edge.ViewerRequest, returns(`{"status":"500","status":"200","body":"x"}`), 200, "x", "", ""},
		{"status-changed", edge.OriginResponse, edit(func(m map[string]any) { m["status"] = "404" }), 404, "1", "", ""},
		{"body-replaced", edge.OriginResponse, edit(func(m map[string]any) { m["body"] = "new" }), 200, "new", "Content-Length: 3", "headers.content-length[0].value"},
		{"body-removed", edge.OriginResponse, edit(func(m map[string]any) { m["body"] = "" }), 200, "", "Content-Length: 0", "headers.content-length[0].value"},
		{"body-in-viewer-response", edge.ViewerResponse, edit(func(m map[string]any) { m["body"] = "x" }), 200, "1", "Etag: \"1\"", "body"},
		{"uri-with-query", edge.ViewerRequest, edit(func(m map[string]any) { m["uri"] = "/a?b#c" }), 200, "1", "", "uri"},
		{"body-kept", edge.OriginResponse, edit(func(map[string]any) {}), 200, "1", "Etag: \"1\"", ""},
		{"header-added", edge.ViewerResponse, edit(func(m map[string]any) { header(m, "x-a", "1") }), 200, "1", "X-A: 1", ""},
		{"header-removed", edge.ViewerResponse, edit(func(m map[string]any) { delete(m["headers"].(map[string]any), "etag") }), 200, "1", "Etag: ", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := foreign(t, tc.trigger, tc.f)
			resp, trace := get(s, "/a")
			if got := body(t, resp); resp.StatusCode != tc.status || got != tc.body {
				t.Errorf("got %d %q (%s), want %d %q", resp.StatusCode, got, trace.Reason, tc.status, tc.body)
			}
			name, value, _ := strings.Cut(tc.header, ": ")
			if name != "" && resp.Header.Get(name) != value {
				t.Errorf("%s: got %q, want %q", name, resp.Header.Get(name), value)
			}
			findings := trace.Stage(edgesim.StageName(tc.trigger)).Findings
			if tc.warning == "" && len(findings) > 0 || tc.warning != "" && (len(findings) != 1 || !findings[0].Warning || findings[0].Field != tc.warning) {
				t.Errorf("got findings %v, want a warning for %q", findings, tc.warning)
			}
		})
	}
}
