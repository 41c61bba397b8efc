package redirect

import "unicode/utf8"

const upperHex = "0123456789ABCDEF"

// appendPath appends a path: backslashes as the slashes that browsers take them
// for, and escaped what the path percent-encode set of the WHATWG URL standard
// contains. Escapes that are there stay as they are.
func appendPath(dst []byte, path string) []byte {
	for i := range len(path) {
		switch c := path[i]; {
		case c == '\\':
			dst = append(dst, '/')
		case mustEscapeInPath(c):
			dst = appendEscaped(dst, c)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func mustEscapeInPath(c byte) bool {
	const (
		low  = 1<<'"' | 1<<'#' | 1<<'<' | 1<<'>' | 1<<'?'
		high = 1<<('^'-64) | 1<<('`'-64) | 1<<('{'-64) | 1<<('}'-64)
	)
	if c < 64 {
		return c <= ' ' || uint64(low)>>c&1 != 0
	}
	return c >= 0x7f || uint64(high)>>(c-64)&1 != 0
}

// appendOpaque appends a query or a fragment, without the sign that it begins
// with, byte for byte. Escaped is only what cannot stand there: controls and
// spaces, which end a line or a header value; a hash sign, which begins another
// part; bytes that are not UTF-8, which CloudFront refuses. None of them can come
// in a request line.
func appendOpaque(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				dst = appendEscaped(dst, c)
			} else {
				dst = append(dst, s[i:i+size]...)
			}
			i += size
			continue
		}
		if c <= ' ' || c == 0x7f || c == '#' {
			dst = appendEscaped(dst, c)
		} else {
			dst = append(dst, c)
		}
		i++
	}
	return dst
}

func appendEscaped(dst []byte, c byte) []byte {
	return append(dst, '%', upperHex[c>>4], upperHex[c&15])
}

// unescape returns the byte that the escape at the start of s stands for.
func unescape(s string) (c byte, ok bool) {
	if len(s) < 3 || s[0] != '%' {
		return 0, false
	}
	high, ok1 := unhex(s[1])
	low, ok2 := unhex(s[2])
	return high<<4 | low, ok1 && ok2
}

func unhex(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// isNormal reports whether path is in normal form as it is.
func isNormal(path string) bool {
	for i := range len(path) {
		if c := path[i]; c == '%' || mustEscapeInPath(c) {
			return false
		}
	}
	return true
}

// appendNormal appends path in the form in which paths are compared: RFC 3986,
// section 6.2.2, escapes in upper case, unreserved bytes not escaped, and escaped
// what must be. Slashes stay slashes, and escaped ones escaped.
func appendNormal(dst []byte, path string) []byte {
	for i := 0; i < len(path); i++ {
		c := path[i]
		d, ok := unescape(path[i:])
		switch {
		case ok && isUnreserved(d):
			dst = append(dst, d)
			i += 2
		case ok:
			dst = appendEscaped(dst, d)
			i += 2
		case mustEscapeInPath(c):
			dst = appendEscaped(dst, c)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func isUnreserved(c byte) bool {
	return isNameByte(c) || c == '-' || c == '.' || c == '~'
}
