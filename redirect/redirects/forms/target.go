package forms

import (
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// literal returns text as a part of a rule's To that stands for itself: a colon that
// begins one of the names that From has, or could be taken for the beginning of one,
// is escaped.
func literal(text string, names ...string) string {
	return escapeColons(text, func(i int) bool {
		startsWord := i+1 < len(text) && ascii.IsLetter(text[i+1]) && (i == 0 || !ascii.IsWord(text[i-1]))
		return startsWord || startsAny(text[i+1:], names)
	})
}

// quoteNames is literal for targets in which a colon may be meant to begin a name, so
// that the table says what is wrong with it.
func quoteNames(text string, names []string) string {
	return escapeColons(text, func(i int) bool { return startsAny(text[i+1:], names) })
}

// escapeColons escapes the colons of text that escape says.
func escapeColons(text string, escape func(i int) bool) string {
	if !strings.Contains(text, ":") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if text[i] == ':' && escape(i) {
			b.WriteString("%3A")
		} else {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

func startsAny(s string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(s, name) })
}

// isTarget reports whether s begins as targets do.
func isTarget(s string) bool {
	return strings.HasPrefix(s, "/") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// cutPath cuts a target where its path ends. A URL without a path gets the path /.
func cutPath(target string) (head, tail string) {
	head = target
	if i := strings.IndexAny(target, "?#"); i >= 0 {
		head, tail = target[:i], target[i:]
	}
	if _, rest, ok := strings.Cut(head, "://"); ok && !strings.Contains(rest, "/") {
		head += "/"
	}
	return head, tail
}

// setStatus reads a status. One that is none of a redirect makes a rule that passes.
func (fb *fileBuilder) setStatus(r *redirect.Rule, f field) bool {
	n, err := strconv.Atoi(strings.TrimSpace(f.text))
	switch {
	case err == nil && isRedirect(n):
		r.Status = n
		return true
	case err == nil && (n == 200 || 400 <= n && n < 600):
		fb.pass(r, f.position, n)
		return true
	}
	fb.fail(f.position, rulefile.Syntax, "status %q; must be 301, 302, 303, 307 or 308", f.text)
	return false
}

func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// pass makes r a rule that lets its requests pass on, and says so.
func (fb *fileBuilder) pass(r *redirect.Rule, at position, status int) {
	*r = redirect.Rule{Pass: true, From: r.From, When: r.When, Unless: r.Unless}
	fb.note(at, rulefile.Unsupported, "status %d is no redirect: the requests that this is for pass on, and the origin has to answer them so", status)
}
