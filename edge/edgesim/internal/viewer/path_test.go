package viewer_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
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
			if got := viewer.Matches(tc.pattern, tc.path); got != tc.want {
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
		if got, want := viewer.Matches(pattern, path), slowMatch(pattern, text); got != want {
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
