package edgesim_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// cff opens a CloudFront Function.
func cff(t testing.TB, f edgesim.CloudFrontFunction) *edgesim.OpenCloudFrontFunction {
	t.Helper()
	need(t, "node")
	o, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

// onViewerRequest is a change of a configuration: the function on viewer-request.
func onViewerRequest(f *edgesim.OpenCloudFrontFunction) func(*edgesim.Config) {
	return func(c *edgesim.Config) { c.Distribution.DefaultBehavior.CloudFrontFunctions.ViewerRequest = f }
}

func BenchmarkCloudFrontFunction(b *testing.B) {
	f := cff(b, edgesim.CloudFrontFunction{Source: `function handler(event) {
	var request = event.request;
	request.headers['x-a'] = { value: 'b' };
	return request;
}`})
	w := serving(b, says(200, "Cache-Control", "max-age=600"), caching(0, 60, 600), onViewerRequest(f))
	for b.Loop() {
		if resp, trace := get(w.Simulator, "/"); resp.StatusCode != 200 {
			b.Fatal(resp.StatusCode, trace.Reason)
		}
	}
}
