package edgesim_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func patternRows() []struct {
	name, pattern, path string
	want                bool
} {
	return []struct {
		name, pattern, path string
		want                bool
	}{
		{"all", "*", "/a/b/c.jpg", true},
		{"root", "*", "/", true},
		{"extension", "*.jpg", "/images/cat.jpg", true},
		{"extension-with-slash", "/*.jpg", "/images/cat.jpg", true},
		{"case-counts", "*.jpg", "/images/cat.JPG", false},
		{"no-leading-slash", "images/*", "/images/cat.jpg", true},
		{"leading-slash", "/images/*", "/images/cat.jpg", true},
		{"other-folder", "images/*", "/img/cat.jpg", false},
		{"prefix-only", "images/*", "/my/images/cat.jpg", false},
		{"folder-itself", "images/*", "/images/", true},
		{"folder-without-slash", "images/*", "/images", false},
		{"question-mark", "a??.jpg", "/ant.jpg", true},
		{"question-mark-is-one", "a??.jpg", "/at.jpg", false},
		{"question-mark-is-a-slash", "a?b", "/a/b", true},
		{"star-is-nothing", "/a*b", "/ab", true},
		{"star-in-the-middle", "/a*c/d*", "/abbc/c/d", true},
		{"exact", "/index.html", "/index.html", true},
		{"longer-than-pattern", "/index.html", "/index.html5", false},
		{"dot-is-no-wildcard", "/index.html", "/indexahtml", false},
		{"many-stars", "*a*a*a*a*b", "/" + strings.Repeat("a", 2000), false},
	}
}

func TestPattern(t *testing.T) {
	t.Parallel()
	for _, tc := range patternRows() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := edgesim.MatchPattern(tc.pattern, tc.path); got != tc.want {
				t.Errorf("%q on %q: got %t, want %t", tc.pattern, tc.path, got, tc.want)
			}
		})
	}
}

// FuzzPattern compares the matcher with one that tries everything.
func FuzzPattern(f *testing.F) {
	for _, tc := range patternRows() {
		f.Add(tc.pattern, tc.path)
	}
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if len(pattern) > 12 || len(path) > 24 {
			t.Skip("the oracle is slow")
		}
		text := path
		if !strings.HasPrefix(pattern, "/") && !strings.HasPrefix(pattern, "*") {
			text = strings.TrimPrefix(path, "/")
		}
		if got, want := edgesim.MatchPattern(pattern, path), slowMatch(pattern, text); got != want {
			t.Errorf("%q on %q: got %t, want %t", pattern, path, got, want)
		}
	})
}

func slowMatch(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return slowMatch(pattern[1:], text) || text != "" && slowMatch(pattern, text[1:])
	}
	return text != "" && (pattern[0] == '?' || pattern[0] == text[0]) && slowMatch(pattern[1:], text[1:])
}

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
