package edge

import (
	"context"
	"errors"
	"slices"
	"unsafe"

	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
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
// Invoke works on a copy of event, so that the caller may reuse its bytes after the
// call. It does not recover a handler's panic ([Start] does), and may be called
// concurrently.
func (f *Function) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	// One piece of memory for the copy of the event and, behind it, the answer. The copy is never written to again: the answer's
	// capacity is its own, and begins behind the copy.
	both := append(make([]byte, 0, len(event)+min(len(event), typicalAnswer)), event...)
	return f.answer(ctx, both[len(both):], unsafe.String(unsafe.SliceData(both), len(both)))
}

// typicalAnswer is for how large an answer Invoke makes room.
const typicalAnswer = 4 << 10

// appendAnswer appends what Invoke returns to dst.
func (f *Function) appendAnswer(ctx context.Context, dst, event []byte) ([]byte, error) {
	return f.answer(ctx, dst, string(event))
}

// answer appends the answer to the event with that text to dst.
func (f *Function) answer(ctx context.Context, dst []byte, text string) ([]byte, error) {
	ev, err := decode(text)
	if err != nil {
		return nil, err
	}
	c := checker{trigger: ev.trigger()}
	switch c.trigger {
	case ViewerRequest:
		dst, err = ev.handleRequest(ctx, dst, f.ViewerRequest, &c)
	case OriginRequest:
		dst, err = ev.handleRequest(ctx, dst, f.OriginRequest, &c)
	case OriginResponse:
		dst, err = ev.handleResponse(ctx, dst, f.OriginResponse, &c)
	case ViewerResponse:
		dst, err = ev.handleResponse(ctx, dst, f.ViewerResponse, &c)
	}
	if err == nil {
		err = c.err()
	}
	if f.Warn != nil {
		for _, w := range c.warnings {
			f.Warn(w)
		}
	}
	if err != nil {
		return nil, err
	}
	return dst, nil
}

// handleRequest calls the handler of a request trigger and appends its outcome to dst.
func (ev *event) handleRequest(ctx context.Context, dst []byte, handle RequestHandler, c *checker) ([]byte, error) {
	if handle == nil {
		return nil, ev.noHandler()
	}
	outcome, err := handle(ctx, &ev.request)
	if err != nil {
		return nil, err
	}
	switch out := outcome.(type) {
	case *Request:
		if out == nil {
			c.breach(rules.Outcome, "", "", "it returned a nil *edge.Request")
			return nil, nil
		}
		if c.request(out, &ev.came); len(c.breaches) > 0 {
			return nil, nil
		}
		return ev.appendRequest(dst, out), nil
	case *Response:
		if out == nil {
			c.breach(rules.Outcome, "", "", "it returned a nil *edge.Response")
			return nil, nil
		}
		answer := appendGenerated(slices.Grow(dst, 512), out)
		c.generated(out, len(answer)-len(dst))
		return answer, nil
	}
	c.breach(rules.Outcome, "", "", "it returned nil and no error")
	return nil, nil
}

// handleResponse calls the handler of a response trigger and appends what it made
// of the response to dst.
func (ev *event) handleResponse(ctx context.Context, dst []byte, handle ResponseHandler, c *checker) ([]byte, error) {
	if handle == nil {
		return nil, ev.noHandler()
	}
	if err := handle(ctx, &ev.reply.response); err != nil {
		return nil, err
	}
	answer := ev.reply.appendTo(dst)
	c.response(ev.reply, len(answer)-len(dst))
	return answer, nil
}

// noHandler is the error for a trigger that the function has no handler for.
func (ev *event) noHandler() error {
	var field string
	switch ev.trigger() {
	case ViewerRequest:
		field = "ViewerRequest"
	case OriginRequest:
		field = "OriginRequest"
	case OriginResponse:
		field = "OriginResponse"
	case ViewerResponse:
		field = "ViewerResponse"
	}
	return errors.New("edge: got an event of " + string(ev.trigger()) + ", but Function." + field +
		" is nil (see the function associations of the distribution)")
}
