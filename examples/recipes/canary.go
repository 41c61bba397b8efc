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
			return toFrontPage("canary=on; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax"), nil
		case "/canary/off":
			return toFrontPage("canary=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"), nil
		}
		if v, _ := r.Cookie("canary"); v == "on" {
			r.SetOrigin(next)
		}
		return r, nil
	}}
}

func toFrontPage(cookie string) *edge.Response {
	answer := redirect.To(302, "/") // which is no-store: with a minimum TTL of 0 it is not cached
	answer.Header.Add("Set-Cookie", cookie)
	return answer
}
