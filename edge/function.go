package edge

import "context"

// A Function is a Lambda@Edge function. Set the field of each trigger that the
// function is associated with in the distribution; one function may serve
// several. The zero Function serves none: it refuses every event with an error
// that names the trigger.
//
// A Function is safe for concurrent use if its handlers are.
type Function struct {
	ViewerRequest  RequestHandler
	OriginRequest  RequestHandler
	OriginResponse ResponseHandler
	ViewerResponse ResponseHandler

	// Warn, if it is not nil, is told what CloudFront may refuse: where AWS's
	// documents contradict each other or its practice. A warning never fails an
	// invocation.
	Warn func(*FieldError)
}

// A RequestHandler decides what becomes of a request. It returns
//
//   - the request, changed or not, to let it go on to the cache (viewer-request)
//     or to the origin (origin-request), or
//   - a [*Response] to answer it. CloudFront caches what an origin-request
//     handler answers and does not cache what a viewer-request handler answers.
//
// It must return one or the other, or an error: nil and nil is refused, so that a
// forgotten case never lets a request through. After an error the viewer gets
// CloudFront's 503 page.
type RequestHandler func(context.Context, *Request) (Outcome, error)

// A ResponseHandler edits the response in place, as
// [net/http/httputil.ReverseProxy.ModifyResponse] does. After an error the viewer
// gets CloudFront's 503 page.
type ResponseHandler func(context.Context, *Response) error

// An Outcome is a [RequestHandler]'s decision. Only two types implement it:
// [*Request] continues, [*Response] answers.
type Outcome interface{ outcome() }

func (*Request) outcome()  {}
func (*Response) outcome() {}
