package csp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// Canonical gives the policy in a form that is the same for all policies that
// differ in order, letter case, white space and repetition only: default-src
// first, then the other directives in the order of their functions here, unknown
// ones by name, reporting last; in each the sources by kind and then by
// text. 'none' beside other sources goes, and an empty list has 'none'. It
// allows exactly what the policy allows, but for browsers that mind what else is
// written: where a directive is dropped for a character in it (dropped-name-counts,
// vertical-tab of [Behaviors]), and hosts before or behind 'strict-dynamic' of
// default-src (strict-dynamic-default-urls).
func (p Policy) Canonical() Policy {
	if p.m == nil {
		return p
	}
	all := slices.Clone(p.m.Directives)
	slices.SortStableFunc(all, func(a, b syntax.Directive) int {
		return cmp.Or(cmp.Compare(a.Rank(), b.Rank()), strings.Compare(a.Name, b.Name))
	})
	texts := make([]string, len(all))
	for i := range all {
		texts[i] = all[i].Canonical()
	}
	q, _ := Parse(strings.Join(texts, "; "))
	return q
}
