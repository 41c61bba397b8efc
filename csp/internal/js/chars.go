package js

import (
	"unicode"
	"unicode/utf8"
)

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
