package js

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

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

// run reads the bytes that b begins with of which each is as the one before: of white
// space, of a name, or of a comment. It only saves time.
func (l *lexer) run(b []byte) int {
	n := 0
	switch {
	case len(l.partial) > 0:
	case l.state == inNothing:
		for n < len(b) && b[n] == ' ' {
			n++
		}
	case l.state == inName && l.last == 0:
		for n < len(b) && isNameASCII[b[n]] {
			n++
		}
		l.text = append(l.text, b[:min(n, max(longest-len(l.text), 0))]...)
	case l.state == inLineComment:
		for n < len(b) && b[n] < utf8.RuneSelf && !isNewline(b[n]) {
			n++
		}
	}
	return n
}

// longest is longer than every keyword: more of a name need not be kept.
const longest = 16

// otherLetter stands for every letter outside ASCII. No keyword has one.
const otherLetter = utf8.RuneSelf

// nonASCII reads a byte of a character outside ASCII, which may be white space or a
// newline (12.2, 12.3).
func (s *Scanner) nonASCII(c byte) int {
	l := &s.lexer
	n := 0
	if c >= utf8.RuneSelf {
		n = 1
		l.partial = append(l.partial, c)
		if !utf8.FullRune(l.partial) {
			return n
		}
	}
	r, _ := utf8.DecodeRune(l.partial)
	l.partial = l.partial[:0]
	stand := byte(otherLetter)
	switch {
	case r == '\u2028' || r == '\u2029':
		stand = '\n'
	case r == '\ufeff' || unicode.Is(unicode.Zs, r):
		stand = ' '
	}
	for s.byte(stand) == 0 {
	}
	return n
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
		s.end(kindPunctuation, c)
		l.state, l.last, l.subst, l.wanted, l.dollar = inTemplate, '`', true, false, false
	default:
		s.end(kindPunctuation, c)
	}
	return 1
}

// end sees the end of a token. The text is that of a name, a punctuator or, if the
// parser wants it, of a string.
func (s *Scanner) end(kind kind, text ...byte) {
	l := &s.lexer
	l.state = inNothing
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

func (s *Scanner) slash(c byte) int {
	l := &s.lexer
	switch {
	case c == '/':
		l.state = inLineComment
	case c == '*':
		l.state, l.star = inBlockComment, false
	case s.context.operand:
		s.end(kindPunctuation, '/')
		return 0
	default:
		l.state, l.escaped = inRegExp, false
		return 0
	}
	return 1
}

// blockComment reads a part of a comment. A newline in it counts (12.4).
func (l *lexer) blockComment(b []byte) int {
	if l.star && b[0] == '/' {
		l.state = inNothing
		return 1
	}
	i := bytes.IndexByte(b, '*')
	l.star = i >= 0
	if i < 0 {
		i = len(b) - 1
	}
	l.newline = l.newline || bytes.ContainsAny(b[:i+1], "\n\r")
	return i + 1
}

// regExp reads a byte of a regular expression (12.9.5). One that a newline ends is none,
// and so the text no script.
func (s *Scanner) regExp(c byte) int {
	l := &s.lexer
	switch {
	case isNewline(c):
		s.end(kindOperand)
		return 0
	case l.escaped:
		l.escaped = false
	case c == '\\':
		l.escaped = true
	case c == '[':
		l.state = inClass
	case c == ']':
		l.state = inRegExp
	case c == '/' && l.state == inRegExp:
		l.state = inFlags
	}
	return 1
}

func isNewline(c byte) bool { return c == '\n' || c == '\r' }

// isNamePart reports the bytes of names, those of escapes left out.
func isNamePart(c byte) bool { return isNameASCII[c] || c >= utf8.RuneSelf }

// isNameASCII has the letters, digits and signs of names.
var isNameASCII = func() (table [256]bool) {
	for _, c := range []byte("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$") {
		table[c] = true
	}
	return table
}()
