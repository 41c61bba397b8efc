package rules

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// IsText reports whether s can be a string of the JSON that CloudFront reads.
func IsText(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

// IsPrintable reports whether s is UTF-8 without control characters other than the
// tab, which a header value may have (RFC 9110, section 5.5).
func IsPrintable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return utf8.ValidString(s)
}

// IsASCII reports whether s has no character outside ASCII.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// IsURLText reports whether s is UTF-8 without spaces and control characters.
func IsURLText(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] == 0x7f {
			return false
		}
	}
	return utf8.ValidString(s)
}

// IsHostName reports whether s has only what stands in a host name. The underscore
// is in the names of some buckets.
func IsHostName(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '.' && c != '-' && c != '_' && !isAlphanumeric(c) {
			return false
		}
	}
	return true
}

// IsIPv4 reports whether s, which [IsHostName] accepts, is the address of a host and not its name.
func IsIPv4(s string) bool {
	parts := strings.Split(s, ".")
	for _, part := range parts {
		if n, err := strconv.ParseUint(part, 10, 8); err != nil || strconv.FormatUint(n, 10) != part {
			return false
		}
	}
	return len(parts) == 4
}

// HasWholeEscapes reports whether each percent sign in s begins an escape: two hexadecimal digits follow (RFC 3986, section 2.1).
func HasWholeEscapes(s string) bool {
	for i := range len(s) {
		if s[i] == '%' && (i+2 >= len(s) || Unhex(s[i+1]) < 0 || Unhex(s[i+2]) < 0) {
			return false
		}
	}
	return true
}

// IsToken reports whether s may be a header name: token of RFC 9110, section
// 5.6.2.
func IsToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlphanumeric(c) && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// Unhex returns what a hexadecimal digit stands for, -1 for another byte.
func Unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
