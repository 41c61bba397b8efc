package crawl

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// parseBase reads [Options.Base].
func parseBase(s string) (location, error) {
	home := location{scheme: "https", path: "/"}
	if s == "" {
		return location{scheme: "https"}, nil
	}
	base, err := home.resolve(s)
	scheme, _ := cutScheme(s)
	switch {
	case err != nil || scheme == "" && (s[0] != '/' || base.host != ""), base.rest != "", strings.Contains(base.path, "//"):
	case base.host != "" && !isOrigin(base.origin()):
	default:
		base.path = escapePath(strings.TrimRight(base.path, "/"))
		return base, nil
	}
	return location{}, fmt.Errorf("crawl: base %q; must be a URL such as https://www.example.com/docs/, or a path such as /docs/", s)
}

// isOrigin reports whether package redirect takes s for an origin.
func isOrigin(s string) bool {
	_, err := redirect.Local("/", s)
	return err == nil
}

// inferBase finds out where the site is, and says how.
func (c *crawler) inferBase() (location, string) {
	votes, voters := c.canonicalVotes()
	how := "%d of %d canonical links say so"
	if len(votes) == 0 {
		votes, voters = c.targetVotes()
		how = "%d of %d targets are pages of it there"
	}
	if len(votes) == 0 {
		return location{scheme: "https"}, ""
	}
	best := slices.MaxFunc(slices.Collect(maps.Keys(votes)), func(a, b location) int {
		return cmp.Or(cmp.Compare(votes[a], votes[b]), -cmp.Compare(a.String(), b.String()))
	})
	return best, fmt.Sprintf(how, votes[best], voters)
}

// canonicalVotes returns where the pages that do not forward are by their own
// canonical links, and how many pages say it.
func (c *crawler) canonicalVotes() (votes map[location]int, voters int) {
	votes = map[location]int{}
	for _, p := range c.pages {
		if p.line > 0 || p.canonical == "" {
			continue
		}
		to, err := c.locate(p).resolve(p.canonical)
		if err != nil || to.host == "" || !isOrigin(to.origin()) {
			continue
		}
		voters++
		for _, path := range c.paths(p.file) {
			if under, ok := strings.CutSuffix(normalPath(to.path), path); ok && isBasePath(under) {
				votes[location{to.scheme, to.host, under, ""}]++
				break
			}
		}
	}
	return votes, voters
}

// targetVotes returns where the pages are that forwarding pages lead to, if that is
// for most of the targets on one host.
func (c *crawler) targetVotes() (votes map[location]int, voters int) {
	plain := map[string]bool{}
	for _, p := range c.pages {
		for _, path := range c.paths(p.file) {
			plain[path] = plain[path] || p.line == 0
		}
	}
	delete(plain, "/") // which every site has
	votes, targets := map[location]int{}, map[string]int{}
	for _, p := range c.pages {
		to, err := c.locate(p).resolve(p.target)
		if p.line == 0 || p.reason != "" || err != nil || to.host != "" && !isOrigin(to.origin()) {
			continue
		}
		targets[to.host]++
		voters++
		path := normalPath(to.path)
		for i := 0; i >= 0; i = nextSlash(path, i) {
			if plain[path[i:]] && isBasePath(path[:i]) {
				votes[location{to.scheme, to.host, path[:i], ""}]++
				break
			}
		}
	}
	maps.DeleteFunc(votes, func(l location, n int) bool { return 2*n <= targets[l.host] || l.host == "" && l.path == "" })
	return votes, voters
}

// nextSlash returns where the next slash in s behind i is, -1 if there is none.
func nextSlash(s string, i int) int {
	n := strings.IndexByte(s[i+1:], '/')
	if n < 0 {
		return -1
	}
	return i + 1 + n
}

// isBasePath reports whether all paths of a site may begin with s, which has no
// slash at its end.
func isBasePath(s string) bool {
	return s == "" || s[0] == '/' && !strings.HasSuffix(s, "/") && !strings.Contains(s, "//")
}

// normalPath returns a path with escapes for what cannot stand in one. Escapes that
// are there stay as they are.
func normalPath(path string) string {
	t, err := redirect.Local(path)
	if err != nil {
		return path
	}
	return t.String()
}
