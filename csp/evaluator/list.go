package evaluator

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// checkCommas looks at the policies of one header for commas in the place of
// semicolons: no directive is in two policies, and either each has one only, or one
// blocks what another adds to its fallback.
func (t *together) checkCommas() {
	if t.c.Separate || t.c.Meta || t.restricts < 2 || !t.disjoint() {
		return
	}
	before := len(t.found)
	for i := range t.all {
		e := checker{t, &t.all[i]}
		for j := range e.policy.Directives {
			if d := &e.policy.Directives[j]; t.blocks(e.evaluation, d) {
				e.add(&findingCommaBlocks, 0, d, -1)
			}
		}
	}
	if last := (checker{t, &t.all[len(t.all)-1]}); len(t.found) == before && t.single() {
		last.add(&findingComma, 0, &last.policy.Directives[0], -1)
	}
}

// disjoint reports whether all policies have directives, and different ones. Those of
// unknown names do not count.
func (t *together) disjoint() bool {
	var seen [syntax.DirectiveEnd]bool
	if len(t.all) > len(seen) {
		return false
	}
	for i := range t.all {
		if t.all[i].policy.IsZero() {
			return false
		}
		for _, d := range t.all[i].policy.Directives {
			if seen[d.ID] {
				return false
			}
			seen[d.ID] = d.ID != syntax.DirUnknown
		}
	}
	return true
}

// single reports whether each policy has one directive.
func (t *together) single() bool {
	for i := range t.all {
		if len(t.all[i].policy.Directives) != 1 {
			return false
		}
	}
	return true
}

// blocks reports whether a source of d, which is in own, is of no use because what d
// would replace in one policy governs in another, and does not have it.
func (t *together) blocks(own *evaluation, d *syntax.Directive) bool {
	if len(syntax.Fallbacks(d.ID)) < 2 {
		return false
	}
	for i := range t.all {
		e := &t.all[i]
		v := e.viewOf(d.ID, false)
		if e == own || v.d == nil || len(v.d.Sources) > manySources {
			continue
		}
		for j := range d.Sources {
			if !v.mayTake(&d.Sources[j]) {
				return true
			}
		}
	}
	return false
}

// mayTake reports whether the list allows something that a source does, as far as
// texts show. 'self' may be any host.
func (v *sourceView) mayTake(s *syntax.Source) bool {
	switch s.Kind {
	case syntax.SourceInvalid:
		return true
	case syntax.SourceHost:
		if reachOf(s) != reachHosts {
			return v.mayShare(s)
		}
	case syntax.SourceKeyword:
		switch s.Keyword {
		case syntax.KwSelf:
			return v.located
		case syntax.KwNone, syntax.KwReportSample:
			return true
		}
	}
	return v.d.Has(s.Text)
}
