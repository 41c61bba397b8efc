package redirect

import "strings"

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
	if !strings.Contains(pattern, "*") && !hasName(pattern) {
		return shape([]byte{flags | shapeExact})
	}
	b := []byte{flags, 0}
	fixed := len(b)
	segments := 0
	for segment := range strings.SplitSeq(pattern[1:], "/") {
		literal, _, splat := strings.Cut(segment, "*")
		before, name, _ := cutName(literal)
		kind := byte(segmentLiteral)
		if splat || name != "" {
			kind = byte(min(len(before), segmentLiteral-1))
		}
		if len(b) < shapeHead+maxFixed {
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
	b[1] = byte(min(segments, 255))
	return shape(b[:fixed])
}

// shapeHead is the length of a shape without segments.
const shapeHead = 2

func hasName(pattern string) bool {
	_, name, _ := cutName(pattern)
	return name != ""
}

// segments are those of a path, cut and hashed once for all shapes.
type segments struct {
	n    int // of the path, at most 255
	text [maxFixed]string
	hash [maxFixed]uint64
}

func (s *segments) cut(path string) {
	for begin := 1; s.n < 255; {
		end := begin
		for end < len(path) && path[end] != '/' {
			end++
		}
		if s.n < maxFixed {
			s.text[s.n] = path[min(begin, end):end]
			s.hash[s.n] = hash(0, s.text[s.n])
		}
		s.n++
		if end >= len(path) {
			return
		}
		begin = end + 1
	}
}

// key returns the hash under which rules for host and a path with these segments
// lie; ok is false if the path is too short or too long for the shape. A pattern's
// own segments have the same hash as those of the paths that it matches. The seed
// is that of the shape.
func (sh shape) key(seed uint64, host string, s *segments) (h uint64, ok bool) {
	n := int(sh[1])
	if s.n < n || s.n > n && sh[0]&shapeOpen == 0 || s.n < len(sh)-shapeHead {
		return 0, false
	}
	h = seed
	if sh[0]&shapeHost != 0 {
		h = mix(h, hash(1, host)|1)
	}
	for i := shapeHead; i < len(sh); i++ {
		text, part := s.text[i-shapeHead], s.hash[i-shapeHead]
		switch n := int(sh[i]); n {
		case segmentAny:
			continue
		case segmentLiteral:
		default:
			if len(text) < n {
				return 0, false
			}
			part = hash(0, text[:n])
		}
		h = mix(h^part, 0x8ebc6af09c88c6e3)
	}
	return h, true
}

// exactKey returns the hash under which rules for this very path lie.
func (sh shape) exactKey(seed uint64, host, path string) uint64 {
	if sh[0]&shapeHost != 0 {
		seed = hash(seed, host)
	}
	return hash(seed, path)
}

// newSeed returns the seed of a shape's hashes.
func (sh shape) newSeed() uint64 { return hash(2, string(sh)) }

// A seededShape is a shape with its seed.
type seededShape struct {
	shape
	seed uint64
}

// isValid reports whether sh is what shapeOf may return.
func (sh shape) isValid() bool {
	if len(sh) == 0 {
		return false
	}
	if sh[0]&shapeExact != 0 {
		return len(sh) == 1
	}
	return len(sh) >= shapeHead && len(sh) <= shapeHead+maxFixed
}
