package csp

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A schemeMatch says whether and how a scheme-part matches a URL's scheme.
type schemeMatch uint8

const (
	schemeDiffers schemeMatch = iota
	schemeMatches
	schemeUpgrades // from an insecure source to a secure URL
)

// matchScheme is "scheme-part matching", draft 6.7.2.9.
func matchScheme(source, url syntax.Scheme) schemeMatch {
	if source.Equal(url) {
		return schemeMatches
	}
	switch source.Kind {
	case syntax.SchemeHTTP:
		if url.Kind == syntax.SchemeHTTPS {
			return schemeUpgrades
		}
	case syntax.SchemeWS:
		if url.Kind == syntax.SchemeWSS || url.Kind == syntax.SchemeHTTPS {
			return schemeUpgrades
		}
		if url.Kind == syntax.SchemeHTTP {
			return schemeMatches
		}
	case syntax.SchemeWSS:
		if url.Kind == syntax.SchemeHTTPS {
			return schemeMatches
		}
	}
	return schemeDiffers
}

// matchURL is "Does url match expression in origin with redirect count?", draft
// 6.7.2.8. The numbers are those of its steps.
func matchSource(s *syntax.Source, u, self *location, redirected bool) bool {
	switch s.Kind {
	case syntax.SourceKeyword:
		return s.Keyword == syntax.KwSelf && matchSelf(u, self) // 4
	case syntax.SourceScheme:
		return matchScheme(s.Scheme, u.scheme) != schemeDiffers // 2
	case syntax.SourceHost:
		if s.Text == "*" && (u.scheme.Kind == syntax.SchemeHTTPS || u.scheme.Kind == syntax.SchemeHTTP || u.scheme.Equal(self.scheme)) {
			return true // 1
		}
		scheme := s.Scheme // 2.1
		if scheme.Kind == syntax.SchemeNone {
			scheme = self.scheme // 3.2
		}
		how := matchScheme(scheme, u.scheme)
		return how != schemeDiffers &&
			u.hosted && matchHost(s, u) && // 3.1, 3.3
			matchPort(s, u, how == schemeUpgrades) && // 3.5
			(redirected || matchPath(s.Path, u.path)) // 3.6
	}
	return false
}

// matchHost is "host-part matching", draft 6.7.2.10.
func matchHost(s *syntax.Source, u *location) bool {
	switch {
	case u.ip:
		return loopbackMatches(s, u)
	case !s.AnySub:
		return syntax.EqualFold(s.Host, u.host)
	case s.Host == "":
		return u.host != ""
	}
	n := len(u.host) - len(s.Host)
	return n >= 0 && syntax.EqualFold(u.host[n:], s.Host)
}

// matchPort is "port-part matching", draft 6.7.2.11.
func matchPort(s *syntax.Source, u *location, upgrade bool) bool {
	switch {
	case s.Port == syntax.PortAny:
		return true
	case upgrade:
		return upgradedPortMatches(s.Port, u)
	case s.Port == u.port:
		return true
	}
	return u.port == syntax.PortNone && s.Port == u.scheme.DefaultPort()
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
	if len(t) >= 3 && t[0] == '%' && syntax.IsHex(t[1]) && syntax.IsHex(t[2]) {
		return syntax.HexValue(t[1])<<4 | syntax.HexValue(t[2]), 3
	}
	return t[0], 1
}

// matchSelf is step 4 of draft 6.7.2.8: what 'self' matches.
func matchSelf(u, self *location) bool {
	if !self.hosted || !u.hosted || u.port != self.port || !syntax.EqualFold(u.host, self.host) {
		// Default ports are portNone, so that equal ones and "the default
		// ports for their respective schemes" are equal here.
		return false
	}
	switch u.scheme.Kind {
	case syntax.SchemeHTTPS, syntax.SchemeWSS:
		return true // 4.2.1
	case syntax.SchemeHTTP, syntax.SchemeWS:
		return self.scheme.Kind == syntax.SchemeHTTP || u.scheme.Equal(self.scheme) // 4.2.2, 4.1
	case syntax.SchemeFTP:
		return self.scheme.Kind == syntax.SchemeFTP // 4.1
	}
	return false // of an opaque origin
}

// matchesURL is "Does url match source list?", draft 6.7.2.7. It gives the
// source that does, or nil. A list that is empty or has 'none' alone needs no
// step of its own: nothing in it matches.
func matchesURL(list []syntax.Source, u, self *location, redirected bool) *syntax.Source {
	for i := range list {
		if matchSource(&list[i], u, self, redirected) {
			return &list[i]
		}
	}
	return nil
}

// matchesNonce is "Does nonce match source list?", draft 6.7.2.3.
func matchesNonce(list []syntax.Source, nonce string) *syntax.Source {
	if nonce == "" {
		return nil
	}
	for i := range list {
		if s := &list[i]; s.Kind == syntax.SourceNonce && s.Value == nonce {
			return s
		}
	}
	return nil
}
