package csp

import "strings"

// Union gives a policy that allows what either policy allows, and reports
// whether it allows nothing else. There is not always an exact one: what
// 'unsafe-inline' of one policy and a nonce of the other allow cannot be said in one
// list, for example. Then a directive that cannot be kept is left out, so that
// the result is wider, and never narrower; [Diff] tells what it allows
// besides. The result is canonical. It reports violations to where both do.
func Union(a, b Policy) (union Policy, exact bool) {
	u := a.uniteAs(b, namesOf(a, b))
	if !u.holds(a, b) {
		u = a.uniteAs(b, effectiveNames())
	}
	for {
		narrow := u.narrower(a, b)
		if narrow == "" {
			break
		}
		u = u.Without(narrow)
	}
	u = u.Canonical()
	c := newComparison(List{u}, List{a}, List{b})
	return u, c.all(func(Change) bool { return false })
}

// namesOf gives the directives that either policy has.
func namesOf(policies ...Policy) []string {
	var names []string
	for _, p := range policies {
		for d := range p.Directives() {
			names = append(names, d.name)
		}
	}
	return distinct(names)
}

// effectiveNames gives the directives that no other falls back to, and the
// others that are no fetch directives.
func effectiveNames() []string {
	var names []string
	for id := dirUnknown + 1; id < directiveEnd; id++ {
		if id != dirDefaultSrc && id != dirChildSrc && id != dirStyleSrc {
			names = append(names, directives[id].name)
		}
	}
	return names
}

// uniteAs makes a policy with those of the directives named that restrict
// something in both.
func (p Policy) uniteAs(q Policy, names []string) Policy {
	var texts []string
	for _, name := range names {
		if text := p.unite(q, name); text != "" {
			texts = append(texts, text)
		}
	}
	u, _ := Parse(strings.Join(texts, ";"))
	return u
}

// unite gives the text of one directive of a union, or "" if the union needs
// none.
func (p Policy) unite(q Policy, name string) string {
	id := lookupDirective(name)
	if id == dirUnknown {
		// What is not understood can only be kept if both policies say it.
		d, _ := p.Lookup(name)
		e, ok := q.Lookup(name)
		if !ok || d.canonical() != e.canonical() {
			return ""
		}
		return d.text
	}
	d, e := p.governing(id), q.governing(id)
	if id == dirReportURI || id == dirReportTo {
		d, e = orEmpty(d), orEmpty(e)
	}
	if d == nil || e == nil {
		return ""
	}
	var tokens []string
	switch directives[id].value {
	case valueSources, valueAncestors:
		tokens = joinSources(d.sources, e.sources)
	case valueOneToken: // one endpoint only
		if tokens = joinTokens(d.sources, e.sources); len(tokens) != 1 {
			return ""
		}
	case valueWebRTC:
		if p.AllowsWebRTC() || q.AllowsWebRTC() {
			return ""
		}
		tokens = []string{"'block'"}
	default:
		if tokens = joinTokens(d.sources, e.sources); id == dirReportURI && len(tokens) == 0 {
			return ""
		}
	}
	return strings.Join(append([]string{name}, tokens...), " ")
}

// orEmpty gives a directive without value for one that is not there.
func orEmpty(d *Directive) *Directive {
	if d == nil {
		return &Directive{}
	}
	return d
}

// holds reports whether the policy allows what the others allow.
func (p Policy) holds(others ...Policy) bool { return p.narrower(others...) == "" }

// narrower gives a directive of the policy that forbids what one of the others
// allows, or "".
func (p Policy) narrower(others ...Policy) string {
	name := ""
	for _, o := range others {
		newComparison(List{o}, List{p}).all(func(c Change) bool {
			id := lookupDirective(c.Directive)
			name = p.governing(id).name
			return false
		})
		if name != "" {
			return name
		}
	}
	return ""
}
