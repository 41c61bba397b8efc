package csp

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// Parse reads the text of one policy, as in a meta element or a header without
// commas: draft 2.2.1, "Parse a serialized CSP". It takes any text and never
// fails: what browsers ignore has no effect, and stays in [Policy.String]. What
// was odd is in the findings, in the order of the text; after a thousand the
// last one says that there are more.
//
// A comma has no meaning in one policy; a header that may have several is read
// with [ParseList].
func Parse(text string) (Policy, []Finding) {
	r := syntax.Parser{}
	m := r.Parse(text, 0)
	return Policy{m}, findings(r.Oddities)
}

// ParseList reads a header value, the policies in it with commas between:
// draft 2.2.2, "Parse a serialized CSP list". Several headers of the same
// name make one list: join their values with a comma, or append their lists.
// Policies without directives are dropped. It takes any text and never fails.
func ParseList(text string) (List, []Finding) {
	r := syntax.Parser{}
	var list List
	base := 0
	for piece := range strings.SplitSeq(text, ",") {
		// "Splitting on commas" strips ASCII whitespace from the pieces.
		before := 0
		for before < len(piece) && syntax.IsSpace(piece[before]) {
			before++
		}
		r.PolicyIndex = len(list)
		first := len(r.Oddities)
		if p := (Policy{r.Parse(syntax.TrimSpace(piece[before:]), base+before)}); !p.m.IsEmpty() {
			list = append(list, p)
		} else {
			for i := first; i < len(r.Oddities); i++ {
				r.Oddities[i].Policy = -1
			}
		}
		base += len(piece) + 1
	}
	return list, findings(r.Oddities)
}

// findings puts what the parser found odd into words.
func findings(oddities []syntax.Oddity) []Finding {
	if len(oddities) == 0 {
		return nil
	}
	all := make([]Finding, len(oddities))
	for i, o := range oddities {
		all[i] = Finding{
			Code: o.Kind.Code, Severity: Severity(o.Kind.Severity),
			Position:  Position{Policy: o.Policy, Directive: o.Directive, Value: o.Value, Offset: o.Offset},
			Directive: o.Name, Value: o.Token, Reason: o.Kind.Reason, Mend: o.Kind.Mend,
		}
	}
	return all
}
