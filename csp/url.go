package csp

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A location is what matching needs of a URL. Its strings are pieces of the
// text that was parsed, so that no memory is taken.
type location struct {
	scheme syntax.Scheme
	host   string // as written; "" if there is none
	port   int32  // portNone if it is the scheme's default
	path   string // without dot segments
	ip     bool   // the host is an IP address, not a domain
	hosted bool   // there is a host, even if it is empty
}

// parseURL reads an absolute URL after the URL Standard, as far as matching
// needs it, and reports whether it is one. Hosts must be in Punycode already.
func parseURL(text string) (u location, ok bool) {
	for text != "" && text[0] <= ' ' {
		text = text[1:]
	}
	for text != "" && text[len(text)-1] <= ' ' {
		text = text[:len(text)-1]
	}
	found := syntax.Class(0)
	for i := range len(text) {
		k := syntax.Classes[text[i]]
		found |= k
		if k&syntax.ClassURLEnd != 0 {
			text = text[:i]
			break
		}
	}
	if found&syntax.ClassURLRemoved != 0 {
		return parseURL(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(text))
	}
	n := syntax.SchemeLen(text)
	if n == 0 || n == len(text) || text[n] != ':' {
		return u, false
	}
	u.scheme, u.port = syntax.NewScheme(text[:n]), syntax.PortNone
	return u, u.parseRest(text[n+1:], found&syntax.ClassURLRare != 0)
}

// parseRest reads what is after the scheme's colon and before the query.
func (u *location) parseRest(rest string, rare bool) bool {
	special := u.scheme.Special()
	switch {
	case special && u.scheme.Kind != syntax.SchemeFile:
		// Any number of slashes, forward or back, begins the authority.
		for rest != "" && (rest[0] == '/' || rest[0] == '\\') {
			rest = rest[1:]
		}
	case strings.HasPrefix(rest, "//"):
		rest = rest[2:]
	default:
		u.path = rest
		return true // opaque, or a path without host: data:, blob:, file:/x
	}
	if rare && special {
		rest = strings.ReplaceAll(rest, `\`, "/")
	}
	end := strings.IndexByte(rest, '/')
	if end < 0 {
		end = len(rest)
	}
	u.path = normalPath(rest[end:], special, rare)
	return u.parseAuthority(rest[:end], special, rare)
}

// normalPath does what the URL Standard's parser does to a path that matters
// here. Percent-encoding does not: paths are compared decoded.
func normalPath(path string, special, rare bool) string {
	if special && path == "" {
		return "/"
	}
	if len(path) <= 1 || !strings.Contains(path, "/.") && !(rare && strings.Contains(path, "/%2")) {
		return path
	}
	segments := strings.Split(path, "/")[1:]
	kept := segments[:0:0]
	for i, s := range segments {
		last := i == len(segments)-1
		switch strings.ReplaceAll(syntax.AsciiLower(s), "%2e", ".") {
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		case ".":
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, s)
		}
	}
	return "/" + strings.Join(kept, "/")
}

// parseAuthority reads [userinfo "@"] host [":" port].
func (u *location) parseAuthority(t string, special, rare bool) bool {
	u.hosted = true
	if rare {
		t = t[strings.LastIndexByte(t, '@')+1:] // without the user's name and password
	}
	if strings.HasPrefix(t, "[") { // an IPv6 address
		end := strings.IndexByte(t, ']')
		if end < 0 {
			return false
		}
		u.host, u.ip, t = t[:end+1], true, t[end+1:]
	} else {
		end := strings.IndexByte(t, ':')
		if end < 0 {
			end = len(t)
		}
		u.host, t = t[:end], t[end:]
	}
	if t != "" {
		if t[0] != ':' || syntax.PortLen(t[1:]) != len(t[1:]) || t[1:] == "*" {
			return false
		}
		if t != ":" {
			u.port = syntax.PortNumber(t[1:])
		}
	}
	if u.port == syntax.PortNever {
		return false
	}
	if u.port == u.scheme.DefaultPort() {
		u.port = syntax.PortNone
	}
	return !special || u.checkSpecialHost()
}

// checkSpecialHost holds the host of a special scheme to the URL Standard's
// "host parser", and tells IPv4 addresses from domains.
func (u *location) checkSpecialHost() bool {
	if u.host == "" {
		return u.scheme.Kind == syntax.SchemeFile
	}
	if u.ip {
		return true
	}
	if strings.Contains(u.host, "%") {
		u.host = percentDecode(u.host)
	}
	for i := range len(u.host) {
		if syntax.Classes[u.host[i]]&syntax.ClassDomain == 0 {
			return false
		}
	}
	if syntax.EndsInNumber(u.host) {
		ip, ok := syntax.ParseIPv4(u.host)
		u.ip = true
		if ok && ip == syntax.Loopback {
			u.host = "127.0.0.1" // as the URL Standard writes 127.1 and 0x7f000001
		}
		return ok
	}
	return true
}

func percentDecode(t string) string {
	var b strings.Builder
	for t != "" {
		c, n := decodeByte(t)
		b.WriteByte(c)
		t = t[n:]
	}
	return b.String()
}
