package csp

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
)

// A List is the policies of a response. What is done must be allowed by all of
// them, so a list is the exact intersection of its policies (draft 8.1): to
// harden a response that has a policy already, append one. The empty List
// allows everything.
type List []Policy

// Policies is what [Subsumes] and [Diff] compare: a [Policy] or a [List].
type Policies interface {
	// List gives the policies, of which all must allow what is done.
	List() List
}

// List gives a list of the policy alone.
func (p Policy) List() List { return List{p} }

// List gives the list itself.
func (l List) List() List { return l }

// String gives the value for one header: the policies with commas between.
// Policies without directives are left out.
func (l List) String() string {
	var texts []string
	for _, p := range l {
		if !p.m.IsEmpty() {
			texts = append(texts, p.String())
		}
	}
	return strings.Join(texts, ", ")
}

// Allows is [Policy.Allows] for all policies of the list.
func (l List) Allows(directive, url, origin string) bool {
	return l.AllowsRequest(Request{Directive: directive, URL: url, Origin: origin})
}

// AllowsRequest is [Policy.AllowsRequest] for all policies of the list.
func (l List) AllowsRequest(r Request) bool {
	var asked match.Set
	rules := r.Engine.rules().Noting(&asked)
	if d := l.request(&r, rules); r.Engine.settles(asked) {
		return d.Allowed
	}
	return decide(r.Engine, func(rules match.Rules) Decision { return l.request(&r, rules) }).Allowed
}

// AllowsInline is [Policy.AllowsInline] for all policies of the list.
func (l List) AllowsInline(in Inline) bool {
	check := in.check()
	return decide(in.Engine, func(rules match.Rules) Decision { return l.inline(check, rules) }).Allowed
}

// AllowsNavigation is [Policy.AllowsNavigation] for all policies of the list.
func (l List) AllowsNavigation(url string, hashes ...Hash) bool {
	for _, p := range l {
		if !p.AllowsNavigation(url, hashes...) {
			return false
		}
	}
	return true
}

// AllowsBase is [Policy.AllowsBase] for all policies of the list.
func (l List) AllowsBase(url, origin string) bool { return l.Allows("base-uri", url, origin) }

// AllowsFormAction is [Policy.AllowsFormAction] for all policies of the list.
func (l List) AllowsFormAction(url, origin string) bool { return l.Allows("form-action", url, origin) }

// AllowsFrameAncestor is [Policy.AllowsFrameAncestor] for all policies of the
// list.
func (l List) AllowsFrameAncestor(ancestor, origin string) bool {
	return l.Allows("frame-ancestors", ancestor, origin)
}

// AllowsEval is [Policy.AllowsEval] for all policies of the list.
func (l List) AllowsEval(engines ...Engine) bool {
	return everyEngine(engines, l.eval)
}

// AllowsTrustedEval is [Policy.AllowsTrustedEval] for all policies of the list. Trusted
// Types that one policy requires count for 'trusted-types-eval' of all.
func (l List) AllowsTrustedEval(engines ...Engine) bool {
	return everyEngine(engines, l.trustedEval)
}

// AllowsWasm is [Policy.AllowsWasm] for all policies of the list.
func (l List) AllowsWasm(engines ...Engine) bool {
	return everyEngine(engines, l.wasm)
}

// AllowsWebRTC is [Policy.AllowsWebRTC] for all policies of the list.
func (l List) AllowsWebRTC(engines ...Engine) bool {
	return everyEngine(engines, l.webRTC)
}

// Explain is [List.AllowsRequest] with the reason: that of the first policy
// that blocks, or else of the first that has a directive about it.
func (l List) Explain(r Request) Decision {
	return explain(r.Engine, func(rules match.Rules) Decision { return l.request(&r, rules) })
}

// ExplainInline is [List.AllowsInline] with the reason.
func (l List) ExplainInline(in Inline) Decision {
	check := in.check()
	return explain(in.Engine, func(rules match.Rules) Decision { return l.inline(check, rules) })
}

// ExplainEval is [List.AllowsEval] with the reason.
func (l List) ExplainEval() Decision { return explain(AllEngines, l.eval) }

// ExplainWasm is [List.AllowsWasm] with the reason.
func (l List) ExplainWasm() Decision { return explain(AllEngines, l.wasm) }

func (l List) request(r *Request, rules match.Rules) Decision {
	all := l.upgrades(rules) && !rules.Have(match.UpgradePerPolicy)
	return l.decide(func(p Policy) Decision { return p.request(r, rules, all || p.upgrades(rules)) })
}

func (l List) inline(c *inlineCheck, rules match.Rules) Decision {
	return l.decide(func(p Policy) Decision { return p.inline(c, rules) })
}

func (l List) eval(rules match.Rules) Decision {
	trusted := l.requiresTrustedTypes(rules)
	strings := trusted && slices.ContainsFunc(l, func(p Policy) bool { return p.hasTrustedTypesEval(rules) }) &&
		rules.Have(match.TrustedTypesEvalStrings)
	return l.decide(func(p Policy) Decision { return p.eval(rules, trusted, strings) })
}

func (l List) trustedEval(rules match.Rules) Decision {
	trusted := l.requiresTrustedTypes(rules)
	return l.decide(func(p Policy) Decision { return p.trustedEval(rules, trusted) })
}

func (l List) wasm(rules match.Rules) Decision {
	return l.decide(func(p Policy) Decision { return p.wasm(rules) })
}

func (l List) webRTC(rules match.Rules) Decision {
	return l.decide(func(p Policy) Decision { return p.webRTC(rules) })
}

func (l List) upgrades(rules match.Rules) bool {
	for _, p := range l {
		if p.upgrades(rules) {
			return true
		}
	}
	return false
}

func (l List) requiresTrustedTypes(rules match.Rules) bool {
	for _, p := range l {
		if p.requiresTrustedTypes(rules) {
			return true
		}
	}
	return false
}

// decide asks all policies until one blocks.
func (l List) decide(ask func(Policy) Decision) Decision {
	if len(l) == 0 {
		return ask(Policy{})
	}
	first := ask(l[0])
	if !first.Allowed {
		return first
	}
	for i, p := range l[1:] {
		d := ask(p)
		d.Policy = i + 1
		if !d.Allowed {
			return d
		}
		if first.Directive == "" {
			first = d
		}
	}
	return first
}
