package edgehttp

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Handler returns a request handler, for viewer-request or origin-request, that
// answers with what h writes, or lets the request go on if h calls [Continue].
//
// h runs as under [http.Server]: a handler that writes nothing answers 200 with an
// empty body, the type of a body without Content-Type is guessed from its
// first bytes, and an answer to HEAD or with the status 204 or 304 has no body. A
// panic with [http.ErrAbortHandler] is an error; any other panic goes on.
//
// A body that is UTF-8 travels as text and any other, such as an image or a
// compressed page, as base64: the viewer gets the bytes that h wrote.
func Handler(h http.Handler) edge.RequestHandler {
	return func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		x := &exchange{request: r, came: *r, recorder: recorder{head: r.Method == http.MethodHead}}
		req := x.newRequest(ctx)
		if err := serve(h, &x.recorder, req); err != nil {
			return nil, err
		}
		if x.onward != nil {
			return x.resume()
		}
		return x.recorder.response()
	}
}

// serve calls h and makes an error of its wish to abort.
func serve(h http.Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		if v := recover(); v == http.ErrAbortHandler {
			err = errors.New("edgehttp: the handler aborted the answer (http.ErrAbortHandler)")
		} else if v != nil {
			panic(v)
		}
	}()
	h.ServeHTTP(w, r)
	return nil
}

// An exchange is one call of a handler.
type exchange struct {
	request  *edge.Request
	came     edge.Request  // as it was before the handler ran
	body     io.ReadCloser // as it was given to the handler
	data     []byte        // what body reads
	end      error         // what body ends with, nil for io.EOF
	recorder recorder
	onward   *http.Request // what Continue was given, nil if it was not called
}

type exchangeKey struct{}

// FromContext returns the CloudFront request behind the [http.Request] with the
// context ctx, and whether there is one. Changes to it count if the handler calls
// [Continue]: this is the way to another origin.
//
//	r, ok := edgehttp.FromContext(req.Context())
func FromContext(ctx context.Context) (*edge.Request, bool) {
	x, ok := ctx.Value(exchangeKey{}).(*exchange)
	if !ok {
		return nil, false
	}
	return x.request, true
}
