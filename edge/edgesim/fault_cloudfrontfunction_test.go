package edgesim_test

import (
	"slices"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestCloudFrontFunctionFaults holds what viewers get when a CloudFront Function fails on demand. FunctionThrottledError is
// as seen in public reports, the others are in http-503-service-unavailable.html and edge-function-restrictions-all.html.
func TestCloudFrontFunctionFaults(t *testing.T) {
	t.Parallel()
	request := cff(t, edgesim.CloudFrontFunction{Source: `function handler(event) { return event.request; }`})
	response := cff(t, edgesim.CloudFrontFunction{Source: `function handler(event) { return event.response; }`})
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}, CachePolicy: edgesim.CachingDisabled(),
		CloudFrontFunctions: edgesim.CloudFrontFunctions{ViewerRequest: request, ViewerResponse: response}})
	tests := []struct {
		fault  edgesim.Fault
		status int
		result string
	}{
		{edgesim.FaultThrottle, 503, "FunctionThrottledError from cloudfront"},
		{edgesim.FaultTimeout, 503, "FunctionExecutionError from cloudfront"},
		{edgesim.FaultCrash, 503, "FunctionExecutionError from cloudfront"},
		{edgesim.FaultOversize, 503, "FunctionExecutionError from cloudfront"},
		{edgesim.FaultInvalid, 502, "FunctionValidationError from cloudfront"},
	}
	for _, trigger := range []edge.Trigger{edge.ViewerRequest, edge.ViewerResponse} {
		for _, tc := range tests {
			resp, trace := get(s, "/", "X-Mock-Lambda-Fault", string(trigger)+"="+string(tc.fault))
			checkNamed(t, trace, trigger, string(tc.fault)+", asked for by X-Mock-Lambda-Fault")
			if resp.StatusCode != tc.status || trace.Result != tc.result {
				t.Errorf("%s=%s: got %d %q (%s), want %d %q", trigger, tc.fault, resp.StatusCode, trace.Result, trace.Reason, tc.status, tc.result)
			}
		}
	}
	for item, note := range map[string]string{
		"viewer-request=cold":  `X-Mock-Lambda-Fault: got "viewer-request=cold": a CloudFront Function has no cold start`,
		"origin-request=crash": `X-Mock-Lambda-Fault: got "origin-request=crash": the behaviour has no function for this trigger`,
	} {
		resp, trace := get(s, "/", "X-Mock-Lambda-Fault", item)
		if notes := trace.Stage(edgesim.StageViewer).Notes; resp.StatusCode != 200 || !slices.Contains(notes, note) {
			t.Errorf("%s: got %d %q, want %q", item, resp.StatusCode, notes, note)
		}
	}
}
