package workload

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// Write writes rules as a _redirects file.
func Write(w io.Writer, rules iter.Seq[redirect.Rule]) error {
	b := bufio.NewWriter(w)
	for r := range rules {
		fmt.Fprintf(b, "%s %s %d\n", r.From, r.To, cmp.Or(r.Status, 301))
	}
	return b.Flush()
}

// Read returns the rules of what Write has written. They are parts of the text, so
// that to read them allocates nothing.
func Read(text string) iter.Seq[redirect.Rule] {
	return func(yield func(redirect.Rule) bool) {
		for line := range strings.Lines(text) {
			from, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			to, status, _ := strings.Cut(rest, " ")
			r := redirect.Rule{From: from, To: to}
			r.Status, _ = strconv.Atoi(status)
			if !yield(r) {
				return
			}
		}
	}
}
