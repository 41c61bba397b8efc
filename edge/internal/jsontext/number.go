package jsontext

import (
	"math"
	"strconv"
)

// maxInt is the largest whole number that every JSON reader agrees on (RFC 8259
// clause 6: integers up to 2**53-1 are interoperable), or on a 32-bit host, where
// edgepack runs too, the largest int.
const maxInt = (1<<53 - 1) & math.MaxInt

// Int reads a whole number in any of JSON's spellings (30, 30.0, 3e1); null reads
// as 0.
func (s *Scanner) Int() int {
	if n, ok := s.fewDigits(); ok {
		return n
	}
	if s.space() == 'n' && s.literal("null") {
		return 0
	}
	start := s.pos
	text := s.number()
	if s.err != nil {
		return 0
	}
	n, err := strconv.Atoi(text)
	large := n > maxInt || n < -maxInt
	if err != nil {
		f, ferr := strconv.ParseFloat(text, 64)
		if ferr != nil || f != math.Trunc(f) {
			s.Fail(start, "got the number "+Shorten(text)+"; want a whole number")
			return 0
		}
		n, large = int(f), f > maxInt || f < -maxInt
	}
	if large {
		s.Fail(start, "got the number "+Shorten(text)+"; want at most "+strconv.Itoa(maxInt))
		return 0
	}
	return n
}

// fewDigits reads a number that is one to nine digits without a leading zero and is
// followed by a comma or a closing brace. It consumes nothing if there is another.
func (s *Scanner) fewDigits() (n int, ok bool) {
	for i := s.pos; i < len(s.text) && i < s.pos+10; i++ {
		switch c := s.text[i]; {
		case '0' <= c && c <= '9' && (i == s.pos || n > 0):
			n = n*10 + int(c-'0')
		case (c == ',' || c == '}') && i > s.pos:
			s.pos = i
			return n, true
		default:
			return 0, false
		}
	}
	return 0, false
}

// number checks and skips a number (RFC 8259 clause 6) and returns its text.
func (s *Scanner) number() string {
	if c := s.space(); c != '-' && (c < '0' || c > '9') {
		s.unexpected("a number")
		return ""
	}
	start := s.pos
	if s.text[s.pos] == '-' {
		s.pos++
	}
	if s.pos < len(s.text) && s.text[s.pos] == '0' {
		s.pos++
	} else {
		s.digits()
	}
	if s.pos < len(s.text) && s.text[s.pos] == '.' {
		s.pos++
		s.digits()
	}
	if s.pos < len(s.text) && (s.text[s.pos] == 'e' || s.text[s.pos] == 'E') {
		s.pos++
		if s.pos < len(s.text) && (s.text[s.pos] == '+' || s.text[s.pos] == '-') {
			s.pos++
		}
		s.digits()
	}
	if s.err != nil {
		return ""
	}
	return s.text[start:s.pos]
}

// digits skips one or more digits.
func (s *Scanner) digits() {
	start := s.pos
	for s.pos < len(s.text) && '0' <= s.text[s.pos] && s.text[s.pos] <= '9' {
		s.pos++
	}
	if s.pos == start {
		s.unexpected("a digit")
	}
}
