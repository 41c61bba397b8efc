package jsontext

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// String reads a string and returns what it stands for. Without an escape
// sequence in it the result shares the scanner's text.
func (s *Scanner) String() string {
	return s.Span().In(s.text)
}

// StringOrNull reads a string; null reads as "".
func (s *Scanner) StringOrNull() string {
	if start := s.pos + 1; start < len(s.text) && s.text[start-1] == '"' {
		if end := plainEnd(s.text, start); end < len(s.text) && s.text[end] == '"' {
			s.pos = end + 1
			return s.text[start:end]
		}
	}
	return s.SpanOrNull().In(s.text)
}

// skipString checks and skips the string that begins at the current position, and
// reports whether it has an escape sequence.
func (s *Scanner) skipString() (escaped bool) {
	start := s.pos
	text, ascii := s.text, true
	for i := start + 1; ; i++ {
		if i = plainEnd(text, i); i >= len(text) {
			s.Fail(len(text), "the text ends inside a string")
			return escaped
		}
		switch c := text[i]; {
		case c == '"':
			s.pos = i + 1
			if !ascii {
				s.checkUTF8(start, i)
			}
			return escaped
		case c == '\\':
			escaped = true
			n := s.escape(i)
			if n == 0 {
				return true
			}
			i += n - 1
		case c < ' ':
			s.Fail(i, "control character "+strconv.QuoteRune(rune(c))+" in a string; it must be escaped")
			return escaped
		default:
			ascii = false
		}
	}
}

// checkUTF8 checks the text between two offsets (RFC 8259 clause 8.1).
func (s *Scanner) checkUTF8(from, to int) {
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(s.text[i:to])
		if r == utf8.RuneError && n == 1 {
			s.Fail(i, "byte 0x"+strconv.FormatUint(uint64(s.text[i]), 16)+" is not valid UTF-8")
			return
		}
		i += n
	}
}

// escape checks the escape sequence at offset i and returns its length, 0 after
// an error. A surrogate pair counts as one sequence.
func (s *Scanner) escape(i int) int {
	if i+1 >= len(s.text) {
		s.Fail(len(s.text), "the text ends inside a string")
		return 0
	}
	switch s.text[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		return s.unicodeEscape(i)
	}
	s.Fail(i, "an unknown escape sequence in a string")
	return 0
}

func (s *Scanner) unicodeEscape(i int) int {
	r, ok := hex4(s.text, i+2)
	switch {
	case !ok && len(s.text) < i+6:
		s.Fail(len(s.text), "the text ends inside a string")
	case !ok:
		s.Fail(i, `an escape sequence \u without four hexadecimal digits`)
	case r == 0:
		s.Fail(i, `the string holds \u0000, which CloudFront cannot carry`)
	case !utf16.IsSurrogate(r):
		return 6
	default:
		if len(s.text) >= i+12 && s.text[i+6] == '\\' && s.text[i+7] == 'u' {
			if low, ok := hex4(s.text, i+8); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
				return 12
			}
		}
		s.Fail(i, `\u`+s.text[i+2:i+6]+" is half of a surrogate pair")
	}
	return 0
}

// hex4 reads four hexadecimal digits at offset i.
func hex4(text string, i int) (rune, bool) {
	if len(text) < i+4 {
		return 0, false
	}
	var r rune
	for _, c := range []byte(text[i : i+4]) {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// unescape returns what the inside of a checked string stands for.
func unescape(body string) string {
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		c := body[i]
		if c != '\\' {
			out = append(out, c)
			continue
		}
		i++
		switch c = body[i]; c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, _ := hex4(body, i+1)
			i += 4
			if utf16.IsSurrogate(r) {
				low, _ := hex4(body, i+3)
				r = utf16.DecodeRune(r, low)
				i += 6
			}
			out = utf8.AppendRune(out, r)
		default: // a quotation mark, a slash or a backslash
			out = append(out, c)
		}
	}
	return string(out)
}

// AppendString appends s to dst as a JSON string. Only what RFC 8259 clause 7
// demands is escaped. s must be valid UTF-8.
func AppendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(append(dst, s[from:]...), '"')
}
