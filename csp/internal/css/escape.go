package css

import "unicode/utf8"

// An escape is a place in "\" and what follows (4.3.7).
type escape struct {
	begun  bool // after the "\"
	digits int  // hexadecimal, so far
	value  rune
}

// unescape reads a byte after "\".
func (s *Scanner) unescape(c byte) int {
	digit, isHex := hexDigit(c)
	switch {
	case isHex && s.escape.digits < 6:
		s.escape.value = s.escape.value<<4 | rune(digit)
		s.escape.digits++
		return 1
	case s.escape.digits > 0:
		s.endEscape()
		s.skipLF = c == '\r'
		if isSpace(c) {
			return 1 // it ends the digits
		}
		return 0
	case c == '\n' || c == '\r' || c == '\f':
		return s.escapedNewline(c)
	}
	s.escape.begun = false
	if s.collects() {
		s.keep(c)
	}
	return 1
}

// escapedNewline reads a newline after "\". It is part of a string, and no escape
// elsewhere.
func (s *Scanner) escapedNewline(c byte) int {
	s.escape.begun = false
	switch s.state {
	case inString:
		s.skipLF = c == '\r'
		return 1
	case inName:
		n := s.name([]byte{' '}) // the name is over
		s.other()
		return n
	case inURL:
		s.state = inBadURL
	}
	return 1
}

// endEscape takes the character whose digits have been read.
func (s *Scanner) endEscape() {
	r := s.escape.value
	if r == 0 || !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	s.escape = escape{}
	if !s.collects() {
		return
	}
	if s.state == inName && r < utf8.RuneSelf {
		r = rune(lower(byte(r)))
	}
	s.keep(utf8.AppendRune(nil, r)...)
}

// collects reports whether the text of the token matters.
func (s *Scanner) collects() bool {
	return s.state == inName || s.state == inURL || s.state == inString && s.kind != 0
}

func hexDigit(c byte) (value byte, ok bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}
