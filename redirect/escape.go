package redirect

import "github.com/edgehelpers/lambdaedge/redirect/internal/ascii"

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

func mustEscapeInPath(c byte) bool { return pathBytes[c] == escaped }

// What a byte is in a path.
const (
	plain   = '.' // itself
	percent = '%' // the sign before an escape, or itself
	escaped = 'E' // in the path percent-encode set
)

// pathBytes is what each byte is in a path: a table, because all bytes of all
// requests are looked at.
const pathBytes = "" +
	"EEEEEEEEEEEEEEEE" + // 00
	"EEEEEEEEEEEEEEEE" + // 10
	"E.EE.%.........." + // 20:   " #  %
	"............E.EE" + // 30: < > ?
	"................" + // 40
	"..............E." + // 50: ^
	"E..............." + // 60: `
	"...........E.E.E" + // 70: { } and delete
	"EEEEEEEEEEEEEEEE" + // 80
	"EEEEEEEEEEEEEEEE" + // 90
	"EEEEEEEEEEEEEEEE" + // a0
	"EEEEEEEEEEEEEEEE" + // b0
	"EEEEEEEEEEEEEEEE" + // c0
	"EEEEEEEEEEEEEEEE" + // d0
	"EEEEEEEEEEEEEEEE" + // e0
	"EEEEEEEEEEEEEEEE" //   f0

// appendOpaque appends a query or a fragment, without the sign that it begins
// with. Escaped is what the query percent-encode set of the WHATWG URL standard
// contains, as a browser would escape it: controls and spaces, which end a line or
// a header value; a hash sign, which begins another part; quotation marks and angle
// brackets; all that is not ASCII. Every other byte, an escape too, stays as it is.
func appendOpaque(dst []byte, s string) []byte {
	for i := range len(s) {
		if mustEscapeInQuery(s[i]) {
			dst = appendEscaped(dst, s[i])
		} else {
			dst = append(dst, s[i])
		}
	}
	return dst
}

func mustEscapeInQuery(c byte) bool {
	return c <= ' ' || c >= 0x7f || c == '"' || c == '#' || c == '<' || c == '>'
}

// hasUnsafe reports whether appendOpaque changes s.
func hasUnsafe(s string) bool {
	for i := range len(s) {
		if mustEscapeInQuery(s[i]) {
			return true
		}
	}
	return false
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
	i := 0
	for ; i+8 <= len(path) && allPlain(load64(path[i:])); i += 8 {
	}
	for ; i < len(path); i++ {
		if pathBytes[path[i]] != plain {
			return false
		}
	}
	return true
}

// allPlain reports whether none of eight bytes is special in a path. It is quick and
// may say no of plain ones. It marks bytes below ' (controls, space, ", #, % and
// some plain ones), from < to ?, ^, `, and from {, in their highest bits; what a borrow
// or a carry adds to that is a wrong mark behind a right one.
func allPlain(x uint64) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	low := x - ones*'\''
	angle := (x&(ones*0xfc) ^ ones*'<') - ones
	caret := (x ^ ones*'^') - ones
	grave := (x ^ ones*'`') - ones
	brace := x + ones*(0x80-'{')
	return (low|angle|caret|grave|brace|x)&high == 0
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
	return ascii.IsWord(c) || c == '-' || c == '.' || c == '~'
}
