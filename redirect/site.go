package redirect

import "strings"

// A site is what a table knows of the site besides its rules.
type site struct {
	index       string // "/index.html", or ""
	ignoreSlash bool
	languages   []string
	matcher
}

// canonical returns the form of path that stands for all that the site takes for
// the same.
func (s *site) canonical(path string) string {
	if s.index != "" && strings.HasSuffix(path, s.index) {
		path = path[:len(path)-len(s.index)+1]
	}
	if s.ignoreSlash && len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	return path
}

// match reports whether pattern matches path, both in the form that stands for all
// that are the same. The path as it came, in normal form, is what the names stand
// for parts of, so that a splat keeps the slash or the index page at the end.
func (s *site) match(pattern, path, original string, caps *captures) bool {
	if !s.matcher.match(pattern, path, caps) {
		caps.n = 0
		if !s.ignoreSlash || !s.matchFolder(pattern, path, caps) {
			return false
		}
	}
	if len(path) != len(original) {
		var whole captures
		if s.matcher.match(pattern, original, &whole) {
			*caps = whole
		}
	}
	return true
}

// matchFolder matches a pattern whose splat is a whole segment, or more, with a path
// that has nothing in its place, not even a slash: "/docs/*" is also for "/docs",
// the form of "/docs/", and "/*/rss" for "/rss".
func (s *site) matchFolder(pattern, path string, caps *captures) bool {
	head, tail, splat := cutSplat(pattern)
	head, slash := strings.CutSuffix(head, "/")
	if !splat || !slash || tail != "" && tail[0] != '/' {
		return false
	}
	end := cutBefore(path, tail)
	if end < 0 || !s.segments(head, path[:end], caps) || !s.segments(tail, path[end:], caps) {
		return false
	}
	caps.add("splat", "")
	return true
}
