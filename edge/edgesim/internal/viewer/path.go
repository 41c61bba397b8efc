package viewer

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// Matches reports whether a CloudFront path pattern matches a path, as [message.Wildcard] does. The pattern's leading slash is
// optional.
func Matches(pattern, path string) bool {
	if !strings.HasPrefix(pattern, "/") && !strings.HasPrefix(pattern, "*") {
		path = strings.TrimPrefix(path, "/")
	}
	return message.Wildcard(pattern, path)
}

// NormalPath is the form of a path that behaviours are chosen by: CloudFront normalises as RFC 3986 section 6
// does (escaped unreserved characters, dot segments, repeated slashes) to find the behaviour, and sends the raw
// path on.
func NormalPath(raw string) string {
	if !strings.Contains(raw, "%") && !strings.Contains(raw, "/.") && !strings.Contains(raw, "//") {
		return raw
	}
	plain := unescapeUnreserved(raw)
	var kept []string
	segments := strings.Split(plain, "/")
	for i, segment := range segments {
		last := i == len(segments)-1
		switch segment {
		case ".", "":
			if last {
				kept = append(kept, "")
			}
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, segment)
		}
	}
	return "/" + strings.Join(kept, "/")
}

// unescapeUnreserved decodes the escapes of the characters that RFC 3986 section 2.3 calls unreserved, and only
// those.
func unescapeUnreserved(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if c, ok := unhex(s[i+1], s[i+2]); ok && isUnreserved(c) {
				b.WriteByte(c)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// unhex decodes two hexadecimal digits.
func unhex(high, low byte) (byte, bool) {
	h, okHigh := hexDigit(high)
	l, okLow := hexDigit(low)
	return h<<4 | l, okHigh && okLow
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// BadEscape reports whether a raw path has a "%" that no two hexadecimal digits follow.
func BadEscape(raw string) bool {
	for i := 0; i < len(raw); i++ {
		if raw[i] != '%' {
			continue
		}
		if i+2 >= len(raw) {
			return true
		}
		if _, ok := unhex(raw[i+1], raw[i+2]); !ok {
			return true
		}
		i += 2
	}
	return false
}
