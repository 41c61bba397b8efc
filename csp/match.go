package csp

import "strings"

// A schemeMatch says whether and how a scheme-part matches a URL's scheme.
type schemeMatch uint8

const (
	schemeDiffers schemeMatch = iota
	schemeMatches
	schemeUpgrades // from an insecure source to a secure URL
)

// matchScheme is "scheme-part matching", draft 6.7.2.9.
func matchScheme(source, url scheme) schemeMatch {
	if source.equal(url) {
		return schemeMatches
	}
	switch source.kind {
	case schemeHTTP:
		if url.kind == schemeHTTPS {
			return schemeUpgrades
		}
	case schemeWS:
		if url.kind == schemeWSS || url.kind == schemeHTTPS {
			return schemeUpgrades
		}
		if url.kind == schemeHTTP {
			return schemeMatches
		}
	case schemeWSS:
		if url.kind == schemeHTTPS {
			return schemeMatches
		}
	}
	return schemeDiffers
}

// matchURL is "Does url match expression in origin with redirect count?", draft
// 6.7.2.8. The numbers are those of its steps.
func (s *source) matchURL(u, self *location, redirected bool) bool {
	switch s.kind {
	case sourceKeyword:
		return s.keyword == kwSelf && matchSelf(u, self) // 4
	case sourceScheme:
		return matchScheme(s.scheme, u.scheme) != schemeDiffers // 2
	case sourceHost:
		if s.text == "*" && (u.scheme.kind == schemeHTTPS || u.scheme.kind == schemeHTTP || u.scheme.equal(self.scheme)) {
			return true // 1
		}
		scheme := s.scheme // 2.1
		if scheme.kind == schemeNone {
			scheme = self.scheme // 3.2
		}
		how := matchScheme(scheme, u.scheme)
		return how != schemeDiffers &&
			u.hosted && s.matchHost(u) && // 3.1, 3.3
			s.matchPort(u, how == schemeUpgrades) && // 3.5
			(redirected || matchPath(s.path, u.path)) // 3.6
	}
	return false
}

// matchHost is "host-part matching", draft 6.7.2.10.
func (s *source) matchHost(u *location) bool {
	switch {
	case u.ip:
		return loopbackMatches(s, u)
	case !s.anySub:
		return equalFold(s.host, u.host)
	case s.host == "":
		return u.host != ""
	}
	n := len(u.host) - len(s.host)
	return n >= 0 && equalFold(u.host[n:], s.host)
}

// matchPort is "port-part matching", draft 6.7.2.11.
func (s *source) matchPort(u *location, upgrade bool) bool {
	switch {
	case s.port == portAny:
		return true
	case upgrade:
		return upgradedPortMatches(s.port, u)
	case s.port == u.port:
		return true
	}
	return u.port == portNone && s.port == u.scheme.defaultPort()
}

// matchPath is "path-part matching", draft 6.7.2.12: an exact match, or, if
// the pattern ends in "/", one of everything below it. Pieces between slashes
// are compared after percent-decoding, so that "%2F" is no slash.
func matchPath(pattern, path string) bool {
	if pattern == "" || pattern == "/" && path == "" {
		return true
	}
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
	if len(t) >= 3 && t[0] == '%' && isHex(t[1]) && isHex(t[2]) {
		return hexValue(t[1])<<4 | hexValue(t[2]), 3
	}
	return t[0], 1
}

func hexValue(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}

// matchSelf is step 4 of draft 6.7.2.8: what 'self' matches.
func matchSelf(u, self *location) bool {
	if !self.hosted || !u.hosted || u.port != self.port || !equalFold(u.host, self.host) {
		// Default ports are portNone, so that equal ones and "the default
		// ports for their respective schemes" are equal here.
		return false
	}
	switch u.scheme.kind {
	case schemeHTTPS, schemeWSS:
		return true // 4.2.1
	case schemeHTTP, schemeWS:
		return self.scheme.kind == schemeHTTP || u.scheme.equal(self.scheme) // 4.2.2, 4.1
	case schemeFTP:
		return self.scheme.kind == schemeFTP // 4.1
	}
	return false // of an opaque origin
}

// matchesURL is "Does url match source list?", draft 6.7.2.7. It gives the
// source that does, or nil. A list that is empty or has 'none' alone needs no
// step of its own: nothing in it matches.
func matchesURL(list []source, u, self *location, redirected bool) *source {
	for i := range list {
		if list[i].matchURL(u, self, redirected) {
			return &list[i]
		}
	}
	return nil
}

// matchesNonce is "Does nonce match source list?", draft 6.7.2.3.
func matchesNonce(list []source, nonce string) *source {
	if nonce == "" {
		return nil
	}
	for i := range list {
		if s := &list[i]; s.kind == sourceNonce && s.value == nonce {
			return s
		}
	}
	return nil
}

// findKeyword finds a keyword in a list, or gives nil.
func findKeyword(list []source, k keyword) *source {
	for i := range list {
		if list[i].kind == sourceKeyword && list[i].keyword == k {
			return &list[i]
		}
	}
	return nil
}
