package edgesim

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// responseHeaders applies the behaviour's response headers policy, and says so.
func (x *exchange) responseHeaders(resp *message.Response) {
	p := x.behavior.ResponseHeadersPolicy
	if p == nil || x.errorPage || resp.Own {
		return
	}
	removed, set := x.behavior.responseHeaders.Apply(x.request, resp.Header)
	if p.ServerTiming > 0 && (x.request.Header.Get("Pragma") == "server-timing" || rand.Float64()*100 < p.ServerTiming) {
		resp.Header.Add("Server-Timing", x.serverTiming(resp))
		set = append(set, "Server-Timing")
	}
	if len(removed) > 0 {
		x.trace.addNote("response headers policy " + p.Name + ": removed " + strings.Join(removed, ", "))
	}
	if len(set) > 0 {
		x.trace.addNote("response headers policy " + p.Name + ": set " + strings.Join(set, ", "))
	}
}

// serverTiming is CloudFront's own metrics ("Server-Timing header" in understanding-response-headers-policies.html).
func (x *exchange) serverTiming(resp *message.Response) string {
	edge := `,cdn-pop;desc="` + x.s.config.Pop + `",cdn-rid;desc="` + x.trace.ID + `"`
	origin := x.trace.Stage(StageOrigin)
	if origin == nil {
		return "cdn-cache-hit" + edge + `,cdn-hit-layer;desc="EDGE"`
	}
	milliseconds := strconv.FormatInt(origin.Duration.Milliseconds(), 10)
	metric := "cdn-cache-miss"
	if resp.Result == page.Refresh {
		metric = "cdn-cache-refresh"
	}
	const upstream = `cdn-upstream-layer;desc="EDGE",cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=0,cdn-upstream-fbl;dur=`
	return upstream + milliseconds + "," + metric + edge
}
