package recipes

import (
	"context"
	"hash/fnv"

	"github.com/edgehelpers/lambdaedge/edge"
)

// An ABTest shows each viewer one of two sites, and the same one every time.
type ABTest struct {
	Cookie string      // that remembers the variant, such as "experiment"
	Share  uint32      // percentage of new viewers that see b
	B      edge.Origin // where b is; a is the behaviour's own origin
}

// Function is the test's function. The cache policy must have the header X-Variant.
func (t ABTest) Function() *edge.Function {
	return &edge.Function{ViewerRequest: t.choose, OriginRequest: t.route, ViewerResponse: t.remember}
}

// choose puts the variant into a header, which makes it a part of the cache key.
func (t ABTest) choose(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	r.Header.Set("X-Variant", t.variant(r))
	return r, nil
}

func (t ABTest) route(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	if r.Header.Get("X-Variant") == "b" {
		r.SetOrigin(t.B)
	}
	return r, nil
}

func (t ABTest) remember(_ context.Context, r *edge.Response) error {
	variant := t.variant(r.Request)
	if v, _ := r.Request.Cookie(t.Cookie); v == variant {
		return nil
	}
	return r.SetCookie(edge.Cookie{Name: t.Cookie, Value: variant, Path: "/", MaxAge: 604800, Secure: true, HTTPOnly: true, SameSite: "Lax"})
}

// variant is the cookie's, and for a new viewer one by the address: response and
// request have to agree.
func (t ABTest) variant(r *edge.Request) string {
	// The viewer can write anything into a cookie: only these two count.
	if v, _ := r.Cookie(t.Cookie); v == "a" || v == "b" {
		return v
	}
	h := fnv.New32a()
	h.Write([]byte(r.ClientIP))
	if h.Sum32()%100 < t.Share {
		return "b"
	}
	return "a"
}
