package redirect

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// A Syntax says what in a rule's From is text and what stands for a part of the
// path. In every syntax a backslash before a colon, a star or a backslash makes
// that sign text: see [Quote].
type Syntax uint8

const (
	// Standard is this package's own syntax. A name is a letter and then letters,
	// digits and underscores; it begins at a colon that does not follow a letter, a
	// digit or an underscore, so that "/wiki/Special:Search" is text. One * may
	// stand anywhere. Of several names in a segment the first takes as little as
	// it can.
	Standard Syntax = iota

	// Netlify is that of Netlify's files: a segment that begins with a colon is a
	// name, whatever is in it, and any other colon is text; a * at the end of a
	// segment is the splat, and any other is text.
	Netlify

	// Cloudflare is that of Cloudflare's files: a colon and a letter begin a name
	// wherever they stand. Of several names in a segment, between which there need
	// not be any text, the first takes as much as it can.
	Cloudflare
)

// Quote returns path as a From for this very path: colons, stars and backslashes,
// which may mean more, have a backslash before them.
func Quote(path string) string {
	if isText(path) {
		return path
	}
	var b strings.Builder
	for i := range len(path) {
		if isQuotable(path[i]) {
			b.WriteByte('\\')
		}
		b.WriteByte(path[i])
	}
	return b.String()
}

// isText reports whether nothing in path may be more than text.
func isText(path string) bool {
	return strings.IndexByte(path, ':') < 0 && strings.IndexByte(path, '*') < 0 && strings.IndexByte(path, '\\') < 0
}

func isQuotable(c byte) bool { return c == ':' || c == '*' || c == '\\' }

// nameAt returns the name that begins with the colon at i, "" if none does.
func (x Syntax) nameAt(s string, i int) string {
	if s[i] != ':' {
		return ""
	}
	switch x {
	case Netlify:
		if i == 0 || s[i-1] != '/' {
			return ""
		}
		name, _, _ := strings.Cut(s[i+1:], "/")
		return name
	case Standard:
		if i > 0 && ascii.IsWord(s[i-1]) {
			return ""
		}
	}
	return ascii.Word(s[i+1:])
}

// isSplat reports whether the star at i stands for a part of the path.
func (x Syntax) isSplat(s string, i int) bool {
	return s[i] == '*' && (x != Netlify || i+1 == len(s) || s[i+1] == '/')
}

// Names returns the names that stand for parts of the path in a From, in their
// order; that of a * is "splat". It does not matter whether the From is valid.
func (x Syntax) Names(from string) []string {
	_, _, path, _ := cutFrom(from)
	var names []string
	for rest := x.pattern(path); ; {
		before, name, after := cutName(rest)
		for range strings.Count(before, string(rune(splatSign))) {
			names = append(names, "splat")
		}
		if name == "" {
			return names
		}
		names, rest = append(names, name), after
	}
}

// parse returns the pattern that the path of a From stands for, and what is wrong
// with it.
func (x Syntax) parse(path string) (string, error) {
	pattern := x.pattern(path)
	if !hasSign(pattern) {
		return pattern, nil
	}
	return pattern, x.check(pattern)
}

// pattern returns the pattern that path stands for.
func (x Syntax) pattern(path string) string {
	if isText(path) {
		if isNormal(path) {
			return path
		}
		return string(appendNormal(nil, path))
	}
	var pattern []byte
	text := make([]byte, 0, len(path)) // that is not in the pattern yet
	for i := 0; i < len(path); {
		name := x.nameAt(path, i)
		switch {
		case path[i] == '\\' && i+1 < len(path) && isQuotable(path[i+1]):
			text = append(text, path[i+1])
			i += 2
			continue
		case name != "":
			pattern = append(appendNormal(pattern, string(text)), nameSign)
			pattern = appendPath(pattern, strings.ReplaceAll(name, `\`, "%5C"))
			i += 1 + len(name)
			if i < len(path) && path[i] != '/' {
				pattern = append(pattern, nameEnd)
			}
		case x.isSplat(path, i):
			pattern = append(appendNormal(pattern, string(text)), splatSign)
			i++
		default:
			text = append(text, path[i])
			i++
			continue
		}
		text = text[:0]
	}
	return string(appendNormal(pattern, string(text)))
}

// check says what is wrong with a pattern.
func (x Syntax) check(pattern string) error {
	head, tail, splat := cutSplat(pattern)
	if _, _, more := cutSplat(tail); more {
		return errors.New("more than one *; name segments with :name")
	}
	var names []string
	if splat {
		names = append(names, "splat")
		if _, name, after := cutName(head[strings.LastIndexByte(head, '/')+1:]); name != "" {
			return fmt.Errorf(":%s%s* has no end; put a slash between name and *", name, after)
		}
		first, _, _ := strings.Cut(tail, "/")
		if before, name, _ := cutName(first); name != "" {
			return fmt.Errorf("*%s:%s has no beginning; put a slash between * and name", before, name)
		}
	}
	for rest := pattern; ; {
		_, name, after := cutName(rest)
		switch {
		case name == "":
			return nil
		case slices.Contains(names, name):
			return fmt.Errorf("two placeholders :%s", name)
		case len(names) == maxCaptures:
			return fmt.Errorf("more than %d placeholders", maxCaptures)
		case x == Standard && strings.HasPrefix(after, ":") && ascii.Word(after[1:]) != "":
			return fmt.Errorf(":%s:%s; text must stand between two placeholders", name, ascii.Word(after[1:]))
		}
		names = append(names, name)
		rest = after
	}
}

// formatFrom returns a pattern as a From of the standard syntax, as far as it has
// one.
func formatFrom(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == splatSign:
			b.WriteByte('*')
		case c == nameSign:
			b.WriteByte(':')
		case c == nameEnd:
		case c == '*', c == '\\' && i+1 < len(pattern) && isQuotable(pattern[i+1]), Standard.nameAt(pattern, i) != "":
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
