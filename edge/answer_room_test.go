package edge_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

// TestAnswerIsTheCallers: an answer and what a handler has kept of the event share no byte that can be written to.
func TestAnswerIsTheCallers(t *testing.T) {
	t.Parallel()
	event := benchEvent(t)
	var kept *edge.Request
	f := &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		kept = r
		return r, nil
	}}
	answer, err := f.Invoke(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	want := bytes.Clone(answer)
	uri, host := strings.Clone(kept.URI), strings.Clone(kept.Header.Get("host"))
	for i := range event {
		event[i] = 'x'
	}
	if !bytes.Equal(answer, want) {
		t.Errorf("the answer has changed with the caller's event: %s", answer)
	}
	answer = answer[:cap(answer)]
	for i := range answer {
		answer[i] = 'y'
	}
	if kept.URI != uri || kept.Header.Get("host") != host {
		t.Errorf("the request has changed with the caller's answer: %q, %q", kept.URI, kept.Header.Get("host"))
	}
	if again, err := f.Invoke(t.Context(), benchEvent(t)); err != nil || !bytes.Equal(again, want) {
		t.Errorf("the next answer is %s, %v; want %s", again, err, want)
	}
}
