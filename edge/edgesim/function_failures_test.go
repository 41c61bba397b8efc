package edgesim_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestFaults holds what viewers get when a function fails on demand, and that the trace says who asked for it.
func TestFaults(t *testing.T) {
	t.Parallel()
	pass := edit(func(map[string]any) {})
	tests := []struct {
		fault  edgesim.Fault
		status int
		result string
	}{
		{edgesim.FaultThrottle, 503, "LambdaLimitExceeded from cloudfront"},
		{edgesim.FaultTimeout, 503, "LambdaExecutionError from cloudfront"},
		{edgesim.FaultCrash, 503, "LambdaExecutionError from cloudfront"},
		{edgesim.FaultOversize, 502, "LambdaValidationError from cloudfront"},
		{edgesim.FaultInvalid, 502, "LambdaValidationError from cloudfront"},
		{edgesim.FaultCold, 200, "Miss from cloudfront"},
	}
	for _, trigger := range []edge.Trigger{edge.ViewerRequest, edge.OriginRequest, edge.OriginResponse, edge.ViewerResponse} {
		for _, tc := range tests {
			t.Run(fmt.Sprintf("%s-%s", trigger, tc.fault), func(t *testing.T) {
				t.Parallel()
				s := foreign(t, trigger, pass)
				resp, trace := get(s, "/", "X-Mock-Lambda-Fault", string(trigger)+"="+string(tc.fault))
				checkNamed(t, trace, trigger, string(tc.fault)+", asked for by X-Mock-Lambda-Fault")
				if resp.StatusCode != tc.status || trace.Result != tc.result {
					t.Errorf("got %d %q (%s), want %d %q", resp.StatusCode, trace.Result, trace.Reason, tc.status, tc.result)
				}
				if resp, _ = get(s, "/?next"); resp.StatusCode != 200 {
					t.Errorf("the next request: got %d", resp.StatusCode)
				}
			})
		}
	}
}

// checkNamed holds that a stage names an injected fault, and that so does the reason when the viewer gets an error page.
func checkNamed(t *testing.T, trace *edgesim.Trace, trigger edge.Trigger, want string) {
	t.Helper()
	st := trace.Stage(edgesim.StageName(trigger))
	if said := st.Error + strings.Join(st.Notes, "; "); strings.Count(said, want) != 1 {
		t.Errorf("the stage says %q, want %q once", said, want)
	}
	if reason := string(trigger) + ": " + want; trace.Status >= 500 && !strings.HasPrefix(trace.Reason, reason) {
		t.Errorf("got reason %q, want %q", trace.Reason, reason)
	}
}

// TestAssociationFault: the request's own fault goes before that of the association.
func TestAssociationFault(t *testing.T) {
	t.Parallel()
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}, Functions: edgesim.Functions{
		ViewerRequest: edgesim.Association{Function: edit(func(map[string]any) {}), Fault: edgesim.FaultCrash},
	}})
	_, trace := get(s, "/")
	checkNamed(t, trace, edge.ViewerRequest, "crash, asked for by Association.Fault")
	_, trace = get(s, "/", "X-Mock-Lambda-Fault", "viewer-request=throttle")
	checkNamed(t, trace, edge.ViewerRequest, "throttle, asked for by X-Mock-Lambda-Fault")
}

func TestFunctionTimeout(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	defer close(hang)
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}, Functions: edgesim.Functions{ViewerRequest: edgesim.Association{
		Timeout: 20 * time.Millisecond, Function: raw(func([]byte) ([]byte, error) { <-hang; return nil, nil }),
	}}})
	if resp, trace := get(s, "/"); resp.StatusCode != 503 || !strings.Contains(trace.Reason, "in time") {
		t.Errorf("got %d (%s), want 503", resp.StatusCode, trace.Reason)
	}
}

func TestFunctionFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason  string
		handler       edge.RequestHandler
		status        int
		result, trace string
	}{
		{"error", "http-503-service-unavailable.html: an unhandled error",
			func(context.Context, *edge.Request) (edge.Outcome, error) { return nil, errors.New("no such table") },
			503, "LambdaExecutionError from cloudfront", "no such table"},
		{"panic", "the same",
			func(context.Context, *edge.Request) (edge.Outcome, error) { panic("out of luck") },
			503, "LambdaExecutionError from cloudfront", "out of luck"},
		{"nil", "http-502-bad-gateway.html: package edge refuses nothing at all",
			func(context.Context, *edge.Request) (edge.Outcome, error) { return nil, nil },
			502, "LambdaValidationError from cloudfront", "nil"},
		{"read-only-header", "edge-function-restrictions-all.html: Host is read-only in viewer-request",
			func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
				r.Header.Set("Host", "evil.example")
				return r, nil
			},
			502, "LambdaValidationError from cloudfront", "host"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := simulator(t, demoConfig(&edge.Function{ViewerRequest: tc.handler}))
			resp, trace := get(s, "/")
			if resp.StatusCode != tc.status || trace.Result != tc.result {
				t.Errorf("got %d %q, want %d %q (%s)", resp.StatusCode, trace.Result, tc.status, tc.result, tc.reason)
			}
			if st := trace.Stage(edgesim.StageViewerRequest); st == nil || !strings.Contains(st.Error, tc.trace) {
				t.Errorf("got stage %+v, want an error with %q", st, tc.trace)
			}
			if page := body(t, resp); !strings.Contains(page, "The request could not be satisfied") || strings.Contains(page, tc.trace) {
				t.Errorf("not CloudFront's page, or one that tells the reason:\n%s", page)
			}
		})
	}
}
