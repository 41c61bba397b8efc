package redirect_test

import (
	"strings"
)

// browserOrigin returns the origin that a browser goes to for a Location on
// https://site.example/dir/page: the basic URL parser of the WHATWG URL standard,
// state by state and byte by byte, as far as it decides on scheme, host and port.
// It is slow and plain on purpose: Local and tables are held against it. The origin
// of what cannot be parsed is "failure", that of other schemes "null".
func browserOrigin(input string) string { return browserOriginOn(site, input) }

// browserOriginOn is the same for a page of the https origin base.
func browserOriginOn(base, input string) string {
	input = strings.TrimFunc(input, func(r rune) bool { return r <= ' ' })
	input = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(input)
	at := func(i int) byte {
		if i < len(input) {
			return input[i]
		}
		return 0
	}
	state, scheme, buffer, p := "scheme start", "", "", 0
	for {
		c, end := at(p), p >= len(input)
		switch state {
		case "scheme start":
			if isAlpha(c) {
				buffer, state = strings.ToLower(string(c)), "scheme"
			} else {
				state, p = "no scheme", p-1
			}
		case "scheme":
			switch {
			case isAlpha(c) || '0' <= c && c <= '9' || !end && strings.IndexByte("+-.", c) >= 0:
				buffer += strings.ToLower(string(c))
			case c == ':':
				scheme, buffer = buffer, ""
				switch {
				case scheme == "https":
					state = "special relative or authority"
				case strings.Contains(" http ftp ws wss ", " "+scheme+" "):
					state = "special authority slashes"
				default:
					return "null"
				}
			default:
				buffer, state, p = "", "no scheme", -1
			}
		case "no scheme":
			scheme, state, p = "https", "relative", p-1
		case "special relative or authority":
			if c == '/' && at(p+1) == '/' {
				state, p = "special authority ignore slashes", p+1
			} else {
				state, p = "relative", p-1
			}
		case "relative":
			if c == '/' || c == '\\' {
				state = "relative slash"
			} else {
				return base
			}
		case "relative slash":
			if c == '/' || c == '\\' {
				state = "special authority ignore slashes"
			} else {
				return base
			}
		case "special authority slashes":
			if c == '/' && at(p+1) == '/' {
				p++
			} else {
				p--
			}
			state = "special authority ignore slashes"
		case "special authority ignore slashes":
			if c != '/' && c != '\\' {
				rest := input[min(p, len(input)):]
				if i := strings.IndexAny(rest, `/\?#`); i >= 0 {
					rest = rest[:i]
				}
				return authorityOrigin(scheme, rest)
			}
		}
		p++
	}
}

// authorityOrigin is authority state, host state and port state. A host that is not
// ASCII is given back as it is: it is not that of the site, or it takes IDNA to
// know, which is no matter as long as no such target is let through.
func authorityOrigin(scheme, authority string) string {
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	host, port := authority, ""
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && !strings.HasSuffix(authority, "]") {
		host, port = authority[:i], authority[i+1:]
	}
	if host == "" {
		return "failure"
	}
	var decoded strings.Builder
	for i := 0; i < len(host); i++ {
		if host[i] == '%' && i+2 < len(host) && isHex(host[i+1]) && isHex(host[i+2]) {
			decoded.WriteByte(hexValue(host[i+1])<<4 | hexValue(host[i+2]))
			i += 2
		} else {
			decoded.WriteByte(host[i])
		}
	}
	host = strings.ToLower(decoded.String())
	if strings.ContainsAny(host, "\x00\t\n\r #/:<>?@\\^|%\x7f") && !strings.HasPrefix(host, "[") {
		return "failure"
	}
	n := 0
	for _, c := range []byte(port) {
		if c < '0' || c > '9' {
			return "failure"
		}
		if n = n*10 + int(c-'0'); n > 65535 {
			return "failure"
		}
	}
	port = ""
	if n != 0 && n != map[string]int{"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}[scheme] {
		port = ":" + itoa(n)
	}
	return scheme + "://" + host + port
}

func isAlpha(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

func hexValue(c byte) byte {
	return byte(strings.IndexByte("0123456789abcdef", strings.ToLower(string(c))[0]))
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
