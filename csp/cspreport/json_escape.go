package cspreport

import (
	"unicode/utf16"
	"unicode/utf8"
)

// escape reads an escape sequence (RFC 8259, 7). Half of a surrogate pair is
// U+FFFD.
func (s *scanner) escape() rune {
	s.pos++ // the backslash
	if s.pos == len(s.data) {
		return utf8.RuneError
	}
	c := s.data[s.pos]
	switch c {
	case '"', '\\', '/':
		s.pos++
		return rune(c)
	case 'u':
		return s.unicodeEscape()
	}
	for i, letter := range "bfnrt" {
		if c == byte(letter) {
			s.pos++
			return rune("\b\f\n\r\t"[i])
		}
	}
	s.fail(NotJSON, "there is no such escape sequence in a string")
	return utf8.RuneError
}

func (s *scanner) unicodeEscape() rune {
	c := s.hexDigits()
	if !utf16.IsSurrogate(c) {
		return c
	}
	if s.pos+1 < len(s.data) && s.data[s.pos] == '\\' && s.data[s.pos+1] == 'u' {
		begin := s.pos
		s.pos++
		if pair := utf16.DecodeRune(c, s.hexDigits()); pair != utf8.RuneError || s.err != nil {
			return pair
		}
		s.pos = begin // another character, not the other half
	}
	return utf8.RuneError
}

// hexDigits reads "u" and four hexadecimal digits.
func (s *scanner) hexDigits() rune {
	var c rune
	for i := range 4 {
		at := s.pos + 1 + i
		if at >= len(s.data) {
			s.pos = len(s.data) // text says that it ends early
			return utf8.RuneError
		}
		digit, ok := hexDigit(s.data[at])
		if !ok {
			s.fail(NotJSON, `got something else than four hexadecimal digits behind \u`)
			return utf8.RuneError
		}
		c = c<<4 | digit
	}
	s.pos += 5
	return c
}

func hexDigit(c byte) (rune, bool) {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0'), true
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10, true
	}
	return 0, false
}

// appendString appends s as a JSON string in printable ASCII: in a log, on a
// terminal and in a page it is text and nothing else. Control characters, those
// that turn text round, <, > and & are escaped with all that is not ASCII.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, c := range s {
		switch {
		case c == '"', c == '\\':
			dst = append(dst, '\\', byte(c))
		case ' ' <= c && c <= '~' && c != '<' && c != '>' && c != '&':
			dst = append(dst, byte(c))
		case c > 0xffff:
			high, low := utf16.EncodeRune(c)
			dst = appendEscape(appendEscape(dst, high), low)
		default:
			dst = appendEscape(dst, c)
		}
	}
	return append(dst, '"')
}

func appendEscape(dst []byte, c rune) []byte {
	const digits = "0123456789abcdef"
	return append(dst, '\\', 'u', digits[c>>12&15], digits[c>>8&15], digits[c>>4&15], digits[c&15])
}
