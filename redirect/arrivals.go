package redirect

import "strings"

// arrivals is what is fixed in the patterns of a table: enough to say of most
// targets, in which names leave parts open, that no pattern matches them.
type arrivals struct {
	site   *site
	shapes []seededShape
	keys   map[uint64]bool             // of all patterns
	fixed  map[shape][]map[uint64]bool // for each shape and segment, the hashes of what is fixed there
}

func newArrivals(b *builder, drafts []draft) *arrivals {
	a := &arrivals{site: b.site, keys: make(map[uint64]bool, len(drafts)), fixed: map[shape][]map[uint64]bool{}}
	for _, s := range b.shapes {
		sh := shape(s)
		a.shapes = append(a.shapes, seededShape{sh, b.seeds[sh]})
		a.fixed[sh] = make([]map[uint64]bool, sh.fixedSegments())
		for i := range a.fixed[sh] {
			a.fixed[sh][i] = map[uint64]bool{}
		}
	}
	for i := range drafts {
		d := &drafts[i]
		a.keys[d.key] = true
		sh := shapeOf(d.host, d.pattern)
		var s segments
		s.cut(d.pattern)
		for i, set := range a.fixed[sh] {
			if h, ok := sh.fixedHash(i, s.at(i)); ok {
				set[h] = true
			}
		}
	}
	return a
}

// fixedSegments returns how many segments of a path to compare with those that are
// fixed. Of exact patterns, of which there are the most, two will do.
func (sh shape) fixedSegments() int {
	if sh[0]&shapeExact != 0 {
		return 2
	}
	return len(sh) - shapeHead
}

// fixedHash returns the hash of what is fixed in segment i, if it is text; ok is
// false if nothing is.
func (sh shape) fixedHash(i int, text string) (h uint64, ok bool) {
	if sh[0]&shapeExact != 0 {
		return hash(0, text), true
	}
	switch n := int(sh[shapeHead+i]); {
	case n == segmentAny:
		return 0, false
	case n == segmentLiteral:
		return hash(0, text), true
	default:
		return hash(0, text[:min(n, len(text))]), true
	}
}

// at returns segment i, "" if there is none.
func (s *segments) at(i int) string {
	if i < min(s.n, maxFixed) {
		return s.text[i]
	}
	return ""
}

// has reports whether a request may arrive at a rule when its path is that of a
// target, whatever its names stand for.
func (a *arrivals) has(path string) bool {
	var s segments
	s.cut(path)
	known := min(s.n, maxFixed) // segments from here on are not known
	open := false
	for i := range known {
		if strings.Contains(s.text[i], ":splat") {
			known, open = i, true
			break
		}
	}
	if a.site.ignoreSlash && known > 0 && hasName(s.text[known-1]) {
		open = true // a value that is empty leaves a slash, which does not count
	}
	for _, sh := range a.shapes {
		if a.mayMatch(sh, path, &s, known, open) {
			return true
		}
	}
	return false
}

// mayMatch reports whether a pattern of this shape may match a path of which the
// first known segments are known but for their names, and which ends there unless
// it is open.
func (a *arrivals) mayMatch(sh seededShape, path string, s *segments, known int, open bool) bool {
	exact := sh.shape[0]&shapeExact != 0
	if !exact && sh.shape[0]&shapeOpen == 0 && (known > int(sh.shape[1]) && !open || known < int(sh.shape[1]) && !open && known < maxFixed) {
		return false
	}
	certain := !open && sh.shape[0]&shapeHost == 0 && known == s.n
	for i, set := range a.fixed[sh.shape] {
		if i >= known {
			certain = certain && exact
			break
		}
		if hasName(s.text[i]) {
			certain = false
			continue
		}
		if h, ok := sh.shape.fixedHash(i, s.text[i]); ok && !set[h] {
			return false
		}
	}
	if !certain || exact && hasName(path) {
		return true
	}
	if exact {
		return a.keys[sh.exactKey(sh.seed, "", path)]
	}
	h, ok := sh.key(sh.seed, "", s)
	return ok && a.keys[h]
}
