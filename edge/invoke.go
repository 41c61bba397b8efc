package edge

import (
	"context"
	"errors"
	"fmt"
)

// Invoke decodes the event, calls the handler of its trigger, checks the outcome
// as CloudFront would, and returns it encoded. This is the method of
// lambda.Handler of aws-lambda-go, so that lambda.Start(f) works, too.
//
// What the handler does not touch goes back byte for byte as it came. Its answer is
// all or nothing: on any error there is none, and CloudFront shows the viewer its
// 503 page. The errors are
//
//   - [*EventError]: the event cannot be decoded; no handler has run,
//   - the handler's own error, as it is,
//   - [*FieldError], several of them joined: CloudFront would refuse the outcome.
//
// Invoke does not copy event but for the time of the call, does not recover a
// handler's panic ([Start] does), and may be called concurrently.
func (f *Function) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	ev, err := decode(string(event))
	if err != nil {
		return nil, err
	}
	switch ev.config.Trigger {
	case ViewerRequest:
		return ev.handleRequest(ctx, f.ViewerRequest)
	case OriginRequest:
		return ev.handleRequest(ctx, f.OriginRequest)
	case OriginResponse:
		return ev.handleResponse(ctx, f.OriginResponse)
	default:
		return ev.handleResponse(ctx, f.ViewerResponse)
	}
}

func (ev *event) handleRequest(ctx context.Context, handle RequestHandler) ([]byte, error) {
	if handle == nil {
		return nil, ev.noHandler()
	}
	outcome, err := handle(ctx, &ev.request)
	if err != nil {
		return nil, err
	}
	var c checker
	switch out := outcome.(type) {
	case *Request:
		if out == nil {
			return nil, ev.noOutcome("a nil *edge.Request")
		}
		if err := c.request(ev, out); err != nil {
			return nil, err
		}
		return ev.appendRequest(make([]byte, 0, len(ev.requestText)+128), out), nil
	case *Response:
		if out == nil {
			return nil, ev.noOutcome("a nil *edge.Response")
		}
		return c.generated(ev, out)
	}
	return nil, ev.noOutcome("nil and no error")
}

func (ev *event) handleResponse(ctx context.Context, handle ResponseHandler) ([]byte, error) {
	if handle == nil {
		return nil, ev.noHandler()
	}
	if err := handle(ctx, &ev.response); err != nil {
		return nil, err
	}
	var c checker
	return c.response(ev, &ev.response)
}

// noHandler is the error for a trigger that the function has no handler for.
func (ev *event) noHandler() error {
	field := map[Trigger]string{
		ViewerRequest: "ViewerRequest", OriginRequest: "OriginRequest",
		OriginResponse: "OriginResponse", ViewerResponse: "ViewerResponse",
	}[ev.config.Trigger]
	return fmt.Errorf("edge: got a %s event, but Function.%s is nil (see the function associations of the distribution)",
		ev.config.Trigger, field)
}

// noOutcome is the error for a request handler that decides nothing.
func (ev *event) noOutcome(got string) error {
	return &FieldError{
		Trigger: ev.config.Trigger,
		Reason:  "the handler returned " + got,
		Cure:    "return the *edge.Request to continue or an *edge.Response to answer",
	}
}

// join returns the breaches as one error, nil if there are none.
func join(breaches []error) error {
	if len(breaches) == 1 {
		return breaches[0]
	}
	return errors.Join(breaches...)
}
