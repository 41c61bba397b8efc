package redirect

import "strings"

// A pattern is the path of a rule as it lies in a table: literal text in normal
// form, in which no byte below a space occurs, and signs for what stands for a part
// of a path. It is matched as it is, without a form of its own, so that a table of
// a million rules is the text of these rules.

// The signs of a pattern.
const (
	splatSign = '\x01' // any text, even none
	nameSign  = '\x02' // begins a name, which stands for one byte or more of a segment
	nameEnd   = '\x03' // ends a name that anything but a slash follows
)

const signs = "\x01\x02\x03"

// hasSign reports whether a pattern has a part that stands for more than itself.
func hasSign(pattern string) bool {
	return strings.IndexByte(pattern, splatSign) >= 0 || strings.IndexByte(pattern, nameSign) >= 0
}

// cutSplat cuts a pattern at its splat.
func cutSplat(pattern string) (head, tail string, found bool) {
	if i := strings.IndexByte(pattern, splatSign); i >= 0 {
		return pattern[:i], pattern[i+1:], true
	}
	return pattern, "", false
}

// cutName cuts a pattern at its first name.
func cutName(pattern string) (before, name, after string) {
	i := strings.IndexByte(pattern, nameSign)
	if i < 0 {
		return pattern, "", ""
	}
	before, name = pattern[:i], pattern[i+1:]
	for end := range len(name) {
		switch name[end] {
		case '/':
			return before, name[:end], name[end:]
		case nameEnd:
			return before, name[:end], name[end+1:]
		}
	}
	return before, name, ""
}

// literalTail returns the text that a pattern ends in.
func literalTail(pattern string) string {
	i := strings.LastIndexAny(pattern, signs)
	if i >= 0 && pattern[i] == nameSign {
		_, _, after := cutName(pattern[i:])
		return after
	}
	return pattern[i+1:]
}

// A capture is a name and the part of the request that it stands for.
type capture struct{ name, value string }

// maxCaptures is how many names a rule may have. It makes room on the stack.
const maxCaptures = 10

// captures are those of one match. The zero value is empty.
type captures struct {
	list     [maxCaptures]capture
	n        int
	fromPath int // how many come from the path; the others come from the query
}

func (c *captures) add(name, value string) {
	if c.n < maxCaptures {
		c.list[c.n] = capture{name, value}
		c.n++
	}
}

// longestPrefix returns the capture with the longest name that s begins with, -1 if
// there is none.
func (c *captures) longestPrefix(s string) (found int) {
	found = -1
	for i, v := range c.list[:c.n] {
		if strings.HasPrefix(s, v.name) && (found < 0 || len(v.name) > len(c.list[found].name)) {
			found = i
		}
	}
	return found
}

// A matcher compares patterns with paths. It takes time in proportion to their
// lengths.
type matcher struct {
	greedy bool // of several names in a segment the first takes as much as it can
}

// match reports whether pattern matches path, and adds what its names stand for to
// caps.
func (m matcher) match(pattern, path string, caps *captures) bool {
	head, tail, splat := cutSplat(pattern)
	if !splat {
		return m.segments(pattern, path, caps)
	}
	// The head's last segment and the tail's first one are parts of segments, for
	// which the splat takes the rest: cut the path where these parts end.
	i := cutAfter(path, head)
	if i < 0 || !m.segments(head, path[:i], caps) {
		return false
	}
	j := cutBefore(path[i:], tail)
	if j < 0 || !m.segments(tail, path[i+j:], caps) {
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

// segments matches a pattern without a splat.
func (m matcher) segments(pattern, path string, caps *captures) bool {
	for {
		i := strings.IndexByte(pattern, nameSign)
		if i < 0 {
			return pattern == path
		}
		if !strings.HasPrefix(path, pattern[:i]) {
			return false
		}
		pattern, path = pattern[i:], path[i:]
		want, have := segmentLen(pattern), segmentLen(path)
		if have == 0 || !m.segment(pattern[:want], path[:have], caps) {
			return false
		}
		pattern, path = pattern[want:], path[have:]
	}
}

// segmentLen returns the length of the first segment of path. They are short.
func segmentLen(path string) int {
	n := 0
	for n < len(path) && path[n] != '/' {
		n++
	}
	return n
}

// segment matches a part of a segment that begins with a name and goes to its end.
func (m matcher) segment(pattern, s string, caps *captures) bool {
	end := strings.IndexByte(pattern, nameEnd)
	switch {
	case end < 0: // nothing else, as behind most names
		caps.add(pattern[1:], s)
		return true
	case m.greedy:
		return matchGreedy(pattern[1:end], pattern[end+1:], s, caps)
	}
	return matchLazy(pattern[1:end], pattern[end+1:], s, caps)
}

// matchLazy matches what begins with a name. Each name but the last takes as
// little as the text after it allows, as in "/:year-:month".
func matchLazy(name, rest, s string, caps *captures) bool {
	for name != "" {
		var after, next string
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

// matchGreedy is matchShort for names each of which takes as much as those behind
// it leave, as in the regular expressions that Cloudflare makes of rules. It goes
// from the end, so that the text between two names is found where it stands last.
func matchGreedy(name, rest, s string, caps *captures) bool {
	var names, texts [maxCaptures]string // a name and the text behind it
	n := 0
	for ; name != "" && n < maxCaptures; n++ {
		names[n] = name
		texts[n], name, rest = cutName(rest)
	}
	var values [maxCaptures]string
	for i := n - 1; i >= 0; i-- {
		at := -1
		if i == n-1 {
			if strings.HasSuffix(s, texts[i]) {
				at = len(s) - len(texts[i])
			}
		} else if len(s) > 0 {
			// What is left of s ends where the next name has one byte at least.
			at = strings.LastIndex(s[:len(s)-1], texts[i])
		}
		if at < 1 {
			return false
		}
		if i < n-1 {
			values[i+1] = s[at+len(texts[i]):]
		}
		s = s[:at]
	}
	values[0] = s
	for i := range n {
		caps.add(names[i], values[i])
	}
	return true
}
