package message

import (
	"net/http"
	"strings"
	"unicode/utf8"
)

// Text is how functions see bytes from the wire: UTF-8 as it is, anything else read as ISO-8859-1
// (edge-function-restrictions-all.html, "URI and query string encoding").
func Text(wire string) string {
	if utf8.ValidString(wire) {
		return wire
	}
	var b strings.Builder
	for i := 0; i < len(wire); i++ {
		b.WriteRune(rune(wire[i]))
	}
	return b.String()
}

// Wire gives back the bytes from the wire when a function left the text that it saw alone, as CloudFront does.
func Wire(text, wire string) string {
	if text != wire && text == Text(wire) {
		return wire
	}
	return text
}

// Shorten cuts s to a number of bytes, at the beginning of a character, and says so with "…".
func Shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}

// Target is a path with its query string.
func Target(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// EscapeMarks escapes what would end a path in a target.
func EscapeMarks(path string) string {
	if !strings.ContainsAny(path, "?#") {
		return path
	}
	return strings.NewReplacer("?", "%3F", "#", "%23").Replace(path)
}

// IsToken reports whether s can be a field name (RFC 9110 section 5.6.2).
func IsToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}

// ControlAt is the place of the first control character other than a tab, or -1.
func ControlAt(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return i
		}
	}
	return -1
}

// LowerASCII lowers the ASCII letters of a field name.
func LowerASCII(s string) string {
	b := []byte(s)
	LowerBytes(b)
	if string(b) == s {
		return s
	}
	return string(b)
}

// LowerBytes lowers ASCII letters in place.
func LowerBytes(b []byte) {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
}

// HeadSize is the length of a request's headers and query string.
func HeadSize(h http.Header, query string) int {
	n := len(query)
	for name, values := range h {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return n
}
