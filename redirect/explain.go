package redirect

import (
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A step is a rule that find has looked at.
type step struct {
	entry
	caps    captures
	outcome outcome
}

func appendStep(trace *[]step, e *entry, caps *captures, result outcome) {
	if trace != nil {
		*trace = append(*trace, step{*e, *caps, result})
	}
}

// Explain says in words what the table does with r: the rules for its path in
// order, what they capture, what becomes of the query, why each is the one or is
// not. The text is for people and may change. It holds the viewer's path and query,
// so mind where you log it.
func (t *Table) Explain(r *edge.Request) string {
	req := newRequest(r)
	var trace []step
	var m Match
	t.find(&m, &req, true, &trace)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q", req.method, req.path)
	if req.query.has {
		fmt.Fprintf(&b, " with the query %q", req.query.raw)
	}
	b.WriteString(":\n")
	for _, s := range trace {
		s.explain(&b)
	}
	switch {
	case m.Status != 0:
		fmt.Fprintf(&b, "answer: %d %s\n", m.Status, m.Location)
		fmt.Fprintf(&b, "  Cache-Control: %s\n", m.CacheControl)
		if m.Vary != "" {
			fmt.Fprintf(&b, "  Vary: %s\n", m.Vary)
		}
	case len(trace) == 0:
		b.WriteString("answer: none; no rule is for this path\n")
	default:
		b.WriteString("answer: none; the request goes on\n")
	}
	return b.String()
}

func (s *step) explain(b *strings.Builder) {
	b.WriteString("rule")
	if s.line > 0 {
		fmt.Fprintf(b, " of line %d", s.line)
	}
	fmt.Fprintf(b, " %s", s.from())
	switch s.outcome {
	case redirects:
		fmt.Fprintf(b, " -> %s: redirects\n", s.to())
	case passes:
		fmt.Fprintf(b, ": %s\n", s.outcome)
	default:
		fmt.Fprintf(b, " -> %s: passed over: %s\n", s.to(), s.outcome)
	}
	for _, c := range s.caps.list[:s.caps.n] {
		fmt.Fprintf(b, "  :%s = %q\n", c.name, c.value)
	}
	if s.outcome == redirects {
		fmt.Fprintf(b, "  query: %s\n", s.mode)
	}
}

// from returns the rule's From in normal form.
func (e *entry) from() string {
	switch {
	case e.host == "":
		return formatFrom(e.pattern)
	case e.options != nil && e.scheme != "":
		return e.scheme + "://" + e.host + formatFrom(e.pattern)
	}
	return "//" + e.host + formatFrom(e.pattern)
}

// to returns the rule's To in normal form.
func (e *entry) to() string {
	if e.pass {
		return "pass"
	}
	return e.origin + e.template
}

// String returns the name of the mode, as in "Preserve".
func (m QueryMode) String() string {
	switch m {
	case Preserve:
		return "Preserve"
	case Merge:
		return "Merge"
	case TargetWins:
		return "TargetWins"
	case Drop:
		return "Drop"
	}
	return fmt.Sprintf("QueryMode(%d)", uint8(m))
}
