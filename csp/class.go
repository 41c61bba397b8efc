package csp

// A class is a set of characters that a grammar allows.
type class uint16

const (
	classHost    class = 1 << iota // host-char, draft 2.3.1
	classScheme                    // RFC 3986, 3.1, after the first
	classPath                      // pchar and "/" of RFC 3986, 3.3, without ";" and ","
	classBase64                    // base64-value, draft 2.3.1, without "="
	classToken                     // RFC 9110, 5.6.2
	classURL                       // RFC 3986, 2, without ";" and ","
	classSpace                     // ASCII whitespace of the Infra Standard: not VT, not NBSP
	classDomain                    // what the URL Standard lets a domain have
	classControl                   // ASCII controls but white space
	classNonASCII
	classComma
	classURLEnd     // what ends a URL's path
	classURLRemoved // what the URL Standard removes from a URL
	classURLRare    // what takes a closer look at a URL
)

// classes says what each byte may be part of.
var classes = makeClasses()

func makeClasses() (t [256]class) {
	add := func(k class, chars string) {
		for i := range len(chars) {
			t[chars[i]] |= k
		}
	}
	const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	add(classHost, alphanumeric+"-")
	add(classScheme, alphanumeric+"+-.")
	add(classPath, alphanumeric+"/-._~!$&'()*+=:@")
	add(classBase64, alphanumeric+"+/-_")
	add(classToken, alphanumeric+"!#$%&'*+-.^_`|~")
	add(classURL, alphanumeric+"-._~:/?#[]@!$&'()*+=")
	add(classSpace, asciiSpace)
	add(classComma, ",")
	add(classURLEnd, "?#")
	add(classURLRemoved, "\t\n\r")
	add(classURLRare, `\%@[`)
	for c := range t {
		if c < ' ' && t[c]&classSpace == 0 || c == 0x7f {
			t[c] |= classControl
		} else if c >= 0x80 {
			t[c] |= classNonASCII | classDomain // what Punycode would be made of
		}
	}
	add(classDomain, alphanumeric+"!\"$&'()*+,-.;=_`{}~")
	return t
}

// classesIn gives the classes that some byte of s is of.
func classesIn(s string) class {
	found := class(0)
	for i := range len(s) {
		found |= classes[s[i]]
	}
	return found
}

// indexClass gives the place of the first byte of s that is of the class, or -1.
func indexClass(s string, k class) int {
	for i := range len(s) {
		if classes[s[i]]&k != 0 {
			return i
		}
	}
	return -1
}

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
func isSpace(c byte) bool { return classes[c]&classSpace != 0 }

const asciiSpace = " \t\n\f\r"

// trimSpace takes ASCII whitespace off both ends.
func trimSpace(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// tokenLen gives the length of t up to ASCII whitespace.
func tokenLen(t string) int {
	for i := range len(t) {
		if isSpace(t[i]) {
			return i
		}
	}
	return len(t)
}
