// Package ascii tells letters, digits and words of ASCII apart: what names in rules
// are made of, whatever the file that the rules come from.
package ascii

// IsLetter reports whether c is a letter.
func IsLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// IsDigit reports whether c is a digit.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// IsWord reports whether c is a letter, a digit or an underscore.
func IsWord(c byte) bool { return IsLetter(c) || IsDigit(c) || c == '_' }

// Word returns the letter, and the letters, digits and underscores behind it, that s
// begins with; "" if it begins with no letter.
func Word(s string) string {
	if s == "" || !IsLetter(s[0]) {
		return ""
	}
	n := 1
	for n < len(s) && IsWord(s[n]) {
		n++
	}
	return s[:n]
}
