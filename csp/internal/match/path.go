package match

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// matchPath is "path-part matching", draft 6.7.2.12: an exact match, or, if
// the pattern ends in "/", one of everything below it. Paths are compared after
// percent-decoding. For the draft that is done piece by piece, so that "%2F" is no
// slash; for browsers it is.
func (r Rules) matchPath(pattern, path string) bool {
	switch {
	case pattern == "" || pattern == "/" && path == "":
		return true
	case r.Have(EncodedSlash):
		return hasDecodedPrefix(pattern, path)
	}
	return matchSegments(pattern, path)
}

// hasDecodedPrefix compares paths as browsers do.
func hasDecodedPrefix(pattern, path string) bool {
	if strings.HasPrefix(path, pattern) && (len(path) == len(pattern) || pattern[len(pattern)-1] == '/') {
		return true
	}
	if strings.IndexByte(pattern, '%') < 0 && strings.IndexByte(path, '%') < 0 {
		return false
	}
	last := byte(0)
	for pattern != "" {
		if path == "" {
			return false
		}
		a, n := decodeByte(pattern)
		b, m := decodeByte(path)
		if a != b {
			return false
		}
		pattern, path, last = pattern[n:], path[m:], a
	}
	return path == "" || last == '/'
}

// matchSegments compares paths as the draft does.
func matchSegments(pattern, path string) bool {
	directory := strings.HasSuffix(pattern, "/")
	if directory {
		pattern = pattern[:len(pattern)-1]
	}
	for {
		a, restA, moreA := cutSlash(pattern)
		b, restB, moreB := cutSlash(path)
		switch {
		case !equalDecoded(a, b):
			return false
		case !moreA:
			return moreB == directory
		case !moreB:
			return false
		}
		pattern, path = restA, restB
	}
}

// cutSlash is strings.Cut on "/", which paths are too short for.
func cutSlash(t string) (before, after string, found bool) {
	for i := range len(t) {
		if t[i] == '/' {
			return t[:i], t[i+1:], true
		}
	}
	return t, "", false
}

// equalDecoded compares after percent-decoding, without making copies.
func equalDecoded(a, b string) bool {
	if a == b {
		return true
	}
	for a != "" && b != "" {
		ca, na := decodeByte(a)
		cb, nb := decodeByte(b)
		if ca != cb {
			return false
		}
		a, b = a[na:], b[nb:]
	}
	return a == b
}

// decodeByte gives the first byte of t, and how many bytes of t make it.
func decodeByte(t string) (byte, int) {
	if len(t) >= 3 && t[0] == '%' && syntax.IsHex(t[1]) && syntax.IsHex(t[2]) {
		return syntax.HexValue(t[1])<<4 | syntax.HexValue(t[2]), 3
	}
	return t[0], 1
}
