package csptable

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Table has the policy of each page of a site, by URL path. Make one with [New],
// or csphtml.NewTable, when the site is built, and save it as text, to be embedded, or as Go.
// The text has a line for every page, sorted by path:
//
//	/index.html	default-src 'self'; script-src 'sha256-…'
//
// A Table keeps the text and searches it, so that a program that begins with
// [Parse] has next to nothing to do. It is a value and safe for concurrent
// use; the zero Table has no pages.
type Table struct{ text string }

// New gives the table of policies by path. Everything that is wrong is in the
// error: paths that do not begin with a slash, and paths and policies with control
// characters.
func New(policies map[string]csp.Policy) (Table, error) {
	var b strings.Builder
	var errs []error
	for _, path := range slices.Sorted(maps.Keys(policies)) {
		text := policies[path].String()
		fmt.Fprintf(&b, "%s\t%s\n", path, text)
		if err := checkLine(path, text); err != nil {
			errs = append(errs, fmt.Errorf("csp: table: %w", err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Table{}, err
	}
	return Table{b.String()}, nil
}

// Parse takes the text of a table, as [Table.String] gives it. It refuses
// lines that are not a path, a tab and a policy, and paths that are not sorted
// or come twice.
func Parse(text string) (Table, error) {
	var errs []error
	before := ""
	for line := range strings.Lines(text) {
		path, policy, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		switch err := checkLine(path, policy); {
		case !ok || !strings.HasSuffix(line, "\n"):
			errs = append(errs, fmt.Errorf("csp: table: got line %q, want a path, a tab, a policy and a newline", line))
		case err != nil:
			errs = append(errs, fmt.Errorf("csp: table: %w", err))
		case path <= before:
			errs = append(errs, fmt.Errorf("csp: table: got path %q after %q, want them sorted and each once", path, before))
		}
		before = path
	}
	if err := errors.Join(errs...); err != nil {
		return Table{}, err
	}
	return Table{text}, nil
}

func checkLine(path, policy string) error {
	if !strings.HasPrefix(path, "/") || strings.IndexFunc(path, func(r rune) bool { return r < ' ' || r == 0x7f }) >= 0 {
		return fmt.Errorf("got path %q, want one that begins with / and has no control characters", path)
	}
	if strings.Contains(policy, "\t") {
		return fmt.Errorf("%s: got a tab in policy %q; take Policy.Canonical", path, policy)
	}
	if err := syntax.CheckHeaderValue(policy); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// Lookup finds the policy, a header value, for the path of a request, such as
// the URI of a CloudFront event: percent-encoding is undone, and of "/docs/" the
// page is "/docs/index.html". It reports false if the path is of no page.
func (t Table) Lookup(path string) (policy string, ok bool) {
	if strings.IndexByte(path, '%') >= 0 {
		if path, ok = unescapePath(path); !ok {
			return "", false
		}
	}
	if strings.HasSuffix(path, "/") {
		if policy, ok = t.find(path, "index.html"); ok {
			return policy, true
		}
	}
	return t.find(path, "")
}

// find searches the line of the path that is base and name.
func (t Table) find(base, name string) (policy string, ok bool) {
	low, high := 0, len(t.text)
	for low < high {
		middle := (low + high) / 2
		start := strings.LastIndexByte(t.text[:middle], '\n') + 1
		end := start + strings.IndexByte(t.text[start:], '\n')
		path, policy, _ := strings.Cut(t.text[start:end], "\t")
		switch order := comparePath(path, base, name); {
		case order == 0:
			return policy, true
		case order < 0:
			low = end + 1
		default:
			high = start
		}
	}
	return "", false
}

// comparePath compares path with base+name.
func comparePath(path, base, name string) int {
	n := min(len(path), len(base))
	if order := strings.Compare(path[:n], base); order != 0 {
		return order
	}
	return strings.Compare(path[n:], name)
}

func unescapePath(path string) (string, bool) {
	b := make([]byte, 0, len(path))
	for i := 0; i < len(path); i++ {
		if path[i] != '%' {
			b = append(b, path[i])
			continue
		}
		if i+2 >= len(path) || !syntax.IsHex(path[i+1]) || !syntax.IsHex(path[i+2]) {
			return "", false
		}
		b = append(b, syntax.HexValue(path[i+1])<<4|syntax.HexValue(path[i+2]))
		i += 2
	}
	return string(b), true
}

// String gives the text of the table, for a file that the program embeds and
// gives to [Parse].
func (t Table) String() string { return t.text }
