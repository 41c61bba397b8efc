package evaluator

import (
	"cmp"
	"slices"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A weakness becomes a finding. It is smaller, and so are the orders that are
// sorted: findings are moved once.
type weakness struct {
	kind     *findingKind      // nil if it is odd
	odd      *syntax.Oddity    // what the parser found, or nil
	bypass   *bypassHost       // what kind is about, or nil
	d        *syntax.Directive // nil if it is about the policy
	value    int32             // index in d; -1 if it is about d
	policy   int32
	severity csp.Severity
}

// An order says where in the list a weakness comes.
type order struct {
	offset   int
	policy   int32
	index    int32 // of the weakness
	severity csp.Severity
}

func (w *weakness) offset() int {
	switch {
	case w.odd != nil:
		return w.odd.Offset
	case w.d == nil:
		return 0
	case w.value < 0:
		return w.d.Offset
	}
	return w.d.Sources[w.value].Offset
}

func (w *weakness) code() string {
	if w.odd != nil {
		return w.odd.Kind.Code
	}
	return w.kind.code
}

// findings puts the weaknesses into words, the worst first.
func (t *together) findings() []csp.Finding {
	orders := make([]order, 0, 64) // on the stack if they are not more
	for i := range t.found {
		w := &t.found[i]
		orders = append(orders, order{w.offset(), w.policy, int32(i), w.severity})
	}
	slices.SortFunc(orders, func(a, b order) int {
		switch {
		case a.severity != b.severity:
			return cmp.Compare(b.severity, a.severity)
		case a.policy != b.policy:
			return cmp.Compare(a.policy, b.policy)
		case a.offset != b.offset:
			return cmp.Compare(a.offset, b.offset)
		}
		return cmp.Or(cmp.Compare(t.found[a.index].code(), t.found[b.index].code()), cmp.Compare(a.index, b.index))
	})
	findings := make([]csp.Finding, 0, len(orders))
	var seen []string // codes, of which there are few
	for _, o := range orders {
		f := t.found[o.index].finding()
		if f.Directive == "" && f.Value == "" { // several policies may have it
			if slices.Contains(seen, f.Code) {
				continue
			}
			seen = append(seen, f.Code)
		}
		findings = append(findings, f)
	}
	return findings
}

func (w *weakness) finding() csp.Finding {
	if o := w.odd; o != nil {
		return csp.Finding{
			Code: o.Kind.Code, Severity: w.severity,
			Position:  csp.Position{Policy: o.Policy, Directive: o.Directive, Value: o.Value, Offset: o.Offset},
			Directive: o.Name, Value: o.Token, Reason: o.Kind.Reason, Mend: o.Kind.Mend,
		}
	}
	f := csp.Finding{
		Code: w.kind.code, Severity: w.severity,
		Position: csp.Position{Policy: int(w.policy), Directive: -1, Value: int(w.value), Offset: w.offset()},
		Reason:   w.kind.reason, Mend: w.kind.mend,
	}
	if w.d != nil {
		f.Directive, f.Position.Directive = w.d.Name, w.d.Index
		if w.value >= 0 {
			f.Value = w.d.Sources[w.value].Text
		}
	}
	if w.bypass != nil {
		f.Reason += ": " + w.bypass.why
	}
	return f
}
