package csp

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

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
	return u, Comparison{}.compare(List{u}, []List{{a}, {b}}, func(Change) bool { return false })
}

// namesOf gives the directives that either policy has.
func namesOf(policies ...Policy) []string {
	var names []string
	for _, p := range policies {
		for d := range p.Directives() {
			names = append(names, d.m.Name)
		}
	}
	return syntax.Distinct(names)
}

// effectiveNames gives the directives that no other falls back to, and the
// others that are no fetch directives.
func effectiveNames() []string {
	var names []string
	for id := syntax.DirUnknown + 1; id < syntax.DirectiveEnd; id++ {
		if id != syntax.DirDefaultSrc && id != syntax.DirChildSrc && id != syntax.DirStyleSrc {
			names = append(names, syntax.Directives[id].Name)
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
	id := syntax.LookupDirective(name)
	if id == syntax.DirUnknown {
		// What is not understood can only be kept if both policies say it.
		d, _ := p.Lookup(name)
		e, ok := q.Lookup(name)
		if !ok || d.m.Canonical() != e.m.Canonical() {
			return ""
		}
		return d.m.Text
	}
	d, e := p.governing(id), q.governing(id)
	if id == syntax.DirReportURI || id == syntax.DirReportTo {
		d, e = orEmpty(d), orEmpty(e)
	}
	if d == nil || e == nil {
		return ""
	}
	var tokens []string
	switch syntax.Directives[id].Value {
	case syntax.ValueSources, syntax.ValueAncestors:
		tokens = joinSources(d.Sources, e.Sources)
	case syntax.ValueOneToken: // one endpoint only
		if tokens = joinTokens(d.Sources, e.Sources); len(tokens) != 1 {
			return ""
		}
	case syntax.ValueWebRTC:
		if p.AllowsWebRTC(Draft) || q.AllowsWebRTC(Draft) {
			return ""
		}
		tokens = []string{"'block'"}
	default:
		if tokens = joinTokens(d.Sources, e.Sources); id == syntax.DirReportURI && len(tokens) == 0 {
			return ""
		}
	}
	return strings.Join(append([]string{name}, tokens...), " ")
}

// orEmpty gives a directive without value for one that is not there.
func orEmpty(d *syntax.Directive) *syntax.Directive {
	if d == nil {
		return &syntax.Directive{}
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
		Comparison{}.compare(List{o}, []List{{p}}, func(c Change) bool {
			name = p.forbidding(c)
			return false
		})
		if name != "" {
			return name
		}
	}
	return ""
}

// forbidding gives the directive of the policy that forbids what a change is about.
func (p Policy) forbidding(c Change) string {
	if c.Witness == witnessEval { // Trusted Types may do it, without a script-src
		return decide(c.Engine, List{p}.eval).Directive
	}
	return p.governing(syntax.LookupDirective(c.Directive)).Name
}
