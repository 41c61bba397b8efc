package js

import "unicode/utf8"

// A kind is a kind of token, as far as the rest of the package needs to know.
type kind uint8

const (
	kindName        kind = iota + 1 // an identifier or a keyword
	kindOperand                     // a number or a regular expression
	kindString                      // or a template without substitutions
	kindTemplate                    // the end of a template with substitutions
	kindSubst                       // "${", which interrupts a template
	kindPunctuation                 // of one byte
	kindArrow                       // "=>"
	kindUpdate                      // "++" and "--"
	kindDot                         // "." and "?."
	kindSpread                      // "..."
)

// A state is a place in a token.
type state uint8

const (
	inNothing state = iota
	inName
	inNumber
	inString
	inTemplate
	inRegExp
	inClass // "[...]" in a regular expression
	inFlags // of a regular expression
	inPunctuation
	afterSlash
	inLineComment
	inBlockComment
	tooDeep // what follows is not read
)

// A lexer is where in the tokens of a script the reading is.
type lexer struct {
	state   state
	text    []byte // of the token, if it matters
	cut     bool   // text is longer than maxText
	wanted  bool   // the text of the string matters
	begun   int64  // offset of the string
	offset  int64  // of the byte that is being read
	last    byte   // the quote that ends the string; the last byte that matters of a name or number
	escaped bool   // the last byte was a "\"
	skipLF  bool   // the last byte was an escaped CR
	dollar  bool   // the last byte of a template was a "$"
	star    bool   // the last byte of a comment was a "*"
	subst   bool   // the template has had a substitution

	newline  bool   // there has been one since the last token
	begins   bool   // there has been a token
	afterDot bool   // the last token was a dot
	partial  []byte // the beginning of a character outside ASCII
}

// step reads one token or a part of it, and gives its length. It gives 0 if there is
// only another state to go on in.
func (s *Scanner) step(b []byte) int {
	l := &s.lexer
	switch l.state {
	case inString, inTemplate:
		return s.string(b)
	case inBlockComment:
		return l.blockComment(b)
	case tooDeep:
		return len(b)
	}
	if n := l.run(b); n > 0 {
		return n
	}
	if b[0] >= utf8.RuneSelf || len(l.partial) > 0 {
		return s.nonASCII(b[0])
	}
	return s.byte(b[0])
}

// byte reads a byte that is not in a string, a template or a comment with a "*".
func (s *Scanner) byte(c byte) int {
	l := &s.lexer
	switch l.state {
	case inName:
		return s.name(c)
	case inNumber:
		return s.number(c)
	case inRegExp, inClass:
		return s.regExp(c)
	case inFlags:
		if isNamePart(c) {
			return 1
		}
		s.end(kindOperand)
		return 0
	case inPunctuation:
		return s.punctuation(c)
	case afterSlash:
		return s.slash(c)
	case inLineComment:
		if !isNewline(c) {
			return 1
		}
		l.state = inNothing
	}
	return s.begin(c)
}

// begin reads the first byte of a token.
func (s *Scanner) begin(c byte) int {
	l := &s.lexer
	l.text = l.text[:0]
	switch {
	case isNewline(c):
		l.newline = true
	case c == ' ' || c == '\t' || c == '\v' || c == '\f':
	case '0' <= c && c <= '9':
		l.state, l.last = inNumber, 0
		return 0
	case isNamePart(c) || c == '#' || c == '\\':
		l.state, l.last = inName, 0
		if c == '#' {
			l.text = append(l.text, c)
			break
		}
		return 0
	case c == '"' || c == '\'' || c == '`':
		l.state = inString
		if c == '`' {
			l.state = inTemplate
		}
		l.last, l.begun, l.cut, l.wanted = c, l.offset, false, s.parser.state != idle
		l.dollar, l.subst = false, false
	case c == '/':
		l.state = afterSlash
	case isLong(c):
		l.state, l.text = inPunctuation, append(l.text, c)
	case c == '}' && s.context.endsSubst():
		s.endByte(c)
		l.state, l.last, l.subst, l.wanted, l.dollar = inTemplate, '`', true, false, false
	default:
		s.endByte(c)
	}
	return 1
}

// endByte sees a punctuator of one byte.
func (s *Scanner) endByte(c byte) {
	s.lexer.text = append(s.lexer.text[:0], c)
	s.end(kindPunctuation)
}

// end sees the end of a token, whose text is kept if it is a name, a punctuator or a
// string that the parser wants.
func (s *Scanner) end(kind kind) {
	l := &s.lexer
	l.state = inNothing
	text := l.text
	property := l.afterDot && kind == kindName // as in a.import
	s.parser.token(s, kind, text, property)
	if property {
		text = nil
	}
	if !s.context.token(kind, text, l.newline) {
		l.state = tooDeep
	}
	l.afterDot, l.newline, l.begins = kind == kindDot, false, true
}

// flush sees the end of the text.
func (s *Scanner) flush() {
	l := &s.lexer
	if len(l.partial) > 0 {
		s.nonASCII(' ')
	}
	switch l.state {
	case inName, inNumber, inFlags, inPunctuation:
		s.byte('\n')
	}
}
