package httpcache

import (
	"net/http"
	"strings"
	"time"
)

// cacheControl is the directives of a Cache-Control header, names in lower case, values without quotes.
// Of a directive that comes several times the first counts (RFC 9111 section 4.2.1 lets a cache choose).
type cacheControl map[string]string

func parseCacheControl(h http.Header) cacheControl {
	lines := h["Cache-Control"]
	if len(lines) == 0 {
		return nil
	}
	cc := cacheControl{}
	for rest := strings.Join(lines, ","); rest != ""; {
		var item string
		item, rest = cutOutsideQuotes(rest, ',')
		name, value, _ := strings.Cut(item, "=")
		name = strings.ToLower(strings.Trim(name, " \t"))
		if _, seen := cc[name]; name == "" || seen {
			continue
		}
		cc[name] = strings.Trim(strings.Trim(value, " \t"), `"`)
	}
	return cc
}

// cutOutsideQuotes cuts s at the first sep that is not inside a quoted string.
func cutOutsideQuotes(s string, sep byte) (before, after string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case !quoted && s[i] == sep:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func (cc cacheControl) has(name string) bool {
	_, ok := cc[name]
	return ok
}

// forbidsStale reports whether the origin has every stale object checked before it is served (RFC 9111 sections 5.2.2.2 and 5.2.2.8).
// CloudFront's documents have neither directive.
func (cc cacheControl) forbidsStale() bool {
	return cc.has("must-revalidate") || cc.has("proxy-revalidate")
}

// seconds is the value of a directive that counts seconds. A value that is not a number is 0, so that an object
// with a broken lifetime counts as stale (RFC 9111 section 4.2.1); one that overflows is 2^31 (section 1.2.2).
func (cc cacheControl) seconds(name string) (time.Duration, bool) {
	value, ok := cc[name]
	if !ok {
		return 0, false
	}
	seconds, _ := parseDeltaSeconds(value)
	return seconds, true
}

func parseDeltaSeconds(s string) (time.Duration, bool) {
	const limit = 1 << 31
	n := int64(0)
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = min(n*10+int64(s[i]-'0'), limit)
	}
	return time.Duration(n) * time.Second, s != ""
}
