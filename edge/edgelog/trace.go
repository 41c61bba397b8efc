package edgelog

import (
	"context"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

const traceHeader = "x-amzn-trace-id"

// PassTrace passes the trace on to the origin: a request that goes on and has no X-Amzn-Trace-Id header of AWS X-Ray's form gets the one of Lambda's invocation. The one
// of the viewer stays; anyone can send it. Lambda@Edge makes no traces by itself: the id is for finding an origin's lines by.
//
// It is for origin-request. A header that a viewer-request function adds goes to the origin only if a policy forwards it, and
// must not be in the cache policy: each request would be cached by itself.
func PassTrace(next edge.RequestHandler) edge.RequestHandler {
	return func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		outcome, err := next(ctx, r)
		onward, goesOn := outcome.(*edge.Request)
		if err != nil || !goesOn || onward == nil || traceRoot(onward.Header.Get(traceHeader)) != "" {
			return outcome, err
		}
		if inv, ok := edge.InvocationFromContext(ctx); ok && traceRoot(inv.TraceID) != "" {
			onward.Header.Set(traceHeader, inv.TraceID)
		}
		return outcome, nil
	}
}

// traceRoot returns the root of a tracing header, "" if it has none: 1, the time in eight hexadecimal digits and 24 more, with hyphens between
// (xray-concepts.html#xray-concepts-tracingheader of X-Ray's guide).
func traceRoot(header string) string {
	const most = 256 // bytes that a header with a few fields stays far below
	if len(header) > most || !rules.IsURLText(header) {
		return ""
	}
	for field := range strings.SplitSeq(header, ";") {
		root, ok := strings.CutPrefix(field, "Root=1-")
		if ok && len(root) == 33 && root[8] == '-' && isHex(root[:8]) && isHex(root[9:]) {
			return field[len("Root="):]
		}
	}
	return ""
}

func isHex(s string) bool {
	for i := range len(s) {
		if rules.Unhex(s[i]) < 0 {
			return false
		}
	}
	return true
}
