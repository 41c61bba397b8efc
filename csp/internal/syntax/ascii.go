package syntax

import "strings"

// EqualFold reports whether s and t are the same but for ASCII case. Unlike
// strings.EqualFold it does not take K (Kelvin sign) for k.
func EqualFold(s, t string) bool {
	if len(s) != len(t) {
		return false
	}
	if s == t {
		return true
	}
	for i := range len(s) {
		if lower(s[i]) != lower(t[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + ('a' - 'A')
	}
	return c
}

// AsciiLower is strings.ToLower for ASCII letters only (draft: "ASCII
// lowercase"); it allocates only when there is something to change.
func AsciiLower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return strings.Map(func(r rune) rune {
				if 'A' <= r && r <= 'Z' {
					return r + ('a' - 'A')
				}
				return r
			}, s)
		}
	}
	return s
}

func HexValue(c byte) byte {
	if IsDigit(c) {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}
