package match

import (
	"net/url"
	"strings"
	"testing"
)

// decodedSlowly is what hasDecodedPrefix must agree with: both paths decoded whole.
func decodedSlowly(pattern, path string) bool {
	a, errA := url.PathUnescape(pattern)
	b, errB := url.PathUnescape(path)
	if errA != nil || errB != nil {
		return hasDecodedPrefix(pattern, path) // what cannot be decoded is left as it is
	}
	return a == b || strings.HasSuffix(a, "/") && strings.HasPrefix(b, a)
}

func FuzzHasDecodedPrefix(f *testing.F) {
	for _, seed := range [][2]string{{"/a/", "/a/b"}, {"/a", "/a"}, {"/a", "/ab"}, {"/a%2F", "/a/b"}, {"/a/b", "/a%2fb"}, {"/%61/", "/a/"}, {"/a%", "/a%25"}, {"/", "/x"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if pattern == "" {
			return
		}
		if got, want := hasDecodedPrefix(pattern, path), decodedSlowly(pattern, path); got != want {
			t.Errorf("%q, %q: got %v; want %v", pattern, path, got, want)
		}
	})
}
