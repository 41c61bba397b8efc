package jsontext

import "strconv"

// Members are the members of an object, in the order in which they stand. The loop
//
//	for m := s.Object(); m.Next(); {
//		switch m.Name { ... }
//	}
//
// must consume the value of each in its body.
type Members struct {
	// No more than four fields: that many the compiler hands over in registers, and to
	// copy a larger struct through memory takes longer than to read a member.

	Name  string // the present member's, unescaped
	s     *Scanner
	start uint32 // where the first member begins; 0 before it is read
	first uint32 // the first of the object's marks in s.names
}

// Object begins to read an object.
func (s *Scanner) Object() Members {
	s.open('{', "an object")
	return Members{s: s, first: uint32(s.names.n)}
}

// Next reads the name of the next member and reports whether there is one. A name
// that stands twice is an error.
func (m *Members) Next() bool {
	// The form in which nearly all stand: a comma, a plain name, a colon, no white space.
	s := m.s
	if at := s.pos + 1; m.start > 0 && at < len(s.text) && s.text[at-1] == ',' && s.text[at] == '"' {
		from := at + 1
		if to := plainEnd(s.text, from); to+1 < len(s.text) && s.text[to] == '"' && s.text[to+1] == ':' {
			if name := s.text[from:to]; m.addName(name, at) {
				m.Name, s.name = name, Span{uint32(from), uint32(to - from)}
				s.pos = to + 2
				return true
			}
		}
	}
	return m.next()
}

// next is Next for all forms.
func (m *Members) next() bool {
	s := m.s
	if m.start > 0 {
		if !s.more('}', "a comma or the end of the object") {
			s.names.n = int(m.first)
			return false
		}
	} else {
		if s.space() == '}' {
			s.close()
			return false
		}
		m.start = uint32(s.pos)
	}
	if s.space() != '"' {
		s.unexpected("a member name")
		return false
	}
	at := s.pos
	s.name = s.spanHere()
	name := s.name.In(s.text)
	if s.err == nil && !m.addName(name, at) {
		s.Fail(at, "member "+strconv.Quote(Shorten(name))+" stands twice in one object")
	}
	m.Name = name
	if s.space() != ':' {
		s.unexpected("a colon after the member name")
		return false
	}
	s.pos++
	return true
}

// Span returns where the present member's name stands. It is asked before the
// member's value is read.
func (m *Members) Span() Span { return m.s.name }

// Elements are the elements of an array, in order. The loop
//
//	for e := s.Array(); e.Next(); {
//		...
//	}
//
// must consume each in its body.
type Elements struct {
	Index int // the present element's, from 0

	s *Scanner
}

// Array begins to read an array.
func (s *Scanner) Array() Elements {
	s.open('[', "an array")
	return Elements{Index: -1, s: s}
}

// Next goes to the next element and reports whether there is one.
func (e *Elements) Next() bool {
	s := e.s
	e.Index++
	if e.Index > 0 {
		return s.more(']', "a comma or the end of the array")
	}
	if s.space() == ']' {
		s.close()
		return false
	}
	return s.err == nil
}

// open consumes the bracket that begins an object or an array.
func (s *Scanner) open(bracket byte, want string) {
	switch {
	case s.space() != bracket:
		s.unexpected(want)
	case s.depth == MaxDepth:
		s.Fail(s.pos, "nested deeper than "+strconv.Itoa(MaxDepth)+" levels")
	default:
		s.depth++
		s.pos++
	}
}

// close consumes the bracket that ends an object or an array.
func (s *Scanner) close() {
	s.depth--
	s.pos++
}

// more consumes what stands after a member or an element and reports whether
// another one follows.
func (s *Scanner) more(bracket byte, want string) bool {
	switch s.space() {
	case ',':
		s.pos++
		return true
	case bracket:
		s.close()
	default:
		s.unexpected(want)
	}
	return false
}
