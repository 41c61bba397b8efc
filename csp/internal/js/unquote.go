package js

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// unquote gives the value of the text between the quotes of a string (12.9.4.2). Half
// of a surrogate pair becomes U+FFFD, as in a URL. What is no escape is no script, so
// what becomes of it does not matter.
func unquote(text []byte) string {
	var b strings.Builder
	high := rune(0) // the first half of a surrogate pair
	for rest := string(text); rest != ""; {
		r, n := unescape(rest)
		rest = rest[n:]
		if r == nothing {
			continue
		}
		if high != 0 {
			if pair := utf16.DecodeRune(high, r); pair != utf8.RuneError {
				r = pair
			} else {
				b.WriteRune(utf8.RuneError)
			}
			high = 0
		}
		if 0xd800 <= r && r < 0xdc00 {
			high = r
		} else {
			b.WriteRune(r)
		}
	}
	if high != 0 {
		b.WriteRune(utf8.RuneError)
	}
	return b.String()
}

// nothing is the value of an escaped newline.
const nothing = -1

// unescape gives the character that a text begins with, and how long it is.
func unescape(s string) (r rune, n int) {
	if s[0] != '\\' || len(s) == 1 {
		return utf8.DecodeRuneInString(s)
	}
	if n := escapedNewline(s); n > 0 {
		return nothing, n
	}
	switch s[1] {
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case 'r':
		return '\r', 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'v':
		return '\v', 2
	case 'x':
		return hex(s, 2, min(4, len(s)), 0)
	case 'u':
		if end := strings.IndexByte(s, '}'); end > 0 && len(s) > 2 && s[2] == '{' {
			return hex(s, 3, end, 1)
		}
		return hex(s, 2, min(6, len(s)), 0)
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return octal(s)
	}
	r, n = utf8.DecodeRuneInString(s[1:])
	return r, n + 1
}

// escapedNewline gives the length of a "\" and a newline that s begins with, or 0.
func escapedNewline(s string) int {
	for _, newline := range [...]string{"\r\n", "\n", "\r", "\u2028", "\u2029"} {
		if strings.HasPrefix(s[1:], newline) {
			return 1 + len(newline)
		}
	}
	return 0
}

// hex reads the hexadecimal digits s[from:to], which more bytes follow.
func hex(s string, from, to, more int) (r rune, n int) {
	v, err := strconv.ParseUint(s[from:to], 16, 32)
	if err != nil || v > utf8.MaxRune {
		return utf8.RuneError, 2
	}
	return rune(v), to + more
}

// octal reads an escape of classic scripts (annex B.1.2): at most "\377".
func octal(s string) (r rune, n int) {
	for n = 1; n < len(s) && n < 4 && '0' <= s[n] && s[n] <= '7' && r*8+rune(s[n]-'0') <= 0xff; n++ {
		r = r*8 + rune(s[n]-'0')
	}
	return r, n
}
