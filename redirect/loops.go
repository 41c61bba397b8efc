package redirect

import "strings"

// Whether redirects end is decided in two steps. When rules are compiled, mayLoop
// finds those that cannot take part in a loop, whatever the values in a request:
// nearly all of a usual table. For the others, find follows the redirect before it
// answers with it (see isEndless).

// anyClass is the class of paths whose first segment a rule leaves open.
const anyClass = 0

// A hopping rule is one whose target may match a rule again.
type hopping struct {
	place    uint32
	from, to int // classes
}

// mayLoop returns the places of the rules that have to be followed: those whose
// target may match a rule again, which may lead to such a target again, and so on.
// To see the latter it sorts paths into classes by their first segment: a redirect
// leads from the class of its From to that of its To. Classes from which none leads
// on, or only to such, end.
func (b *builder) mayLoop() []uint32 {
	class := map[string]int{}
	classOf := func(path string, open bool) int {
		first, _, _ := strings.Cut(path[1:], "/")
		if open {
			return anyClass
		}
		if _, ok := class[first]; !ok {
			class[first] = len(class) + 1
		}
		return class[first]
	}
	fixed := newFixedParts(b)
	var all []hopping
	var e entry
	for _, place := range b.places {
		b.entryAt(&e, place)
		if e.pass {
			continue
		}
		names, _ := e.names()
		if path := b.site.targetPath(e.template); fixed.mayMatch(path, &names) {
			first, _, _ := strings.Cut(path[1:], "/")
			from, _, _ := strings.Cut(e.pattern[1:], "/")
			all = append(all, hopping{place, classOf(e.pattern, hasSign(from)), classOf(path, names.standIn(first))})
		}
	}
	b.hops = make([]uint32, len(all))
	for i, h := range all {
		b.hops[i] = h.place
	}
	ends := endingClasses(len(class)+1, all)
	var places []uint32
	for _, h := range all {
		if !ends[h.from] {
			places = append(places, h.place)
		}
	}
	return places
}

// targetPath returns the path of a template in the form that stands for all that
// are the same.
func (s *site) targetPath(template string) string {
	if !isNormal(template) {
		template, _, _ = strings.Cut(template, "#")
		template, _, _ = strings.Cut(template, "?")
		template = string(appendNormal(nil, template))
	}
	return s.canonical(template)
}

// endingClasses returns which of n classes end, given the redirects between them. A
// rule for any class is for each, and a redirect to any class may lead to each.
func endingClasses(n int, all []hopping) []bool {
	sources := make([][]int, n) // of the redirects to a class
	open := make([]int, n)      // how many redirects lead from a class to one that may not end
	for _, h := range all {
		sources[h.to] = append(sources[h.to], h.from)
		open[h.from]++
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
