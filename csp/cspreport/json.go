package cspreport

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// maxDepth is how deep JSON may nest; reports nest three deep.
const maxDepth = 32

// A scanner walks JSON text from left to right, without reflection and without
// building a tree. It is lenient where browsers are careless: Chromium and WebKit
// cut samples in the middle of a surrogate pair, and send bytes that are not UTF-8.
// The first error sticks: from then on it is at the end of the text, and every
// method gives the zero value.
type scanner struct {
	data  []byte
	pos   int
	depth int
	err   *ParseError
}

func (s *scanner) fail(kind Kind, reason string) {
	if s.err == nil {
		s.err = &ParseError{Kind: kind, Offset: s.pos, Reason: reason}
	}
	s.pos = len(s.data)
}

// peek gives the first byte of the next token, or 0 at the end of the text, where
// pos is its length.
func (s *scanner) peek() byte {
	for ; s.pos < len(s.data); s.pos++ {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// take consumes the token c, or fails.
func (s *scanner) take(c byte) bool {
	switch got := s.peek(); {
	case got == c:
		s.pos++
		return true
	case s.pos == len(s.data):
		s.fail(EndsEarly, "the text ends where "+strconv.QuoteRune(rune(c))+" is wanted")
	default:
		s.fail(NotJSON, "got "+strconv.QuoteRune(rune(got))+", want "+strconv.QuoteRune(rune(c)))
	}
	return false
}

// members reads an object and calls member for each of its names, which must
// consume the value.
func (s *scanner) members(member func(name string)) {
	s.items('{', '}', func() {
		if s.peek() != '"' {
			s.take('"')
			return
		}
		name, _ := s.text(MaxText)
		if s.take(':') {
			member(name)
		}
	})
}

// elements reads an array and calls element for each of its elements, which must
// consume it.
func (s *scanner) elements(element func()) { s.items('[', ']', element) }

func (s *scanner) items(open, end byte, item func()) {
	if !s.take(open) {
		return
	}
	if s.depth++; s.depth > maxDepth {
		s.fail(NotJSON, "it nests too deep")
	}
	defer func() { s.depth-- }()
	if s.peek() == end {
		s.pos++
		return
	}
	for s.err == nil {
		item()
		if s.peek() == end {
			s.pos++
			return
		}
		s.take(',')
	}
}

// skip consumes a value of any kind.
func (s *scanner) skip() {
	switch s.peek() {
	case '{':
		s.members(func(string) { s.skip() })
	case '[':
		s.elements(s.skip)
	default:
		s.scalar(0)
	}
}

// strings consumes a value of any kind, and calls found for each string that is
// the value of a member or an element.
func (s *scanner) strings(found func(text string)) {
	switch s.peek() {
	case '{':
		s.members(func(string) { s.strings(found) })
	case '[':
		s.elements(func() { s.strings(found) })
	case '"':
		if text, _ := s.text(MaxBody); s.err == nil {
			found(text)
		}
	default:
		s.scalar(0)
	}
}

// scalar reads a value and gives the text of a string, a number or a boolean, at
// most limit bytes of it, and whether that is less than all. Null and what nests have
// no text.
func (s *scanner) scalar(limit int) (text string, cut bool) {
	switch s.peek() {
	case '"':
		return s.text(limit)
	case '{', '[':
		s.skip()
		return "", false
	}
	begin := s.pos
	for s.pos < len(s.data) && isLiteral(s.data[s.pos]) {
		s.pos++
	}
	text = string(s.data[begin:min(s.pos, begin+MaxText)])
	switch _, err := strconv.ParseFloat(text, 64); {
	case text == "null":
		return "", false
	case text == "true", text == "false":
		return text, false
	case err == nil, isRange(err):
		return text, false
	}
	s.pos = begin
	if begin == len(s.data) {
		s.fail(EndsEarly, "the text ends where a value is wanted")
	} else {
		s.fail(NotJSON, "got "+strconv.QuoteRune(rune(s.data[begin]))+", want a value")
	}
	return "", false
}

func isLiteral(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'
}

func isRange(err error) bool {
	e, ok := err.(*strconv.NumError)
	return ok && e.Err == strconv.ErrRange
}

// number reads a whole number from 0 to limit, as a number or as a string. What
// is below, above or no number is 0 or limit.
func (s *scanner) number(limit int64) int64 {
	text, _ := s.scalar(MaxText)
	f, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil && !isRange(err), math.IsNaN(f), f < 0:
		return 0
	case f >= float64(limit):
		return limit
	}
	return int64(f)
}

// text reads a string and gives at most limit bytes of what it stands for, whole
// characters, and whether that is less than all.
func (s *scanner) text(limit int) (text string, cut bool) {
	s.pos++ // the quotation mark
	var out []byte
	for s.pos < len(s.data) {
		var c rune
		switch b := s.data[s.pos]; {
		case b == '"':
			s.pos++
			return string(out), cut
		case b == '\\':
			c = s.escape()
		case b < utf8.RuneSelf:
			c = rune(b)
			s.pos++
		default: // what is not UTF-8 becomes U+FFFD
			var size int
			c, size = utf8.DecodeRune(s.data[s.pos:])
			s.pos += size
		}
		if cut || len(out)+utf8.RuneLen(c) > limit {
			cut = true
			continue
		}
		out = utf8.AppendRune(out, c)
	}
	s.fail(EndsEarly, "the text ends within a string")
	return "", false
}
