package redirect

import "strings"

// Whether redirects end is decided in two steps. When rules are compiled,
// markFollowed finds those that cannot take part in a loop, whatever the values in
// a request: nearly all of a usual table. For the others, find follows the redirect
// before it answers with it (see isEndless).

// anyClass is the class of paths whose first segment a rule leaves open.
const anyClass = 0

// markFollowed sets the follow flag of the drafts that have to be followed: those
// whose target may match a rule again, which may lead to such a target again, and
// so on. To see the latter it sorts paths into classes by their first segment: a
// redirect leads from the class of its From to that of its To. Classes from which
// none leads on, or only to such, end.
func (b *builder) markFollowed(drafts []draft) {
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
	a := newArrivals(b, drafts)
	var from, to []int
	for i := range drafts {
		d := &drafts[i]
		if path := b.site.targetPath(d.template); a.has(path) {
			d.follow = true
			from, to = append(from, classOf(d.pattern)), append(to, classOf(path))
		}
	}
	ends := endingClasses(len(class)+1, from, to)
	for i := range drafts {
		drafts[i].follow = drafts[i].follow && !ends[classOf(drafts[i].pattern)]
	}
}

// targetPath returns the path of a template in the form that stands for all that
// are the same.
func (s *site) targetPath(template string) string {
	path, _, _ := strings.Cut(template, "#")
	path, _ = cutQuery(path)
	return s.canonical(string(appendNormal(nil, path)))
}

// endingClasses returns which of n classes end, given the redirects between them. A
// rule for any class is for each, and a redirect to any class may lead to each.
func endingClasses(n int, from, to []int) []bool {
	sources := make([][]int, n) // of the redirects to a class
	open := make([]int, n)      // how many redirects lead from a class to one that may not end
	for i := range from {
		sources[to[i]] = append(sources[to[i]], from[i])
		open[from[i]]++
	}
	ends := make([]bool, n)
	if open[anyClass] > 0 {
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
