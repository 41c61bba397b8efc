package edgetest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func TestSetBody(t *testing.T) {
	for _, tt := range []struct {
		trigger edge.Trigger
		sent    int
		shown   int
		cut     bool
	}{
		{edge.ViewerRequest, 40 << 10, 40 << 10, false},
		{edge.ViewerRequest, 40<<10 + 1, 40 << 10, true},
		{edge.OriginRequest, 1 << 20, 1 << 20, false},
		{edge.OriginRequest, 1<<20 + 1, 1 << 20, true},
	} {
		r := edgetest.NewRequest(tt.trigger, "POST", "/")
		if got := edgetest.SetBody(r, "text/plain", strings.Repeat("x", tt.sent)); got != r || r.Header.Get("content-type") != "text/plain" {
			t.Errorf("got another request or the content type %q", r.Header.Get("content-type"))
		}
		data, err := r.Body.Bytes()
		if err != nil || len(data) != tt.shown || r.Body.InputTruncated != tt.cut {
			t.Errorf("%s, %d bytes: got %d, truncated %t, %v; want %d, %t", tt.trigger, tt.sent, len(data), r.Body.InputTruncated, err, tt.shown, tt.cut)
		}
		if diff := cmp.Diff("read-only base64", r.Body.Action+" "+r.Body.Encoding); diff != "" {
			t.Errorf("lambda-event-structure.html (-want +got):\n%s", diff)
		}
	}
}

func TestSetBodyWithoutTrigger(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("SetBody did not panic on a request without a trigger")
		}
	}()
	edgetest.SetBody(new(edge.Request), "", "")
}
