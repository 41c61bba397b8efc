package jsontext

// names finds a name that stands twice in an object without storing the names: a mark
// of 64 bits rules out nearly all, and for the few others the object's text is read
// again up to there. The marks of an object stand after those of the objects around it.
// One for which there is no room gets a map, so that a hostile one costs no quadratic
// time.
type names struct {
	n     int
	marks [48]uint64
	large map[uint32]map[string]struct{} // by where the object's first member begins
}

// addName adds a name, which begins at the offset at, to those of the object m, and
// reports whether it is new.
func (m *Members) addName(name string, at int) bool {
	known := &m.s.names
	if known.n == len(known.marks) || known.large != nil && known.large[m.start] != nil {
		return m.addLarge(name, at)
	}
	mark := nameMark(name)
	for _, other := range known.marks[m.first:known.n] {
		if other == mark && m.has(name, at) {
			return false
		}
	}
	known.marks[known.n] = mark
	known.n++
	return true
}

// has reports whether name stands in the object before the offset at.
func (m *Members) has(name string, at int) bool {
	for other := range m.namesBefore(at) {
		if other == name {
			return true
		}
	}
	return false
}

// addLarge is addName for an object that has no room for marks.
func (m *Members) addLarge(name string, at int) bool {
	known := &m.s.names
	set := known.large[m.start]
	if set == nil {
		set = make(map[string]struct{})
		for other := range m.namesBefore(at) {
			set[other] = struct{}{}
		}
		if known.large == nil {
			known.large = make(map[uint32]map[string]struct{})
		}
		known.large[m.start] = set
		known.n = int(m.first) // leaves room for the objects in it
	}
	before := len(set)
	set[name] = struct{}{}
	return len(set) > before
}

// namesBefore reads the names of the object again, which are known to be right up to
// the offset at.
func (m *Members) namesBefore(at int) func(yield func(string) bool) {
	text, start := m.s.text[:at], int(m.start)
	return func(yield func(string) bool) {
		s := Scanner{text: text, pos: start}
		for s.space() == '"' && yield(s.String()) {
			s.space()
			s.pos++ // the colon
			s.Skip()
			s.space()
			s.pos++ // the comma
		}
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
