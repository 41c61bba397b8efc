package console_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

// FuzzJourney: whatever a trace has, each header has one fate, and what is shown of the first and the last place is what was there.
func FuzzJourney(f *testing.F) {
	f.Add("GET", "/a?b", "/c", "Cookie", "a=1", "a=2", `{"Records":[{"cf":{"request":{"headers":{"cookie":[{"value":"a=1"}]},"uri":"/a","querystring":""}}}]}`, `{"headers":{"cookie":[{"value":"a=2"}]},"uri":"/c","querystring":"b"}`)
	f.Add("", "", "", "", "", "", `{"Records":[{"cf":{}}]}`, "null")
	f.Add("GET", "/", "/404", "Set-Cookie", "x", "y", `{"Records":[{"cf":{"response":{"headers":null}}}]}`, `{"status":"200"}`)
	f.Fuzz(func(t *testing.T, method, target, path, name, was, now, input, output string) {
		function := func(stage edgesim.StageName) edgesim.Stage {
			return edgesim.Stage{Name: stage, Function: "f", Input: edgesim.Payload(input), Output: edgesim.Payload(output)}
		}
		header := func(value string) map[string][]string { return map[string][]string{name: {value}} }
		trace := &edgesim.Trace{
			Viewer: edgesim.ViewerRequest{Method: method, Target: target, Header: header(was)}, Header: header(now),
			Stages: []edgesim.Stage{function(edgesim.StageViewerRequest), {Name: edgesim.StageCache}, function(edgesim.StageOriginRequest),
				{Name: edgesim.StageOrigin, Notes: []string{method + " " + path}}, function(edgesim.StageOriginResponse), {Name: edgesim.StageCache}, {Name: edgesim.StageErrorPage}},
			Origins: []edgesim.OriginTrace{{Method: method, Target: path, Header: header(now), Status: 200, Received: header(was), Passed: header(was)}, {Method: method}},
		}
		for name, fate := range console.Fates(trace) {
			if strings.Count(fate, " ") != 0 || !strings.Contains("kept added changed dropped", fate) {
				t.Errorf("%q: %q", name, fate)
			}
		}
	})
}
