package css

import (
	"bytes"
	"unicode/utf8"
)

// A state is a place in the tokenization (CSS Syntax 4.3).
type state uint8

const (
	inNothing  state = iota // between tokens
	afterSlash              // which begins a comment, or is a delimiter
	inComment
	inStar // after a "*" in a comment
	inName // an identifier, the name of an at-rule, a hash or a number
	inString
	beforeURL // after "url(" and white space
	inURL     // without quotes
	afterURL  // after white space in it, which only ")" may follow
	inBadURL
	tooDeep // what follows is not read
)

// step reads one token or a part of it, and gives its length. It gives 0 if there is
// only another state to go on in.
func (s *Scanner) step(b []byte) int {
	if s.skipLF {
		s.skipLF = false
		if b[0] == '\n' {
			return 1
		}
	}
	if s.escape.begun {
		return s.unescape(b[0])
	}
	switch s.state {
	case afterSlash, inComment, inStar:
		return s.comment(b)
	case inName:
		return s.name(b)
	case inString:
		return s.string(b)
	case beforeURL, inURL, afterURL, inBadURL:
		return s.url(b[0])
	case tooDeep:
		return len(b)
	}
	return s.begin(b[0])
}

// begin reads the first byte of a token.
func (s *Scanner) begin(c byte) int {
	switch {
	case isSpace(c):
	case isName(c):
		s.beginName(0)
		if '0' <= c && c <= '9' {
			s.prefix = c
		}
		return 0
	case c == '@', c == '#':
		s.beginName(c)
	case c == '\\':
		s.beginName(0)
		s.escape.begun = true
	case c == '"', c == '\'':
		s.beginString(c, s.stringKind())
	case c == '/':
		s.state = afterSlash
	default:
		s.punctuation(c)
	}
	return 1
}

func (s *Scanner) comment(b []byte) int {
	switch {
	case s.state == inComment:
		i := bytes.IndexByte(b, '*')
		if i < 0 {
			return len(b)
		}
		s.state = inStar
		return i + 1
	case s.state == afterSlash && b[0] == '*':
		s.state = inComment
	case s.state == afterSlash:
		s.state = inNothing
		s.other()
		return 0
	case b[0] == '/':
		s.state = inNothing
	case b[0] != '*':
		s.state = inComment
	}
	return 1
}

func (s *Scanner) beginName(prefix byte) {
	s.state, s.prefix, s.text = inName, prefix, s.text[:0]
}

// name reads a part of a name, or sees that it ended before.
func (s *Scanner) name(b []byte) int {
	const longest = 32 // longer than every name that matters
	n := 0
	for ; n < len(b) && isName(b[n]); n++ {
		if len(s.text) < longest {
			s.text = append(s.text, lower(b[n]))
		}
	}
	if n > 0 {
		return n
	}
	c := b[0]
	if c == '\\' {
		s.escape.begun = true
		return 1
	}
	s.state = inNothing
	switch {
	case s.prefix == '@':
		s.atRule(string(s.text))
	case s.prefix == 0 && c == '(':
		s.function(string(s.text))
		return 1
	default:
		s.other()
	}
	return 0
}

func (s *Scanner) beginString(quote byte, kind Kind) {
	s.state, s.quote, s.kind, s.begun = inString, quote, kind, s.offset
	s.text, s.cut = s.text[:0], false
}

// string reads a part of a string (4.3.5). A newline makes it a bad one.
func (s *Scanner) string(b []byte) int {
	for i, c := range b {
		switch c {
		case s.quote:
			s.state = inNothing
			s.found()
			return i + 1
		case '\\':
			s.escape.begun = true
			return i + 1
		case '\n', '\r', '\f':
			s.state = inNothing
			return i + 1
		}
		if s.kind != 0 {
			s.keep(c)
		}
	}
	return len(b)
}

func (s *Scanner) beginURL() {
	s.state, s.kind, s.text, s.cut = beforeURL, s.urlKind(), s.text[:0], false
}

// url reads a byte of "url(" without quotes (4.3.6, 4.3.14).
func (s *Scanner) url(c byte) int {
	switch {
	case s.state == beforeURL && isSpace(c):
		return 1
	case s.state == beforeURL && (c == '"' || c == '\''):
		s.push(bracketParen)
		if s.state == beforeURL {
			s.beginString(c, s.kind)
		}
		return 1
	case s.state == beforeURL:
		s.state, s.begun = inURL, s.offset
		return 0
	case c == ')':
		if s.state != inBadURL {
			s.found()
		}
		s.state = inNothing
	case c == '\\':
		if s.state == afterURL {
			s.state = inBadURL
		}
		s.escape.begun = true
	case s.state == inBadURL:
	case isSpace(c):
		s.state = afterURL
	case s.state == afterURL || c == '"' || c == '\'' || c == '(' || isControl(c):
		s.state = inBadURL
	default:
		s.keep(c)
	}
	return 1
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
}

// isName reports the bytes that a name may have: letters, digits, "_", "-" and all of
// characters outside ASCII. A NUL is one by then (3.3).
func isName(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c >= utf8.RuneSelf || c == 0
}

// isControl reports the bytes that the specification calls non-printable, but for NUL.
func isControl(c byte) bool {
	return 0 < c && c <= 8 || c == 0xb || 0xe <= c && c <= 0x1f || c == 0x7f
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
