package redirect

import (
	"errors"
	"fmt"
	"strings"
)

// A pattern is the path of a rule in normal form: literal text, at most one *, and
// :names that stand for one byte or more other than a slash. It is matched as it is
// written, without a form of its own, so that a table of a million rules is the
// text of these rules.

// A capture is a name and the part of the request that it stands for.
type capture struct{ name, value string }

// maxCaptures is how many names a rule may have. It makes room on the stack.
const maxCaptures = 10

// captures are those of one match. The zero value is empty.
type captures struct {
	list [maxCaptures]capture
	n    int
	path int // how many come from the path; the others come from the query
}

func (c *captures) add(name, value string) {
	if c.n < maxCaptures {
		c.list[c.n] = capture{name, value}
		c.n++
	}
}

// longest returns the capture with the longest name that s begins with.
func (c *captures) longest(s string) (found int) {
	found = -1
	for i, v := range c.list[:c.n] {
		if strings.HasPrefix(s, v.name) && (found < 0 || len(v.name) > len(c.list[found].name)) {
			found = i
		}
	}
	return found
}

// matchPattern reports whether pattern matches path, and adds what its names stand
// for to caps. It takes time in proportion to their lengths.
func matchPattern(pattern, path string, caps *captures) bool {
	head, tail, splat := strings.Cut(pattern, "*")
	if !splat {
		return matchSegments(pattern, path, caps)
	}
	// The head's last segment and the tail's first one are parts of segments, for
	// which the splat takes the rest: cut the path where these parts end.
	i := cutAfter(path, head)
	if i < 0 || !matchSegments(head, path[:i], caps) {
		return false
	}
	j := cutBefore(path[i:], tail)
	if j < 0 || !matchSegments(tail, path[i+j:], caps) {
		return false
	}
	caps.add("splat", path[i:i+j])
	return true
}

// cutAfter returns the length of the part of path that head, which ends in literal
// text, has to match: as many slashes as in head, then the literal.
func cutAfter(path, head string) int {
	i := 0
	for range strings.Count(head, "/") {
		n := strings.IndexByte(path[i:], '/')
		if n < 0 {
			return -1
		}
		i += n + 1
	}
	last := head[strings.LastIndexByte(head, '/')+1:]
	if !strings.HasPrefix(path[i:], last) {
		return -1
	}
	return i + len(last)
}

// cutBefore returns where the part of path begins that tail, which begins with
// literal text, has to match.
func cutBefore(path, tail string) int {
	j := len(path)
	for range strings.Count(tail, "/") {
		if j = strings.LastIndexByte(path[:j], '/'); j < 0 {
			return -1
		}
	}
	first, _, _ := strings.Cut(tail, "/")
	if !strings.HasSuffix(path[:j], first) {
		return -1
	}
	return j - len(first)
}

// matchSegments matches a pattern without a splat.
func matchSegments(pattern, path string, caps *captures) bool {
	for {
		want, restPattern, more := strings.Cut(pattern, "/")
		have, restPath, moreHave := strings.Cut(path, "/")
		if more != moreHave || !matchSegment(want, have, caps) {
			return false
		}
		if !more {
			return true
		}
		pattern, path = restPattern, restPath
	}
}

// matchSegment matches one segment. Of several names each but the last takes as
// little as the text after it allows, as in "/:year-:month".
func matchSegment(pattern, s string, caps *captures) bool {
	literal, name, rest := cutName(pattern)
	if !strings.HasPrefix(s, literal) {
		return false
	}
	s = s[len(literal):]
	for name != "" {
		var after string
		var next string
		after, next, rest = cutName(rest)
		end := len(s)
		if next != "" {
			if end = 1 + strings.Index(s[min(1, len(s)):], after); end == 0 {
				return false
			}
		} else if !strings.HasSuffix(s, after) {
			return false
		} else {
			end -= len(after)
		}
		if end < 1 {
			return false
		}
		caps.add(name, s[:end])
		s, name = s[end+len(after):], next
	}
	return s == ""
}

// cutName cuts s at its first name: "a-:b-c" is "a-", "b" and "-c". A colon after a
// letter or a digit is a colon, as in "/wiki/Special:Search".
func cutName(s string) (before, name, after string) {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == ':' && isLetter(s[i+1]) && (i == 0 || !isNameByte(s[i-1])) {
			j := i + 2
			for j < len(s) && isNameByte(s[j]) {
				j++
			}
			return s[:i], s[i+1 : j], s[j:]
		}
	}
	return s, "", ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isNameByte(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' || c == '_' }

// checkPattern says what is wrong with a pattern.
func checkPattern(pattern string) error {
	head, tail, splat := strings.Cut(pattern, "*")
	if strings.Contains(tail, "*") {
		return errors.New("more than one *; name segments with :name")
	}
	names := map[string]bool{}
	if splat {
		names["splat"] = true
		if _, name, after := cutName(head[strings.LastIndexByte(head, '/')+1:]); name != "" {
			return fmt.Errorf(":%s%s* has no end; put a slash between name and *", name, after)
		}
		first, _, _ := strings.Cut(tail, "/")
		if _, name, _ := cutName(first); name != "" {
			return fmt.Errorf("*%s has no beginning; put a slash between * and name", first)
		}
	}
	for rest := pattern; ; {
		_, name, after := cutName(rest)
		switch {
		case name == "":
			return nil
		case names[name]:
			return fmt.Errorf("two placeholders :%s", name)
		case len(names) == maxCaptures:
			return fmt.Errorf("more than %d placeholders", maxCaptures)
		case strings.HasPrefix(after, ":"):
			if before, next, _ := cutName(after); before == "" && next != "" {
				return fmt.Errorf(":%s:%s; text must stand between two placeholders", name, next)
			}
		}
		names[name] = true
		rest = after
	}
}
