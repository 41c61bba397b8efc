package recipes

import (
	"context"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A CORS lets pages of other sites read answers, whichever of them brought an answer
// into the cache. The behaviour must allow OPTIONS.
type CORS struct {
	Origins []string // such as "https://app.example.com"
	Methods string   // of requests that are not simple, such as "PUT, DELETE"
	Headers string   // of such requests, such as "Content-Type, Authorization"
}

// Function is the function that answers preflights, and allows each site by its name.
func (c CORS) Function() *edge.Function {
	return &edge.Function{ViewerRequest: c.preflight, ViewerResponse: func(_ context.Context, r *edge.Response) error {
		c.allow(r.Request, &r.Header)
		return nil
	}}
}

func (c CORS) preflight(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	if r.Method != "OPTIONS" || !r.Header.Has("Access-Control-Request-Method") {
		return r, nil
	}
	answer := &edge.Response{StatusCode: 204}
	if c.allow(r, &answer.Header) {
		answer.Header.Set("Access-Control-Allow-Methods", c.Methods)
		answer.Header.Set("Access-Control-Allow-Headers", c.Headers)
		answer.Header.Set("Access-Control-Max-Age", "7200")
	}
	return answer, nil
}

// allow names the site that asks, if it is one of those that may.
func (c CORS) allow(r *edge.Request, h *edge.Header) bool {
	h.Add("Vary", "Origin") // for browsers' caches, also where the answer is no
	origin := r.Header.Get("Origin")
	if !slices.Contains(c.Origins, origin) {
		h.Del("Access-Control-Allow-Origin") // the origin server's
		return false
	}
	h.Set("Access-Control-Allow-Origin", origin)
	return true
}
