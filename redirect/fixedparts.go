package redirect

import (
	"slices"
	"strings"
)

// fixedParts is what is fixed in the patterns of a table: enough to say of most
// targets, in which names leave parts open, that no pattern matches them.
type fixedParts struct {
	site                  *site
	shapes                []seededShape
	exactSlots, wildSlots string // slots of all patterns
	// values are, for each shape and segment, the hashes of what is fixed there.
	values map[shape][]hashSet
	hasher hasher
}

// A hashSet is a list of hashes, of which many are added more than once.
type hashSet struct {
	list   []uint64
	sorted int // how many of list are, and differ
}

// add adds a hash. The set has to be sorted before it is asked.
func (s *hashSet) add(h uint64) {
	if len(s.list) > 2*s.sorted+1024 {
		s.sort()
	}
	s.list = append(s.list, h)
}

func (s *hashSet) sort() {
	slices.Sort(s.list)
	s.list = slices.Compact(s.list)
	s.sorted = len(s.list)
}

func (s *hashSet) has(h uint64) bool {
	_, found := slices.BinarySearch(s.list, h)
	return found
}

// newFixedParts collects what is fixed in the rules of b, which has been finished.
func newFixedParts(b *builder) *fixedParts {
	f := &fixedParts{site: b.site, exactSlots: b.exactSlots, wildSlots: b.wildSlots, values: map[shape][]hashSet{}}
	for _, s := range b.sortedShapes() {
		sh := shape(s)
		f.shapes = append(f.shapes, seededShape{shape: sh, seed: b.seeds[sh]})
		f.values[sh] = make([]hashSet, sh.fixedSegments())
	}
	setSharedPrefixes(f.shapes)
	var e entry
	for _, offset := range b.offsets {
		b.entryAt(&e, offset)
		sh := shapeOf(e.host, e.pattern)
		f.hasher.cut(e.pattern, maxSegments)
		values := f.values[sh]
		for i := range values {
			if h, ok := sh.fixedHash(i, f.hasher.segment(i)); ok {
				values[i].add(h)
			}
		}
	}
	for _, values := range f.values {
		for i := range values {
			values[i].sort()
		}
	}
	return f
}

// fixedSegments returns how many segments of a path to compare with those that are
// fixed. Of exact patterns, of which there are the most, two will do.
func (sh shape) fixedSegments() int {
	if sh[0]&shapeExact != 0 {
		return 2
	}
	return len(sh) - shapeHeaderLen
}

// fixedHash returns the hash of what is fixed in segment i, if it is text; ok is
// false if nothing is.
func (sh shape) fixedHash(i int, text string) (h uint64, ok bool) {
	if sh[0]&shapeExact != 0 {
		return hash(0, text), true
	}
	switch n := int(sh[shapeHeaderLen+i]); {
	case n == segmentAny:
		return 0, false
	case n == segmentLiteral:
		return hash(0, text), true
	default:
		return hash(0, text[:min(n, len(text))]), true
	}
}

// mayMatch reports whether a rule may be for a request whose path is that of a
// target, whatever the names in it stand for.
func (f *fixedParts) mayMatch(path string, names *captures) bool {
	f.hasher.cut(path, maxSegments)
	known := min(f.hasher.n, maxFixed) // segments from here on are not known
	open := false
	var named [maxFixed]bool // a name stands in the segment
	if names.occurIn(path) {
		for i := range known {
			if names.has("splat") && strings.Contains(f.hasher.segment(i), ":splat") {
				known, open = i, true
				break
			}
			named[i] = names.occurIn(f.hasher.segment(i))
		}
	}
	if f.site.ignoreSlash && known > 0 && named[known-1] {
		open = true // a value that is empty leaves a slash, which does not count
	}
	for i := range f.shapes {
		if f.mayHave(&f.shapes[i], path, &named, known, open) {
			return true
		}
	}
	return false
}

// mayHave reports whether a pattern of a shape may match a path of which the first
// known segments are known but for those that are named, and which ends there
// unless it is open.
func (f *fixedParts) mayHave(sh *seededShape, path string, named *[maxFixed]bool, known int, open bool) bool {
	exact := sh.shape[0]&shapeExact != 0
	key, fits := uint64(0), true
	if !exact {
		key, fits = f.hasher.key(sh)
		if n := int(sh.shape[1]); sh.shape[0]&shapeOpen == 0 && (known > n && !open || known < n && !open && known < maxFixed) {
			return false
		}
	}
	certain := !open && sh.shape[0]&shapeHost == 0 && known == f.hasher.n
	values := f.values[sh.shape]
	for i := range values {
		if i >= known {
			certain = certain && exact
			break
		}
		if named[i] {
			certain = false
			continue
		}
		if h, ok := sh.fixedHash(i, f.hasher.segment(i)); ok && !values[i].has(h) {
			return false
		}
	}
	if exact && known > 0 {
		for _, n := range named[:known] {
			certain = certain && !n
		}
	}
	switch {
	case !certain:
		return true
	case exact:
		return hasKey(f.exactSlots, sh.exactKey(sh.seed, "", path))
	}
	return fits && hasKey(f.wildSlots, key)
}
