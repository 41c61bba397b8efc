package edge_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func TestNewResponses(t *testing.T) {
	for _, tt := range []struct {
		response    *edge.Response
		contentType string
	}{
		{edge.TextResponse(404, "gone"), "text/plain; charset=utf-8"},
		{edge.HTMLResponse(404, "gone"), "text/html; charset=utf-8"},
		{edge.JSONResponse(404, "gone"), "application/json"}, // RFC 8259, section 11: no parameter
	} {
		f := &edge.Function{ViewerRequest: func(context.Context, *edge.Request) (edge.Outcome, error) { return tt.response, nil }}
		got, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", "/"))
		if err != nil {
			t.Errorf("%s: %v", tt.contentType, err)
			continue
		}
		want := &edge.Response{StatusCode: 404, Body: edge.Text("gone")}
		want.Header.Set("Content-Type", tt.contentType)
		want.Header.Set("X-Content-Type-Options", "nosniff")
		if diff := cmp.Diff(edge.Outcome(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.contentType, diff)
		}
	}
}
