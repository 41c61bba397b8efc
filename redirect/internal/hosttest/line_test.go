package hosttest_test

import (
	"regexp"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A line is one of a file, in its parts. A rule has a source.
type line struct {
	from, query, to, rest    string
	indent, gap, tail, ended string
}

func (l line) String() string {
	if l.from == "" {
		return l.tail + l.ended
	}
	words := strings.Fields(l.from + " " + l.query + " " + l.to + " " + l.rest)
	return l.indent + strings.Join(words, l.gap) + l.tail + l.ended
}

// fileText returns the text of a file.
func fileText(lines []line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.String() + "\n")
	}
	return b.String()
}

var word = regexp.MustCompile(`:([A-Za-z]\w*)`)

// names returns the names that the line captures.
func (l line) names(d rulefile.Dialect) []string {
	names := []string{"splat"}
	if d == rulefile.Cloudflare {
		for _, m := range word.FindAllStringSubmatch(l.from, -1) {
			names = append(names, m[1])
		}
		return names
	}
	for segment := range strings.SplitSeq(l.from, "/") {
		if name, ok := strings.CutPrefix(segment, ":"); ok {
			names = append(names, name)
		}
	}
	for parameter := range strings.FieldsSeq(l.query) {
		if _, name, ok := strings.Cut(parameter, "=:"); ok {
			names = append(names, name)
		}
	}
	return names
}

// hasQuery reports whether the target has a query, with something in it.
func (l line) hasQuery() bool {
	return strings.Contains(loneMark.ReplaceAllString(l.to, "$1"), "?")
}
