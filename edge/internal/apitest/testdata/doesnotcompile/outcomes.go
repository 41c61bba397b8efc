// Package doesnotcompile holds what the documentation of package edge says does not
// compile.
package doesnotcompile

import (
	"context"
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A wrong return of a request handler.
func wrongReturns(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	switch r.URI {
	case "/string":
		return "302", nil // ERROR "string does not implement edge.Outcome \(missing method outcome\)"
	case "/map":
		return map[string]any{"status": 302}, nil // ERROR "does not implement edge.Outcome"
	case "/http":
		return &http.Response{StatusCode: 302}, nil // ERROR "does not implement edge.Outcome"
	case "/event":
		return r.Config, nil // ERROR "does not implement edge.Outcome"
	case "/value":
		return edge.Response{StatusCode: 302}, nil // ERROR "method outcome has pointer receiver"
	case "/forgotten-error":
		return r // ERROR "not enough return values"
	}
	return r, nil
}

// An outcome of one's own: the interface is sealed.
type ownOutcome struct{}

func (ownOutcome) outcome() {}

var _ edge.Outcome = ownOutcome{} // ERROR "does not implement edge.Outcome \(unexported method outcome\)"

// A response handler has nothing to return but an error, so that it cannot return
// a response which lacks what CloudFront sent.
func newResponse(_ context.Context, r *edge.Response) (*edge.Response, error) { return r, nil }

// A handler of a request trigger in a response trigger's place, and the other way
// round.
var _ = edge.Function{
	OriginResponse: newResponse,    // ERROR "cannot use newResponse .* as edge.ResponseHandler value"
	ViewerResponse: wrongReturns,   // ERROR "cannot use wrongReturns .* as edge.ResponseHandler value"
	ViewerRequest:  headersOnly,    // ERROR "cannot use headersOnly .* as edge.RequestHandler value"
	OriginRequest:  "origin.index", // ERROR "as edge.RequestHandler value"
}

func headersOnly(_ context.Context, r *edge.Response) error {
	r.Header.Set("X-Frame-Options", "DENY")
	return nil
}
