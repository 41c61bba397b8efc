package message

import "strings"

// Wildcard reports whether a pattern of CloudFront's matches s. "*" stands for any number of characters, slashes
// included, and "?" for exactly one; everything else stands for itself, and case counts. The time is at most
// len(pattern) times len(s).
func Wildcard(pattern, s string) bool {
	p, at := 0, 0
	star, resume := -1, 0 // where the last "*" was, and where to try again behind it
	for at < len(s) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, at
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == s[at]):
			p++
			at++
		case star >= 0:
			resume++
			p, at = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
