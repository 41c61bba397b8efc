package recipes_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
	"github.com/google/go-cmp/cmp"
)

func TestRequestID(t *testing.T) {
	var log bytes.Buffer
	atOrigin := func(r *http.Request) string { return r.Header.Get("X-Request-Id") }
	sim := behind(t, edgesim.Behavior{Origin: server("origin.example.com", atOrigin), CachePolicy: edgesim.CachingOptimized(),
		Functions: edgesim.Associate(recipes.RequestID(&edgelog.Logger{Output: &log}))})

	got, miss := ask(t, sim, "X-Cache X-Amz-Cf-Id X-Origin-Request-Id", row{target: "/"})
	if want := "200 | Miss | " + miss.ID + " | " + miss.ID + " | " + miss.ID; got != want {
		t.Errorf("the viewer, the cache and the origin have the id\n%s\nwant\n%s", got, want)
	}
	// The usual mistake is to take the id in the answer for the viewer's own.
	got, hit := ask(t, sim, "X-Cache X-Amz-Cf-Id X-Origin-Request-Id", row{target: "/"})
	if want := "200 | Hit | " + hit.ID + " | " + miss.ID + " | " + miss.ID; got != want || hit.ID == miss.ID {
		t.Errorf("from the cache:\n%s\nwant\n%s", got, want)
	}

	type line struct{ Trigger, Message, CloudFrontRequestID string }
	var lines []line
	for text := range bytes.Lines(log.Bytes()) {
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		lines = append(lines, l)
	}
	want := []line{{"origin-request", "continued", miss.ID}, {"origin-response", "edited", miss.ID}}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}
