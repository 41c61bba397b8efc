package crawl

import (
	"strconv"
	"strings"
)

// MaxDelay is the longest delay, in seconds, of a refresh that counts as a redirect.
// Who sees a page for longer is meant to read it.
const MaxDelay = 5

// asciiSpace is the ASCII whitespace of the Infra standard.
const asciiSpace = "\t\n\f\r "

// parseRefresh reads the content of a refresh: the shared declarative refresh steps
// of the HTML standard. The target is "" if the page is to be loaded again. What
// browsers ignore is not ok.
func parseRefresh(content string) (seconds int, target string, ok bool) {
	s := strings.TrimLeft(content, asciiSpace)
	rest := strings.TrimLeft(s, "0123456789")
	digits := s[:len(s)-len(rest)]
	if digits == "" && !strings.HasPrefix(rest, ".") {
		return 0, "", false
	}
	seconds, err := strconv.Atoi(digits)
	if err != nil && digits != "" {
		seconds = MaxDelay + 1 // more than an int has room for
	}
	rest = strings.TrimLeft(rest, "0123456789.")
	if rest == "" {
		return seconds, "", true
	}
	if strings.IndexByte(";,"+asciiSpace, rest[0]) < 0 {
		return 0, "", false
	}
	rest = strings.TrimLeft(rest, asciiSpace)
	if rest != "" && (rest[0] == ';' || rest[0] == ',') {
		rest = strings.TrimLeft(rest[1:], asciiSpace)
	}
	return seconds, refreshTarget(rest), true
}

// refreshTarget returns the target that s, what stands behind the time, names.
func refreshTarget(s string) string {
	if s != "" && s[0]|0x20 == 'u' {
		// "url" and "=" may be there or not; if only a part is, all of it is target.
		if len(s) < 3 || !strings.EqualFold(s[:3], "url") {
			return s
		}
		value, found := strings.CutPrefix(strings.TrimLeft(s[3:], asciiSpace), "=")
		if !found {
			return s
		}
		s = strings.TrimLeft(value, asciiSpace)
	}
	if s != "" && (s[0] == '\'' || s[0] == '"') {
		s, _, _ = strings.Cut(s[1:], s[:1])
	}
	return s
}
