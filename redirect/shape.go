package redirect

import (
	"math/bits"
	"strings"
)

// A shape is what is literal in a pattern: which of its first segments are fixed,
// whole or at their beginning. Rules of one shape lie in one hash table under a
// hash of what is fixed, so a lookup hashes the path once for each shape, of which
// even large tables have few, and not once for each rule. (Packet classifiers know
// this as tuple space search.) It is a filter: matchPattern has the last word.
//
// A shape is a string, and so it lies in a compiled table: a byte of flags, the
// number of segments, and a byte for each fixed segment or one before.
type shape string

// Flags of a shape.
const (
	shapeHost  = 1 << iota // the host is fixed
	shapeExact             // so is all of the path; nothing else follows
	shapeOpen              // a * may stand for more segments
)

// Bytes for a segment; others are the length of its fixed beginning.
const (
	segmentAny     = 0
	segmentLiteral = 255
)

// maxFixed is how many segments of a pattern a shape looks at.
const maxFixed = 16

// maxShapes is how many shapes a table may have: each costs every lookup some
// nanoseconds.
const maxShapes = 1000

// shapeOf returns the shape of a rule.
func shapeOf(host, pattern string) shape {
	flags := byte(0)
	if host != "" {
		flags |= shapeHost
	}
	if !hasSign(pattern) {
		return shape([]byte{flags | shapeExact})
	}
	b := []byte{flags, 0}
	fixed := len(b)
	segments := 0
	for segment := range strings.SplitSeq(pattern[1:], "/") {
		literal, _, splat := cutSplat(segment)
		before, name, _ := cutName(literal)
		kind := byte(segmentLiteral)
		if splat || name != "" {
			kind = byte(min(len(before), segmentLiteral-1))
		}
		if len(b) < shapeHeaderLen+maxFixed {
			b = append(b, kind)
			if kind != segmentAny {
				fixed = len(b)
			}
		}
		if splat {
			b[0] |= shapeOpen
			break
		}
		segments++
	}
	b[1] = byte(min(segments, maxSegments-1))
	return shape(b[:fixed])
}

// shapeHeaderLen is the length of a shape without segments.
const shapeHeaderLen = 2

// isValid reports whether sh is what shapeOf may return.
func (sh shape) isValid() bool {
	if len(sh) == 0 {
		return false
	}
	if sh[0]&shapeExact != 0 {
		return len(sh) == 1
	}
	return len(sh) >= shapeHeaderLen && len(sh) <= shapeHeaderLen+maxFixed
}

// fits reports whether a path of n segments may have the shape.
func (sh shape) fits(n int) bool {
	segments := int(sh[1])
	return n >= segments && (n == segments || sh[0]&shapeOpen != 0) && n >= len(sh)-shapeHeaderLen
}

// newSeed returns the seed of a shape's hashes.
func (sh shape) newSeed() uint64 { return hash(2, string(sh)) }

// exactKey returns the hash under which rules for this very path lie.
func (sh shape) exactKey(seed uint64, host, path string) uint64 {
	if sh[0]&shapeHost != 0 {
		seed = hash(seed, host)
	}
	return hash(seed, path)
}

// A seededShape is a shape of a table with its seed.
type seededShape struct {
	shape
	seed         uint64
	sharedPrefix int // how many segments are fixed as in the shape before it
}

// setSharedPrefixes sets what each shape has in common with the one before it.
func setSharedPrefixes(shapes []seededShape) {
	for i := 1; i < len(shapes); i++ {
		a, b := shapes[i-1].shape, shapes[i].shape
		n := 0
		for k := shapeHeaderLen; k < min(len(a), len(b)) && a[k] == b[k]; k++ {
			n++
		}
		shapes[i].sharedPrefix = n
	}
}

// A hasher computes the keys of a path for one shape after the other: the hashes
// under which rules of that shape lie. A pattern's own segments have the same hash
// as those of the paths that it matches.
type hasher struct {
	host  string
	path  string
	begin [maxFixed + 1]uint32 // of the first segments, and of what is behind them
	n     int                  // segments of the path, or the limit of cut if there are more
	sum   [maxFixed + 1]uint64 // sum[i] is the hash of what the last shape fixes in the first i segments
	done  int                  // how many segments sum is for
}

// maxSegments is how many segments a shape counts.
const maxSegments = 255

// cut begins with a path, of which it looks at no more than limit segments.
func (h *hasher) cut(path string, limit int) {
	h.path, h.n, h.done = path, 0, 0
	h.begin[0] = 1
	for i := 1; h.n < limit; i++ {
		for i < len(path) && path[i] != '/' {
			i++
		}
		if h.n++; h.n <= maxFixed {
			h.begin[h.n] = uint32(i + 1)
		}
		if i >= len(path) {
			return
		}
	}
}

// segment returns segment i, "" if there is none.
func (h *hasher) segment(i int) string {
	if i >= min(h.n, maxFixed) {
		return ""
	}
	return h.path[min(int(h.begin[i]), len(h.path)) : h.begin[i+1]-1]
}

// key returns the key for sh; ok is false if the path cannot have that shape. Where
// sh begins like the shape before it, so does its key.
func (h *hasher) key(sh *seededShape) (key uint64, ok bool) {
	h.done = min(h.done, sh.sharedPrefix)
	if !sh.fits(h.n) {
		return 0, false
	}
	for fixed := len(sh.shape) - shapeHeaderLen; h.done < fixed; h.done++ {
		kind := int(sh.shape[shapeHeaderLen+h.done])
		if kind == segmentAny {
			h.sum[h.done+1] = bits.RotateLeft64(h.sum[h.done], 23) + 0x9e3779b97f4a7c15
			continue
		}
		text := h.segment(h.done)
		if kind != segmentLiteral {
			if len(text) < kind {
				return 0, false
			}
			text = text[:kind]
		}
		h.sum[h.done+1] = hash(h.sum[h.done]+uint64(kind), text)
	}
	key = mix(h.sum[h.done]^sh.seed, 0xa0761d6478bd642f)
	if sh.shape[0]&shapeHost != 0 {
		key = mix(key^hash(1, h.host), 0x8ebc6af09c88c6e3)
	}
	return key, true
}
