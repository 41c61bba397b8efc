package edgesim_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestTraceOfOrigin looks for a cookie that does not arrive: in what was sent, in what came back, in what was passed on, and in what
// the viewer got.
func TestTraceOfOrigin(t *testing.T) {
	w := serving(t, says(200, "Set-Cookie", "a=1", "Content-Type", "text/plain", "Cache-Control", "no-store"), edgesim.CachingOptimized(), func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.Origin.(*edgesim.CustomOrigin).CustomHeaders = http.Header{"X-Key": {"k"}}
	})
	_, trace := get(w.Simulator, "/a?b=1", "Cookie", "session=1")
	if len(trace.Origins) != 1 {
		t.Fatalf("%d requests to origins, want 1", len(trace.Origins))
	}
	o := trace.Origins[0]
	got := map[string]any{
		"target": o.Method + " " + o.Origin + o.Target, "status": o.Status, "sent cookie": o.Header["Cookie"], "sent key": o.Header["X-Key"],
		"received": o.Received["Set-Cookie"], "passed": o.Passed["Set-Cookie"], "type": trace.Header["Content-Type"], "viewer": trace.Header["Set-Cookie"],
	}
	var none []string
	want := map[string]any{
		"target": "GET custom-origin.example.com/a", "status": 200, "sent cookie": none, "sent key": []string{"k"},
		"received": []string{"a=1"}, "passed": none, "type": []string{"text/plain"}, "viewer": none,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestTraceJSON holds that a trace can be written whatever a function returned, and keeps what it holds.
func TestTraceJSON(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"\xff\xfe rubbish", `{"a":`, "", `"text"`, " {} "} {
		_, trace := get(foreign(t, edge.ViewerRequest, returns(answer)), "/?a=b", "Cookie", "a=b")
		text, err := json.Marshal(trace)
		if err != nil {
			t.Fatalf("%q: %v", answer, err)
		}
		var again edgesim.Trace
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatalf("%q: %v", answer, err)
		}
		st := again.Stage(edgesim.StageViewerRequest)
		if again.ID != trace.ID || st == nil || !json.Valid(st.Input) || again.Viewer.Target != "/?a=b" || again.Status != 502 {
			t.Errorf("%q: got %s", answer, text)
		}
	}
}
