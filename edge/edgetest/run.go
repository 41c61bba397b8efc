package edgetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Request sends r through f as CloudFront would and returns what becomes of it: a
// [*edge.Request] that continues or a [*edge.Response] that answers. r goes through
// the JSON of an event and the outcome comes back through JSON; neither shares
// anything with r. r.Config.Trigger says which handler is called.
//
// The error is that of [edge.Function.Invoke]: the handler's own, or CloudFront's
// rules that the outcome breaks ([*edge.FieldError], joined). Request has errors of
// its own for what CloudFront would not send: a header that it hides from functions,
// such as X-Forwarded-Proto or X-Cache, text that is not UTF-8, or a trigger without
// a request to decide on.
func Request(f *edge.Function, r *edge.Request) (edge.Outcome, error) {
	if t := r.Config.Trigger; t != edge.ViewerRequest && t != edge.OriginRequest {
		return nil, fmt.Errorf("edgetest: Request: got a request of the trigger %q; want edge.ViewerRequest or edge.OriginRequest in Config.Trigger", t)
	}
	if err := sendable(r.Header, "request"); err != nil {
		return nil, err
	}
	event, err := newEvent(r, nil)
	if err != nil {
		return nil, err
	}
	answer, err := f.Invoke(context.Background(), event)
	if err != nil {
		return nil, err
	}
	return readOutcome(r.Config, answer)
}

// Response sends r through f as CloudFront would, as [Request] does, and returns
// what f has made of it. r.Request.Config.Trigger says which handler is called.
// r.Body must be the zero Body: a function never sees a body. That of the result is
// what f puts in its place.
func Response(f *edge.Function, r *edge.Response) (*edge.Response, error) {
	if r.Request == nil {
		return nil, errors.New("edgetest: Response: got a response without a Request; NewResponse makes one")
	}
	switch t := r.Request.Config.Trigger; {
	case t != edge.OriginResponse && t != edge.ViewerResponse:
		return nil, fmt.Errorf("edgetest: Response: got a response of the trigger %q; want edge.OriginResponse or edge.ViewerResponse in Request.Config.Trigger", t)
	case !r.Body.IsZero():
		return nil, errors.New("edgetest: Response: got a response with a body; CloudFront does not show it to functions")
	}
	if err := errors.Join(sendable(r.Request.Header, "request"), sendable(r.Header, "response")); err != nil {
		return nil, err
	}
	event, err := newEvent(r.Request, r)
	if err != nil {
		return nil, err
	}
	answer, err := f.Invoke(context.Background(), event)
	if err != nil {
		return nil, err
	}
	out, err := readResponse(r.Request.Config, answer)
	if err != nil {
		return nil, err
	}
	out.Request = r.Request
	return out, nil
}

// sendable returns an error if CloudFront would not show these headers to a
// function. It asks edge's rule book, so that there is one list.
func sendable(h edge.Header, where string) error {
	probe := &edge.Function{OriginResponse: func(_ context.Context, r *edge.Response) error {
		r.Header = h
		return nil
	}}
	const event = `{"Records":[{"cf":{"config":{"eventType":"origin-response"},"request":{},"response":{"status":"200"}}}]}`
	_, err := probe.Invoke(context.Background(), []byte(event))
	var found []error
	for _, e := range fieldErrors(err) {
		switch e.Rule {
		case "header-disallowed":
			found = append(found, fmt.Errorf("edgetest: %s: %s: CloudFront does not show this header to functions", where, e.Field))
		case "header-name", "header-value":
			found = append(found, fmt.Errorf("edgetest: %s: %s: got %q: %s", where, e.Field, e.Value, e.Reason))
		}
	}
	return errors.Join(found...)
}

// fieldErrors returns the breaches of rules in err.
func fieldErrors(err error) []*edge.FieldError {
	var found []*edge.FieldError
	switch e := err.(type) {
	case *edge.FieldError:
		found = append(found, e)
	case interface{ Unwrap() []error }:
		for _, e := range e.Unwrap() {
			found = append(found, fieldErrors(e)...)
		}
	}
	return found
}
