package syntax

// A Class is a set of characters that a grammar allows.
type Class uint16

const (
	classHost    Class = 1 << iota // host-char, draft 2.3.1
	classScheme                    // RFC 3986, 3.1, after the first
	classOddPath                   // in no path, but some browsers take it in one
	classPath                      // pchar and "/" of RFC 3986, 3.3, without ";" and ","
	classBase64                    // base64-value, draft 2.3.1, without "="
	classToken                     // RFC 9110, 5.6.2
	classURL                       // RFC 3986, 2, without ";" and ","
	classSpace                     // ASCII whitespace of the Infra Standard: not VT, not NBSP
	ClassDomain                    // what the URL Standard lets a domain have
	classControl                   // ASCII controls but white space
	classNonASCII
	classComma
	ClassURLEnd     // what ends a URL's path
	ClassURLRemoved // what the URL Standard removes from a URL
	ClassURLRare    // what takes a closer look at a URL
)

// Classes says what each byte may be part of.
var Classes = makeClasses()

func makeClasses() (t [256]Class) {
	add := func(k Class, chars string) {
		for i := range len(chars) {
			t[chars[i]] |= k
		}
	}
	const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	add(classHost, alphanumeric+"-")
	add(classScheme, alphanumeric+"+-.")
	add(classPath, alphanumeric+"/-._~!$&'()*+=:@")
	add(classOddPath, `[]|"<>{}^\`+"`")
	add(classBase64, alphanumeric+"+/-_")
	add(classToken, alphanumeric+"!#$%&'*+-.^_`|~")
	add(classURL, alphanumeric+"-._~:/?#[]@!$&'()*+=")
	add(classSpace, AsciiSpace)
	add(classComma, ",")
	add(ClassURLEnd, "?#")
	add(ClassURLRemoved, "\t\n\r")
	add(ClassURLRare, `\%@[`)
	for c := range t {
		if c < ' ' && t[c]&classSpace == 0 || c == 0x7f {
			t[c] |= classControl
		} else if c >= 0x80 {
			t[c] |= classNonASCII | ClassDomain // what Punycode would be made of
		}
	}
	add(ClassDomain, alphanumeric+"!\"$&'()*+,-.;=_`{}~")
	return t
}

// classesIn gives the classes that some byte of s is of.
func classesIn(s string) Class {
	found := Class(0)
	for i := range len(s) {
		found |= Classes[s[i]]
	}
	return found
}

// indexClass gives the place of the first byte of s that is of the class, or -1.
func indexClass(s string, k Class) int {
	for i := range len(s) {
		if Classes[s[i]]&k != 0 {
			return i
		}
	}
	return -1
}

func IsAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }
func IsHex(c byte) bool   { return IsDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
func IsSpace(c byte) bool { return Classes[c]&classSpace != 0 }

const AsciiSpace = " \t\n\f\r"

// TrimSpace takes ASCII whitespace off both ends.
func TrimSpace(s string) string {
	for s != "" && IsSpace(s[0]) {
		s = s[1:]
	}
	for s != "" && IsSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// TokenLen gives the length of t up to ASCII whitespace.
func TokenLen(t string) int {
	for i := range len(t) {
		if IsSpace(t[i]) {
			return i
		}
	}
	return len(t)
}
