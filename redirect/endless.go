package redirect

import "strings"

// Whether redirects end is decided in two steps. When rules are compiled,
// markFollowed finds the rules that cannot take part in a loop, whatever the values in a
// request: nearly all of a usual table. For the others, find follows the redirect before it
// answers with it (see isEndless).

// anyClass is the class of paths whose first segment a rule leaves open.
const anyClass = 0

// markFollowed sets the follow flag of the drafts that have to be followed. It sorts
// paths into classes by their first segment: a redirect leads from the class of its From to
// that of its To. Classes from which no redirect leads on, or only to such, end.
func (s *site) markFollowed(drafts []draft) {
	class := map[string]int{}
	classOf := func(path string) int {
		first, _, _ := strings.Cut(path[1:], "/")
		if strings.Contains(first, "*") || hasName(first) {
			return anyClass
		}
		if _, ok := class[first]; !ok {
			class[first] = len(class) + 1
		}
		return class[first]
	}
	from, to := make([]int, len(drafts)), make([]int, len(drafts))
	for i := range drafts {
		from[i] = classOf(drafts[i].pattern)
		path, _ := cutQuery(drafts[i].template)
		path, _, _ = strings.Cut(path, "#")
		to[i] = classOf(s.canonical(string(appendNormal(nil, path))))
	}
	ends := endingClasses(len(class)+1, from, to)
	for i := range drafts {
		drafts[i].follow = !ends[from[i]]
	}
}

// endingClasses returns which of n classes end, given the redirects between them.
// A rule for any class is for each, and a redirect to any class may lead to each.
func endingClasses(n int, from, to []int) []bool {
	sources := make([][]int, n) // of the redirects to a class
	open := make([]int, n)      // how many redirects lead from a class to one that may not end
	redirected := make([]bool, n)
	for i := range from {
		sources[to[i]] = append(sources[to[i]], from[i])
		open[from[i]]++
		redirected[from[i]] = true
	}
	ends := make([]bool, n)
	if redirected[anyClass] {
		// Every path is redirected, so no class is known to end.
		return ends
	}
	// A redirect to any class may lead back to where it is from: what leads to
	// anyClass never ends, for that is never done.
	var done []int
	for c := 1; c < n; c++ {
		if open[c] == 0 {
			done = append(done, c)
		}
	}
	for len(done) > 0 {
		c := done[len(done)-1]
		done = done[:len(done)-1]
		ends[c] = true
		for _, source := range sources[c] {
			if open[source]--; open[source] == 0 {
				done = append(done, source)
			}
		}
	}
	return ends
}
