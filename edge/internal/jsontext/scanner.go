// Package jsontext reads JSON strictly and in one pass, without reflection and
// without building a tree: the caller walks the text member by member, and what
// it does not want is checked and skipped.
//
// It follows RFC 8259 and is stricter where a lenient reader would lose or
// change something: two members of one object must not have the same name
// (clause 4: "SHOULD be unique"), text must be valid UTF-8 (clause 8.1), and a
// string must not hold U+0000 or half of a surrogate pair, which no header, path
// or body of CloudFront can carry.
package jsontext

import (
	"strconv"
	"strings"
)

// MaxDepth is how deep objects and arrays may nest. A CloudFront event nests
// eight deep; RFC 8259 clause 9 lets a reader set a limit.
const MaxDepth = 64

// A Scanner walks JSON text from left to right. The first error sticks: from then
// on the scanner is at the end of the text and every method returns the zero value,
// so callers check [Scanner.Err] once, at the end.
type Scanner struct {
	text  string
	pos   int
	depth int
	err   *Error

	name  Span // of the member name read last
	names names
}

// Init makes s ready to read text from its beginning.
func (s *Scanner) Init(text string) {
	s.text, s.pos, s.depth, s.err = text, 0, 0, nil
	s.names.n, s.names.maps = 0, nil // the marks are written before they are read
}

// Pos returns the offset in bytes of what is read next.
func (s *Scanner) Pos() int { return s.pos }

// Err returns the first error, or nil.
func (s *Scanner) Err() *Error { return s.err }

// Fail records an error at the byte offset pos, unless there is one already, and
// goes to the end of the text.
func (s *Scanner) Fail(pos int, reason string) {
	if s.err == nil {
		s.err = &Error{Offset: pos, Reason: reason}
	}
	s.pos = len(s.text)
}

// space skips white space (RFC 8259 clause 2) and returns the byte after it, or
// 0 at the end of the text and after an error. A NUL byte is no JSON, so 0 is
// never a valid answer.
func (s *Scanner) space() byte {
	if s.pos < len(s.text) && s.text[s.pos] > ' ' {
		return s.text[s.pos]
	}
	return s.skipSpace()
}

func (s *Scanner) skipSpace() byte {
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
		s.pos++
	}
	return 0
}

// End checks that only white space is left.
func (s *Scanner) End() {
	if s.space(); s.err == nil && s.pos < len(s.text) {
		s.unexpected("the end of the text")
	}
}

// unexpected records that something else than want stands at the current
// position.
func (s *Scanner) unexpected(want string) {
	if s.err != nil {
		return
	}
	s.Fail(s.pos, "got "+s.here()+"; want "+want)
}

// here describes the token at the current position, for messages.
func (s *Scanner) here() string {
	if s.pos >= len(s.text) {
		return "the end of the text"
	}
	switch c := s.text[s.pos]; {
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '"':
		return "a string"
	case c == '-' || '0' <= c && c <= '9':
		return "a number"
	case strings.HasPrefix(s.text[s.pos:], "true"), strings.HasPrefix(s.text[s.pos:], "false"):
		return "a boolean"
	case strings.HasPrefix(s.text[s.pos:], "null"):
		return "null"
	case c < 0x80:
		return "character " + strconv.QuoteRune(rune(c))
	default:
		return "byte 0x" + strconv.FormatUint(uint64(c), 16)
	}
}

// Null consumes a null and reports whether there was one.
func (s *Scanner) Null() bool {
	return s.space() == 'n' && s.literal("null")
}

// Bool reads a boolean; null reads as false.
func (s *Scanner) Bool() bool {
	switch s.space() {
	case 't':
		return s.literal("true")
	case 'f':
		s.literal("false")
	case 'n':
		s.literal("null")
	default:
		s.unexpected("true or false")
	}
	return false
}

// literal consumes word and reports whether it stood there.
func (s *Scanner) literal(word string) bool {
	if !strings.HasPrefix(s.text[s.pos:], word) {
		s.unexpected("a JSON value")
		return false
	}
	s.pos += len(word)
	return true
}

// Raw checks and skips one value and returns its text as it stands, without the
// white space around it.
func (s *Scanner) Raw() string {
	s.space()
	start := s.pos
	s.Skip()
	if s.err != nil {
		return ""
	}
	return s.text[start:s.pos]
}

// Skip checks and skips one value of any kind.
func (s *Scanner) Skip() {
	switch c := s.space(); {
	case c == '"':
		s.skipString()
	case c == '{':
		for m := s.Object(); m.Next(); {
			s.Skip()
		}
	case c == '[':
		for e := s.Array(); e.Next(); {
			s.Skip()
		}
	case c == 't':
		s.literal("true")
	case c == 'f':
		s.literal("false")
	case c == 'n':
		s.literal("null")
	case c == '-' || '0' <= c && c <= '9':
		s.number()
	default:
		s.unexpected("a JSON value")
	}
}

// Peek returns the first byte of the next token, 0 at the end of the text and
// after an error.
func (s *Scanner) Peek() byte { return s.space() }

// Text returns the text from the offset start to the current position, "" after
// an error.
func (s *Scanner) Text(start int) string {
	if s.err != nil {
		return ""
	}
	return s.text[start:s.pos]
}
