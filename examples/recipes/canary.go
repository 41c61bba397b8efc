package recipes

import (
	"context"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// Canary shows the next version of a site, which is at next, to viewers who have asked
// for it: the links /canary/on and /canary/off set the cookie and take it away. The
// cache policy must have the cookie canary.
func Canary(next edge.Origin) *edge.Function {
	return &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch r.URI {
		case "/canary/on":
			return toFrontPage("on", 86400)
		case "/canary/off":
			return toFrontPage("", -1)
		}
		if v, _ := r.Cookie("canary"); v == "on" {
			r.SetOrigin(next)
		}
		return r, nil
	}}
}

func toFrontPage(value string, maxAge int) (edge.Outcome, error) {
	answer := redirect.To(302, "/") // which is no-store: with a minimum TTL of 0 it is not cached
	return answer, answer.SetCookie(edge.Cookie{Name: "canary", Value: value, Path: "/", MaxAge: maxAge, Secure: true, HTTPOnly: true, SameSite: "Lax"})
}
