package recipes

import (
	"context"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Maintenance answers with a page of HTML, of at most 39 KB, and the status 503, which
// search engines take for a pause. Viewers with an address among operators see the
// site. To begin and to end, associate the function and remove it.
func Maintenance(page string, retryAfter time.Duration, operators ...netip.Prefix) *edge.Function {
	return &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		// An address that cannot be parsed is in no prefix.
		address, _ := netip.ParseAddr(r.ClientIP)
		if slices.ContainsFunc(operators, func(p netip.Prefix) bool { return p.Contains(address) }) {
			return r, nil
		}
		answer := edge.HTMLResponse(503, page)
		answer.Header.Set("Cache-Control", "no-store")
		answer.Header.Set("Retry-After", strconv.Itoa(int(retryAfter.Seconds())))
		return answer, nil
	}}
}
