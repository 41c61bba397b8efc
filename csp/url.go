package csp

import "strings"

// A location is what matching needs of a URL. Its strings are pieces of the
// text that was parsed, so that no memory is taken.
type location struct {
	scheme scheme
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
	found := class(0)
	for i := range len(text) {
		k := classes[text[i]]
		found |= k
		if k&classURLEnd != 0 {
			text = text[:i]
			break
		}
	}
	if found&classURLRemoved != 0 {
		return parseURL(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(text))
	}
	n := schemeLen(text)
	if n == 0 || n == len(text) || text[n] != ':' {
		return u, false
	}
	u.scheme, u.port = newScheme(text[:n]), portNone
	return u, u.parseRest(text[n+1:], found&classURLRare != 0)
}

// parseRest reads what is after the scheme's colon and before the query.
func (u *location) parseRest(rest string, rare bool) bool {
	special := u.scheme.special()
	switch {
	case special && u.scheme.kind != schemeFile:
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
		switch strings.ReplaceAll(asciiLower(s), "%2e", ".") {
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
		if t[0] != ':' || portLen(t[1:]) != len(t[1:]) || t[1:] == "*" {
			return false
		}
		if t != ":" {
			u.port = portNumber(t[1:])
		}
	}
	if u.port == portNever {
		return false
	}
	if u.port == u.scheme.defaultPort() {
		u.port = portNone
	}
	return !special || u.checkSpecialHost()
}

// checkSpecialHost holds the host of a special scheme to the URL Standard's
// "host parser", and tells IPv4 addresses from domains.
func (u *location) checkSpecialHost() bool {
	if u.host == "" {
		return u.scheme.kind == schemeFile
	}
	if u.ip {
		return true
	}
	if strings.Contains(u.host, "%") {
		u.host = percentDecode(u.host)
	}
	for i := range len(u.host) {
		if classes[u.host[i]]&classDomain == 0 {
			return false
		}
	}
	if endsInNumber(u.host) {
		ip, ok := parseIPv4(u.host)
		u.ip = true
		if ok && ip == loopback {
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

const loopback = 127<<24 | 1

// endsInNumber is the URL Standard's "ends in a number checker": such a host is
// an IPv4 address, or no host.
func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" || !isDigit(last[0]) {
		return false
	}
	if portLen(last) == len(last) {
		return true
	}
	_, ok := parseIPv4Number(last)
	return ok
}

// parseIPv4 is the URL Standard's "IPv4 parser".
func parseIPv4(host string) (uint32, bool) {
	host = strings.TrimSuffix(host, ".")
	var ip uint64
	for parts := 1; ; parts++ {
		part, rest, more := strings.Cut(host, ".")
		n, ok := parseIPv4Number(part)
		if !ok || parts > 4 {
			return 0, false
		}
		if !more { // the last part fills what is left
			left := 8 * (5 - parts)
			return uint32(ip<<left | n), n < 1<<left
		}
		if n > 255 {
			return 0, false
		}
		ip, host = ip<<8|n, rest
	}
}

// parseIPv4Number reads decimal, 0 octal or 0x hexadecimal; numbers that are
// too large come back as one that no part can hold.
func parseIPv4Number(t string) (uint64, bool) {
	base := uint64(10)
	switch {
	case t == "":
		return 0, false
	case len(t) > 1 && t[0] == '0' && t[1]|0x20 == 'x':
		base, t = 16, t[2:]
	case len(t) > 1 && t[0] == '0':
		base, t = 8, t[1:]
	}
	n := uint64(0)
	for i := range len(t) {
		c, digit := t[i]|0x20, uint64(16)
		if isDigit(t[i]) {
			digit = uint64(t[i] - '0')
		} else if 'a' <= c && c <= 'f' {
			digit = uint64(c-'a') + 10
		}
		if digit >= base {
			return 0, false
		}
		n = min(n*base+digit, 1<<32)
	}
	return n, true
}
