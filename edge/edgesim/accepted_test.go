package edgesim_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

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
		{"body-replaced", edge.OriginResponse, edit(func(m map[string]any) { m["body"] = "new" }), 200, "new", "Content-Length: 3", ""},
		{"body-removed", edge.OriginResponse, edit(func(m map[string]any) { m["body"] = "" }), 200, "", "Content-Length: 0", ""},
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
