package edgelog_test

import (
	"context"
	"errors"
	"os"
	"regexp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// members is a middleware of one's own: it answers whoever has no session, and lets next decide about the others.
func members(next edge.RequestHandler) edge.RequestHandler {
	return func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		if _, ok := r.Cookie("__Host-session"); !ok {
			return edge.TextResponse(401, "sign in first"), nil
		}
		return next(ctx, r)
	}
}

// The log, the trace and one's own middleware around a handler. The lines are written as they are here but for the time.
func Example() {
	log := &edgelog.Logger{Output: untimed{}, Show: []string{"uri", "querystring", "cookie"}}
	route := func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		if r.URI == "/broken" {
			return nil, errors.New("no such table")
		}
		log.Log(ctx, edgelog.Info, "routed", edgelog.String("backend", "blue"))
		return r, nil
	}
	f := &edge.Function{OriginRequest: log.Request(edgelog.PassTrace(members(route))), Warn: log.Warning}

	for _, target := range []string{"/?q=secret", "/broken"} {
		r := edgetest.NewRequest(edge.OriginRequest, "GET", target)
		r.Header.Set("Cookie", "__Host-session=s3cret")
		edgetest.Request(f, r)
	}
	edgetest.Request(f, edgetest.NewRequest(edge.OriginRequest, "GET", "/"))
	// Output:
	// {"level":"INFO","message":"routed","trigger":"origin-request","backend":"blue"}
	// {"level":"INFO","message":"continued","trigger":"origin-request","request":{"method":"GET","uri":"/","querystring":"q=xxxxxx","headers":{"cookie":"__Host-session=x0xxxx"}}}
	// {"level":"ERROR","message":"failed","trigger":"origin-request","request":{"method":"GET","uri":"/broken","headers":{"cookie":"__Host-session=x0xxxx"}},"error":"no such table"}
	// {"level":"INFO","message":"answered","trigger":"origin-request","request":{"method":"GET","uri":"/"},"status":401}
}

// untimed writes lines to standard output without what differs from run to run, and without the ids.
type untimed struct{}

func (untimed) Write(line []byte) (int, error) {
	changing := regexp.MustCompile(`"timestamp":"[^"]*",|,"(cloudFrontRequestId|distributionId|region)":"[^"]*"|,"durationMs":[0-9.]+`)
	os.Stdout.Write(changing.ReplaceAll(line, nil))
	return len(line), nil
}
