package jsontext

// A nameSet finds a name that stands twice in an object without storing the names:
// a filter of 256 bits rules out nearly all, and for the few others it reads the
// object's text up to there again. An object with many members gets a map, so that
// a hostile one costs no quadratic time.
type nameSet struct {
	start  int // where the object's first member begins
	n      int // how many names have been added
	filter [4]uint64
	large  map[string]struct{}
}

// small is how many members an object has at most without a map.
const small = 32

// add adds name, which follows the text so far, and reports whether it is new.
func (ns *nameSet) add(text string, name string) bool {
	if ns.n++; ns.n > small {
		return ns.addLarge(text, name)
	}
	h := filterHash(name)
	word, bit := &ns.filter[h>>6], uint64(1)<<(h&63)
	if *word&bit == 0 {
		*word |= bit
		return true
	}
	fresh := true
	ns.each(text, func(other string) bool {
		fresh = other != name
		return fresh
	})
	return fresh
}

// addLarge is add for an object with more than a few members.
func (ns *nameSet) addLarge(text string, name string) bool {
	if ns.large == nil {
		ns.large = make(map[string]struct{})
		ns.each(text, func(name string) bool {
			ns.large[name] = struct{}{}
			return true
		})
	}
	before := len(ns.large)
	ns.large[name] = struct{}{}
	return len(ns.large) > before
}

// each calls yield with the names in text, which is known to be the beginning of an
// object, until yield returns false.
func (ns *nameSet) each(text string, yield func(name string) bool) {
	s := Scanner{text: text, pos: ns.start}
	for s.space() == '"' && yield(s.String()) {
		s.space()
		s.pos++ // the colon
		s.Skip()
		s.space()
		s.pos++ // the comma
	}
}

// filterHash maps a name to one of 256 numbers. Equal names have equal numbers;
// that is all that add relies on.
func filterHash(name string) uint8 {
	n := len(name)
	if n == 0 {
		return 0
	}
	mix := uint32(n) + uint32(name[0])<<8 + uint32(name[n/2])<<16 + uint32(name[n-1])<<24
	return uint8(mix * 2654435761 >> 24) // Knuth's multiplicative hash
}
