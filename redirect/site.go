package redirect

import "strings"

// A site is what a table knows of the site besides its rules.
type site struct {
	index       string // "/index.html", or ""
	ignoreSlash bool
	languages   []string
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
// that are the same.
func (s *site) match(pattern, path string, caps *captures) bool {
	if matchPattern(pattern, path, caps) {
		return true
	}
	caps.n = 0
	// "/docs/*" is also for "/docs", the form of "/docs/".
	folder, ok := strings.CutSuffix(pattern, "/*")
	if !s.ignoreSlash || !ok || !matchSegments(folder, path, caps) {
		return false
	}
	caps.add("splat", "")
	return true
}
