package redirect

import "strings"

// Whether redirects end is decided in two steps. When rules are compiled, mayLoop
// finds those that cannot take part in a loop, whatever the values in a request:
// nearly all of a usual table. For the others, find follows the redirect before it
// answers with it (see loopsFrom).

// anyClass is the class of paths whose first segment a rule leaves open.
const anyClass = 0

// A classEdge is a rule whose target may match a rule again: a redirect from a class
// of paths to a class.
type classEdge struct {
	offset   uint32
	from, to int // classes
}

// mayLoop returns the offsets of the rules that have to be followed: those whose
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
	var edges []classEdge
	var e entry
	for _, offset := range b.offsets {
		b.entryAt(&e, offset)
		if e.pass {
			continue
		}
		names, _ := e.names()
		if path := b.site.targetPath(e.template); fixed.mayMatch(path, &names) {
			first, _, _ := strings.Cut(path[1:], "/")
			from, _, _ := strings.Cut(e.pattern[1:], "/")
			edges = append(edges, classEdge{offset, classOf(e.pattern, hasSign(from)), classOf(path, names.occurIn(first))})
		}
	}
	b.mayChain = make([]uint32, len(edges))
	for i, edge := range edges {
		b.mayChain[i] = edge.offset
	}
	terminates := terminatingClasses(len(class)+1, edges)
	var offsets []uint32
	for _, edge := range edges {
		if !terminates[edge.from] {
			offsets = append(offsets, edge.offset)
		}
	}
	return offsets
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

// terminatingClasses returns which of n classes end, given the redirects between
// them. A rule for any class is for each, and a redirect to any class may lead to
// each.
func terminatingClasses(n int, edges []classEdge) []bool {
	sources := make([][]int, n) // of the redirects to a class
	open := make([]int, n)      // how many redirects lead from a class to one that may not end
	for _, edge := range edges {
		sources[edge.to] = append(sources[edge.to], edge.from)
		open[edge.from]++
	}
	terminates := make([]bool, n)
	if open[anyClass] > 0 {
		// Every path is redirected, so no class is known to end.
		return terminates
	}
	// A redirect to any class may lead back to where it is from: what leads to
	// anyClass never ends, for that is never done.
	var worklist []int
	for c := 1; c < n; c++ {
		if open[c] == 0 {
			worklist = append(worklist, c)
		}
	}
	for len(worklist) > 0 {
		c := worklist[len(worklist)-1]
		worklist = worklist[:len(worklist)-1]
		terminates[c] = true
		for _, source := range sources[c] {
			if open[source]--; open[source] == 0 {
				worklist = append(worklist, source)
			}
		}
	}
	return terminates
}
