package edgesim_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestBehaviorOrder(t *testing.T) {
	t.Parallel()
	o := says(200)
	at := func(pattern string) edgesim.Behavior {
		return edgesim.Behavior{PathPattern: pattern, Origin: &edgesim.CustomOrigin{Handler: o}}
	}
	s := simulator(t, edgesim.Config{Distribution: edgesim.Distribution{
		Behaviors: []edgesim.Behavior{at("/api/public/*"), at("/api/*"), at("*.jpg")}, DefaultBehavior: at(""),
	}})
	tests := []struct{ name, target, want, reason string }{
		{"first-wins", "/api/public/cat.jpg", "/api/public/*", "the first match in the listed order"},
		{"second", "/api/cat.jpg", "/api/*", "the first match in the listed order, not the longest"},
		{"third", "/cat.jpg", "*.jpg", ""},
		{"default", "/cat.png", "*", "the default behaviour serves the rest"},
		{"query-is-no-path", "/cat.png?x=.jpg", "*", "patterns do not see the query string"},
		{"dot-segments", "/img/../api/x", "/api/*", "DownloadDistValuesCacheBehavior.html: paths are normalised to choose the behaviour"},
		{"double-slash", "//api/x", "/api/*", "the same"},
		{"escaped-unreserved", "/%61pi/x", "/api/*", "RFC 3986 section 6.2.2.2"},
		{"escaped-slash-stays", "/api%2Fx", "*", "RFC 3986 section 2.2: a reserved character is not its escape"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, trace := get(s, tc.target)
			if trace.Behavior != tc.want {
				t.Errorf("%s: got behaviour %q, want %q (%s)", tc.target, trace.Behavior, tc.want, tc.reason)
			}
		})
	}
}

func TestPathGoesOnRaw(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200), nil)
	const path = "/a/../b//c%2f%61;x=é?y=%20+&&z"
	_, trace := get(w.Simulator, "/")
	if trace.Status != 200 {
		t.Fatal(trace.Reason)
	}
	_, trace = get(w.Simulator, path)
	if got, want := trace.Stage(edgesim.StageOrigin).Notes[0], "GET /a/../b//c%2f%61;x=é?…(9) from custom-origin.example.com"; got != want {
		t.Errorf("got %q, want %q: the raw path goes to the origin", got, want)
	}
}
