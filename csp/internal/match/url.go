package match

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A URL is what matching needs of a URL. Its strings are pieces of the
// text that was parsed, so that no memory is taken.
type URL struct {
	Scheme syntax.Scheme
	Host   string // as written, or an IPv4 address as the URL Standard writes it; "" if there is none
	Port   int32  // PortNone if it is the scheme's default
	Path   string // without dot segments
	IP     bool   // the host is an IP address, not a domain
	Hosted bool   // there is a host, even if it is empty
}

// ParseURL reads an absolute URL after the URL Standard, as far as matching
// needs it, and reports whether it is one. Hosts must be in Punycode already.
func ParseURL(text string) (u URL, ok bool) {
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
		return ParseURL(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(text))
	}
	n := syntax.SchemeLen(text)
	if n == 0 || n == len(text) || text[n] != ':' {
		return u, false
	}
	u.Scheme, u.Port = syntax.NewScheme(text[:n]), syntax.PortNone
	return u, u.parseRest(text[n+1:], found&syntax.ClassURLRare != 0)
}

// parseRest reads what is after the scheme's colon and before the query.
func (u *URL) parseRest(rest string, rare bool) bool {
	special := u.Scheme.Special()
	switch {
	case special && u.Scheme.Kind != syntax.SchemeFile:
		// Any number of slashes, forward or back, begins the authority.
		for rest != "" && (rest[0] == '/' || rest[0] == '\\') {
			rest = rest[1:]
		}
	case strings.HasPrefix(rest, "//"):
		rest = rest[2:]
	default:
		u.Path = rest
		return true // opaque, or a path without host: data:, blob:, file:/x
	}
	if rare && special {
		rest = strings.ReplaceAll(rest, `\`, "/")
	}
	end := strings.IndexByte(rest, '/')
	if end < 0 {
		end = len(rest)
	}
	u.Path = normalPath(rest[end:], special, rare)
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
func (u *URL) parseAuthority(t string, special, rare bool) bool {
	u.Hosted = true
	if rare {
		t = t[strings.LastIndexByte(t, '@')+1:] // without the user's name and password
	}
	if strings.HasPrefix(t, "[") { // an IPv6 address
		end := strings.IndexByte(t, ']')
		if end < 0 {
			return false
		}
		u.Host, u.IP, t = t[:end+1], true, t[end+1:]
	} else {
		end := strings.IndexByte(t, ':')
		if end < 0 {
			end = len(t)
		}
		u.Host, t = t[:end], t[end:]
	}
	if t != "" {
		if t[0] != ':' || syntax.PortLen(t[1:]) != len(t[1:]) || t[1:] == "*" {
			return false
		}
		if t != ":" {
			u.Port = syntax.PortNumber(t[1:])
		}
	}
	if u.Port == syntax.PortNever {
		return false
	}
	if u.Port == u.Scheme.DefaultPort() {
		u.Port = syntax.PortNone
	}
	return !special || u.checkSpecialHost()
}

// checkSpecialHost holds the host of a special scheme to the URL Standard's
// "host parser", and tells IPv4 addresses from domains.
func (u *URL) checkSpecialHost() bool {
	if u.Host == "" {
		return u.Scheme.Kind == syntax.SchemeFile
	}
	if u.IP {
		return true
	}
	if strings.Contains(u.Host, "%") {
		u.Host = percentDecode(u.Host)
	}
	for i := range len(u.Host) {
		if syntax.Classes[u.Host[i]]&syntax.ClassDomain == 0 {
			return false
		}
	}
	if syntax.EndsInNumber(u.Host) {
		ip, ok := syntax.ParseIPv4(u.Host)
		u.IP = true
		if ok && !isDottedDecimal(u.Host) {
			u.Host = syntax.FormatIPv4(ip) // 127.1, 0x7f000001
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

// isDottedDecimal reports whether an IPv4 address is written in the one way of
// the URL Standard, so that no new text is needed.
func isDottedDecimal(host string) bool {
	dots := 0
	for i := range len(host) {
		switch c := host[i]; {
		case c == '.':
			dots++
		case !syntax.IsDigit(c), c == '0' && (i == 0 || host[i-1] == '.') && i+1 < len(host) && host[i+1] != '.':
			return false
		}
	}
	return dots == 3 && host[len(host)-1] != '.'
}

// Upgrade makes a URL secure, as upgrade-insecure-requests does before the policy is
// asked (Upgrade Insecure Requests, 3.3). URLs of the machine itself are potentially
// trustworthy and stay as they are, but for one browser.
func (r Rules) Upgrade(u *URL) {
	secure := httpFamily[1]
	switch u.Scheme.Kind {
	case syntax.SchemeHTTP:
	case syntax.SchemeWS:
		secure = httpFamily[3]
	default:
		return
	}
	if u.isLoopback() && !r.Have(UpgradeLoopback) {
		return
	}
	if u.Scheme = secure; u.Port == secure.DefaultPort() {
		u.Port = syntax.PortNone
	}
}

// isLoopback reports whether the URL is of the machine itself (Secure Contexts, 3.1).
func (u *URL) isLoopback() bool {
	switch {
	case u.IP:
		return strings.HasPrefix(u.Host, "127.") || u.Host == "[::1]"
	case syntax.EqualFold(u.Host, "localhost"):
		return true
	}
	n := len(u.Host) - len(".localhost")
	return n >= 0 && syntax.EqualFold(u.Host[n:], ".localhost")
}
