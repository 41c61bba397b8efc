package recipes

import (
	"context"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
)

// RequestID gives a request one name all the way: CloudFront's id, which is in the
// viewer's answer (X-Amz-Cf-Id), in the access logs (x-edge-request-id) and in each
// line of log (cloudFrontRequestId), goes to the origin as X-Request-Id. And an answer
// from the cache says in X-Origin-Request-Id which request brought it there.
func RequestID(log *edgelog.Logger) *edge.Function {
	return &edge.Function{
		OriginRequest: log.Request(func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Set("X-Request-Id", r.Config.RequestID)
			return r, nil
		}),
		OriginResponse: log.Response(func(_ context.Context, r *edge.Response) error {
			r.Header.Set("X-Origin-Request-Id", r.Request.Config.RequestID)
			return nil
		}),
		Warn: log.Warning,
	}
}
