package viewer

import (
	"strings"
	"testing"
)

func FuzzReplaceHost(f *testing.F) {
	f.Add("https://d.example/a", "https://d.example", "http://localhost")
	f.Add("https://d.examplehttps://d.example", "https://d.example", "x")
	f.Fuzz(func(t *testing.T, s, old, with string) {
		if old == "" || len(s) > 1000 {
			t.Skip()
		}
		if got := replaceHost(s, old, old); got != s {
			t.Errorf("a replacement by itself: got %q from %q", got, s)
		}
		if !strings.Contains(s, old) && replaceHost(s, old, with) != s {
			t.Errorf("nothing to replace in %q", s)
		}
	})
}
