package recipes

import (
	"context"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge"
)

// SecurityHeaders adds security headers to what the origin sends, and answers one path
// itself with a page that has scripts of its own: {nonce} in it becomes a new nonce for
// each viewer, which only who makes the body can do. The page may have 39 KB; newNonce
// is cspcrypto.NewNonce.
func SecurityHeaders(path, page string, newNonce func() csp.Nonce) *edge.Function {
	policy := csp.Must(csp.New(csp.DefaultSrc(csp.Self), csp.ObjectSrc(csp.None), csp.BaseURI(csp.None), csp.FrameAncestors(csp.None))).String()
	return &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			if r.URI != path {
				return r, nil
			}
			nonce := newNonce()
			policy, err := csp.StrictByNonce(nonce)
			if err != nil {
				return nil, err
			}
			answer := edge.HTMLResponse(200, strings.ReplaceAll(page, "{nonce}", nonce.Value()))
			answer.Header.Set("Cache-Control", "no-store")
			secure(&answer.Header, policy.String())
			return answer, nil
		},
		OriginResponse: func(_ context.Context, r *edge.Response) error {
			secure(&r.Header, policy)
			return nil
		},
	}
}

func secure(h *edge.Header, policy string) {
	h.Set(csp.HeaderName, policy)
	h.Set("Strict-Transport-Security", "max-age=63072000")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
}
