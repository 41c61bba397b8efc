package jsontext

import "strconv"

// Object reads an object and calls member with the name of each of its members,
// in the order in which they stand. The call must consume the member's value. A
// name that stands twice is an error.
func (s *Scanner) Object(member func(name string)) {
	if !s.open('{', "an object") {
		return
	}
	if s.space() == '}' {
		s.close()
		return
	}
	names := nameSet{start: s.pos}
	for s.err == nil {
		if s.space() != '"' {
			s.unexpected("a member name")
			return
		}
		start := s.pos
		name := s.stringHere()
		if s.err == nil && !names.add(s.text[:start], name) {
			s.Fail(start, "member "+strconv.Quote(Shorten(name))+" stands twice in one object")
		}
		if s.space() != ':' {
			s.unexpected("a colon after the member name")
			return
		}
		s.pos++
		member(name)
		if !s.more('}', "a comma or the end of the object") {
			return
		}
	}
}

// Array reads an array and calls element with the index of each of its elements.
// The call must consume the element.
func (s *Scanner) Array(element func(i int)) {
	if !s.open('[', "an array") {
		return
	}
	if s.space() == ']' {
		s.close()
		return
	}
	for i := 0; s.err == nil; i++ {
		element(i)
		if !s.more(']', "a comma or the end of the array") {
			return
		}
	}
}

// open consumes the bracket that begins an object or an array.
func (s *Scanner) open(bracket byte, want string) bool {
	if s.space() != bracket {
		s.unexpected(want)
		return false
	}
	if s.depth == MaxDepth {
		s.Fail(s.pos, "nested deeper than "+strconv.Itoa(MaxDepth)+" levels")
		return false
	}
	s.depth++
	s.pos++
	return true
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
		if s.err == nil {
			s.close()
		}
	default:
		s.unexpected(want)
	}
	return false
}
