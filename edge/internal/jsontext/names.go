package jsontext

// names finds a name that stands twice in an object without storing the names: a mark
// of 64 bits tells nearly all apart. The marks of an object stand after those of the
// objects around it. An object of which two names have one mark, or which has more
// names than there is room for, gets a map, so that a hostile one costs no more than to
// read it twice.
type names struct {
	n     int
	marks [40]uint64
	maps  map[uint32]map[string]struct{} // by where the object's first member begins
}

// addName adds a name, which begins at the offset at, to those of the object, and
// reports whether it is new.
func (m *Members) addName(name string, at int) bool {
	known := &m.s.names
	if known.n == len(known.marks) || known.maps != nil && known.maps[m.start] != nil {
		return m.addToMap(name, at)
	}
	mark := nameMark(name)
	for _, other := range known.marks[m.first:known.n] {
		if other == mark {
			return m.addToMap(name, at)
		}
	}
	known.marks[known.n] = mark
	known.n++
	return true
}

// addToMap is addName for an object whose names the marks cannot hold.
func (m *Members) addToMap(name string, at int) bool {
	known := &m.s.names
	set := known.maps[m.start]
	if set == nil {
		set = m.namesBefore(at)
		if known.maps == nil {
			known.maps = make(map[uint32]map[string]struct{})
		}
		known.maps[m.start] = set
		known.n = int(m.first) // leaves room for the objects in it
	}
	before := len(set)
	set[name] = struct{}{}
	return len(set) > before
}

// namesBefore reads the names of the object again, which are known to be right up to
// the offset at.
func (m *Members) namesBefore(at int) map[string]struct{} {
	set := make(map[string]struct{})
	s := Scanner{text: m.s.text[:at], pos: int(m.start)}
	for s.space() == '"' {
		set[s.String()] = struct{}{}
		s.skipMember()
	}
	return set
}

// skipMember goes behind the comma that ends the present member of an object which is
// known to be right, or to the end of the text.
func (s *Scanner) skipMember() {
	depth := 0
	for s.pos < len(s.text) {
		switch s.text[s.pos] {
		case '"':
			s.skipString()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				s.pos++
				return
			}
		}
		s.pos++
	}
}

// nameMark maps a name to a number. Equal names have equal numbers, and nothing else is
// relied on; those of an event's names differ, as they do in length or in their last
// eight bytes.
func nameMark(name string) uint64 {
	n := len(name)
	switch {
	case n >= 8:
		return load(name[n-8:]) ^ uint64(n)<<56
	case n == 0:
		return 0
	}
	return uint64(n)<<56 | uint64(name[0]) | uint64(name[n/4])<<8 | uint64(name[n/2])<<16 | uint64(name[n-1])<<24 | uint64(name[n*3/4])<<32
}
