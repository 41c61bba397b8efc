package edge_test

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/edgehelpers/lambdaedge/edge"
)

// lambda.Start takes a Function: this does not compile otherwise.
var _ lambda.Handler = (*edge.Function)(nil)

func TestHandlerError(t *testing.T) {
	broken := errors.New("no database")
	f := &edge.Function{
		ViewerRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, broken },
		OriginResponse: func(context.Context, *edge.Response) error { return broken },
	}
	for _, event := range []string{
		eventOf(viewerConfig, minimalRequest, ""),
		eventOf(answerConfig, minimalRequest, `,"response":{"status":"200"}`),
	} {
		if got, err := f.Invoke(t.Context(), []byte(event)); err != broken || got != nil {
			t.Errorf("got %q, %v; want the handler's own error and no answer", got, err)
		}
	}
}

func TestNoHandler(t *testing.T) {
	for trigger, event := range ruleEvents {
		got, err := new(edge.Function).Invoke(t.Context(), []byte(event))
		field := map[edge.Trigger]string{
			edge.ViewerRequest: "ViewerRequest", edge.OriginRequest: "OriginRequest",
			edge.OriginResponse: "OriginResponse", edge.ViewerResponse: "ViewerResponse",
		}[trigger]
		want := "edge: got an event of " + string(trigger) + ", but Function." + field + " is nil (see the function associations of the distribution)"
		if err == nil || err.Error() != want || got != nil {
			t.Errorf("got %q, %v; want %s", got, err, want)
		}
	}
}

// TestPanic holds that Invoke leaves a panic to the caller: a test sees it, and
// Start reports it.
func TestPanic(t *testing.T) {
	defer func() {
		if got := recover(); got != "boom" {
			t.Errorf("got %v; want the handler's panic", got)
		}
	}()
	f := &edge.Function{ViewerRequest: func(context.Context, *edge.Request) (edge.Outcome, error) { panic("boom") }}
	f.Invoke(t.Context(), []byte(ruleEvents[edge.ViewerRequest]))
}
