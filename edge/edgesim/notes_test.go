package edgesim_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestWithheldCookies: a function that finds no cookie where the viewer has sent one is told how many there are.
func TestWithheldCookies(t *testing.T) {
	t.Parallel()
	onRequest := edgesim.Associate(&edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }})
	onResponse := edgesim.Associate(&edge.Function{OriginResponse: func(context.Context, *edge.Response) error { return nil }})
	only := edgesim.CachingOptimized()
	only.Cookies = edgesim.Only("a")
	tests := []struct {
		name      string
		policy    *edgesim.CachePolicy
		forwarded *edgesim.OriginRequestPolicy
		functions edgesim.Functions
		cookies   []string
		stage     edgesim.StageName
		want      string
	}{
		{"none forwarded", edgesim.CachingOptimized(), nil, onRequest, []string{"a=1; b=2", "c=3"}, edgesim.StageOriginRequest, "3 of the viewer's 3 cookies"},
		{"response alone", edgesim.CachingOptimized(), nil, onResponse, []string{"a=1"}, edgesim.StageOriginResponse, "1 of the viewer's 1 cookies"},
		{"in the key", only, nil, onRequest, []string{"a=1; b=2"}, edgesim.StageOriginRequest, "1 of the viewer's 2 cookies"},
		{"all forwarded", edgesim.CachingOptimized(), edgesim.AllViewer(), onRequest, []string{"a=1; b=2"}, edgesim.StageOriginRequest, ""},
		{"none sent", edgesim.CachingOptimized(), nil, onRequest, nil, edgesim.StageOriginRequest, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}, CachePolicy: test.policy,
				OriginRequestPolicy: test.forwarded, Functions: test.functions})
			var headers []string
			for _, line := range test.cookies {
				headers = append(headers, "Cookie", line)
			}
			_, trace := get(s, "/", headers...)
			notes := trace.Stage(test.stage).Notes
			i := slices.IndexFunc(notes, func(note string) bool {
				return strings.HasPrefix(note, "not in the event, since no policy forwards them: ")
			})
			switch {
			case test.want == "" && i >= 0, test.want != "" && (i < 0 || !strings.HasSuffix(notes[i], ": "+test.want)):
				t.Errorf("notes: %q; want one that ends with %q", notes, test.want)
			}
		})
	}
}
