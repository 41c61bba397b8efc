package hosttest_test

import (
	"regexp"
	"strings"
)

var (
	inSegment  = regexp.MustCompile(`[^/]\*(/|$)`)
	behindHost = regexp.MustCompile(`^(\d+ https?://[^/?#]*)//`)
	loneMark   = regexp.MustCompile(`\?(#|$)`)
	slashes    = regexp.MustCompile(`/+`)
	repeated   = regexp.MustCompile(`([?&])id=[^&]*&(?:.*&)?`)
)

// without leaves out lines that the host does not have.
func without(refused func(line) bool) func(*exchange) {
	return func(x *exchange) {
		x.change(func(l *line) {
			if refused(*l) {
				*l = line{}
			}
		})
	}
}

// filled takes the answers for the same if both redirect by the same status, under a condition.
func filled(holds func(*exchange) bool) func(*exchange, string, string) (string, string) {
	return func(x *exchange, host, here string) (string, string) {
		if status(host) == status(here) && x.here.Status != 0 && holds(x) {
			return here, here
		}
		return host, here
	}
}

// under takes the answers for the same under a condition.
func under(holds func(*exchange) bool) func(*exchange, string, string) (string, string) {
	return func(x *exchange, host, here string) (string, string) {
		if holds(x) {
			return here, here
		}
		return host, here
	}
}

// mask stands for the percent sign of an escape in files and requests, so that escapes are text.
const mask = "~~"

func maskEscapes(x *exchange) {
	x.url = escape.ReplaceAllString(x.url, mask+"$1")
	x.change(func(l *line) { l.from = escape.ReplaceAllString(browserForm(l.from), mask+"$1") })
}

// beforeDoubleSlash returns a source up to the first two slashes in its path.
func beforeDoubleSlash(from string) string {
	begin := 1
	if i := strings.Index(from, "://"); i >= 0 {
		begin = i + len("://")
	}
	if begin < len(from) {
		if i := strings.Index(from[begin:], "//"); i >= 0 {
			return from[:begin+i]
		}
	}
	return from
}

// oneSlash makes one of several slashes in an answer on the site.
func oneSlash(answer string) string {
	if !strings.HasPrefix(answer[min(4, len(answer)):], "/") {
		return answer
	}
	return slashes.ReplaceAllString(answer, "/")
}

// startAlike reports whether one name begins with another.
func startAlike(names []string) bool {
	for i, a := range names {
		for j, b := range names {
			if i != j && strings.HasPrefix(a, b) {
				return true
			}
		}
	}
	return false
}

// hasTarget reports whether any line's target begins so.
func (x *exchange) hasTarget(prefix string) bool {
	for _, l := range x.lines {
		if strings.HasPrefix(l.to, prefix) {
			return true
		}
	}
	return false
}

// valueHasName reports whether a value may have a name of the rule in it.
func (x *exchange) valueHasName() bool {
	for _, name := range x.rule().names(x.dialect) {
		if strings.Contains(decode(x.url), ":"+name) {
			return true
		}
	}
	return false
}
