package js

import (
	"bytes"
	"strings"
)

// name reads a byte of a name, or sees that it ended before.
func (s *Scanner) name(c byte) int {
	l := &s.lexer
	switch {
	case c == '\\' || c == 'u' && l.last == '\\' || c == '{' && l.last == 'u': // "\u{61}" is a letter
		l.last = c
	case c == '}' && l.last == '{':
		l.last = 0
	case !isNamePart(c):
		s.end(kindName)
		return 0
	case l.last != '{':
		l.last = 0
	}
	if len(l.text) < longest {
		l.text = append(l.text, c)
	}
	return 1
}

// number reads a byte of a number, or sees that it ended before. Names are no harm:
// what is no number is no script.
func (s *Scanner) number(c byte) int {
	l := &s.lexer
	decimal := len(l.text) < 2 || strings.IndexByte("xXbBoO", l.text[1]) < 0
	sign := (c == '+' || c == '-') && l.last|0x20 == 'e' && decimal
	if !isNamePart(c) && c != '.' && !sign {
		s.end(kindOperand)
		return 0
	}
	l.last = c
	if len(l.text) < 2 {
		l.text = append(l.text, c)
	}
	return 1
}

// long has the punctuators of several bytes that matter, and the comments that only
// classic scripts have (ECMAScript, annex B.1.1).
var long = [...]string{"=>", "++", "--", "?.", "...", "<!--", "-->"}

func isLong(c byte) bool { return strings.IndexByte("=+-?.<", c) >= 0 }

// punctuation reads a byte of a punctuator that may be long, or sees that it ended
// before.
func (s *Scanner) punctuation(c byte) int {
	l := &s.lexer
	if s.goesOn(c) {
		if l.text = append(l.text, c); len(l.text) > 2 && string(l.text) != "..." && string(l.text) != "<!-" {
			l.state = inLineComment
		}
		return 1
	}
	if string(l.text) == "." && '0' <= c && c <= '9' {
		l.state, l.last = inNumber, 0
		return 0
	}
	switch string(l.text) {
	case "=>":
		s.end(kindArrow)
	case "++", "--":
		s.end(kindUpdate)
	case "?.", ".":
		s.end(kindDot)
	case "...":
		s.end(kindSpread)
	default:
		for _, c := range []byte(string(l.text)) {
			s.endByte(c)
		}
	}
	return 0
}

// goesOn reports whether a byte makes a punctuator longer.
func (s *Scanner) goesOn(c byte) bool {
	l := &s.lexer
	n := len(l.text)
	for _, p := range long {
		if n < len(p) && p[n] == c && p[:n] == string(l.text) {
			switch p {
			case "<!--":
				return !s.Module
			case "-->":
				return n < 2 || !s.Module && (l.newline || !l.begins)
			}
			return true
		}
	}
	return false
}

// string reads a part of a string or of a template (12.9.4, 12.9.6).
func (s *Scanner) string(b []byte) int {
	l := &s.lexer
	for i, c := range b {
		switch {
		case l.escaped || l.skipLF && c == '\n':
			l.escaped, l.skipLF = false, l.escaped && c == '\r'
		case c == '\\':
			l.escaped, l.dollar = true, false
		case c == l.last:
			s.endString()
			return i + 1
		case isNewline(c) && l.state == inString: // the text is no script
			l.text = l.text[:0]
			s.endString()
			return i
		case c == '{' && l.dollar:
			s.end(kindSubst)
			return i + 1
		default:
			l.dollar = c == '$' && l.state == inTemplate
		}
		s.keep(c)
	}
	return len(b)
}

func (s *Scanner) endString() {
	l := &s.lexer
	if l.subst {
		s.end(kindTemplate)
	} else {
		s.end(kindString)
	}
}

// keep adds a byte to the text of a string that matters.
func (s *Scanner) keep(c byte) {
	l := &s.lexer
	switch {
	case !l.wanted:
	case len(l.text) == maxText:
		l.cut = true
	default:
		l.text = append(l.text, c)
	}
}

// slash reads the byte after a "/".
func (s *Scanner) slash(c byte) int {
	l := &s.lexer
	switch {
	case c == '/':
		l.state = inLineComment
	case c == '*':
		l.state, l.star = inBlockComment, false
	case s.context.operand:
		s.endByte('/')
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
