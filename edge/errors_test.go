package edge_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

// TestErrorsForLogs holds what an error's text has of the value: Lambda writes the text into a log.
func TestErrorsForLogs(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ field, want, reason string }{
		{"uri", `edge: viewer-request: uri: got "/a b": has a space`, "paths are shown by design"},
		{"body.data", "edge: viewer-request: body.data: got a value that logs must not have: has a space", "a form has a password in it"},
		{"querystring", "edge: viewer-request: querystring: got a value that logs must not have: has a space", "a query string may be personal"},
		{"clientIp", "edge: viewer-request: clientIp: got a value that logs must not have: has a space", "an address is personal"},
		{"headers.cookie[0].value", "edge: viewer-request: headers.cookie[0].value: got a value that logs must not have: has a space", "a session"},
		{"headers.authorization[1].value", "edge: viewer-request: headers.authorization[1].value: got a value that logs must not have: has a space", "credentials"},
		{"headers.set-cookie[0].value", "edge: viewer-request: headers.set-cookie[0].value: got a value that logs must not have: has a space", "a session to come"},
		{"headers.location[0].value", "edge: viewer-request: headers.location[0].value: got a value that logs must not have: has a space", "a redirect has the viewer's query string"},
		{"headers.cloudfront-viewer-address[0].value", "edge: viewer-request: headers.cloudfront-viewer-address[0].value: got a value that logs must not have: has a space", "an address is personal"},
		{"origin.custom.customHeaders.x-origin-verify[0].value", "edge: viewer-request: origin.custom.customHeaders.x-origin-verify[0].value: got a value that logs must not have: has a space", "what the origin knows CloudFront by"},
		{"headers.via[0].value", `edge: viewer-request: headers.via[0].value: got "/a b": has a space`, "nothing of the viewer's"},
		{"headers.cookies[0].value", `edge: viewer-request: headers.cookies[0].value: got "/a b": has a space`, "another name"},
	} {
		e := &edge.FieldError{Trigger: edge.ViewerRequest, Field: tc.field, Value: "/a b", Reason: "has a space"}
		if got := e.Error(); got != tc.want {
			t.Errorf("%s (%s):\n got %s\nwant %s", tc.field, tc.reason, got, tc.want)
		}
	}
	e := &edge.FieldError{Trigger: edge.ViewerRequest, Field: "uri", Value: "/a?name=octocat", Reason: "has a question mark"}
	if got, want := e.Error(), `edge: viewer-request: uri: got "/a?…": has a question mark`; got != want {
		t.Errorf("a query string in the path:\n got %s\nwant %s", got, want)
	}
}
