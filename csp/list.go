package csp

import "strings"

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
		if !p.IsZero() {
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
	d := l.Explain(r)
	return d.Allowed
}

// AllowsInline is [Policy.AllowsInline] for all policies of the list.
func (l List) AllowsInline(in Inline) bool {
	d := l.ExplainInline(in)
	return d.Allowed
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

// AllowsEval is [Policy.AllowsEval] for all policies of the list. Trusted Types
// that one policy requires count for 'trusted-types-eval' of all.
func (l List) AllowsEval() bool {
	d := l.ExplainEval()
	return d.Allowed
}

// AllowsWasm is [Policy.AllowsWasm] for all policies of the list.
func (l List) AllowsWasm() bool {
	d := l.ExplainWasm()
	return d.Allowed
}

// AllowsWebRTC is [Policy.AllowsWebRTC] for all policies of the list.
func (l List) AllowsWebRTC() bool {
	for _, p := range l {
		if !p.AllowsWebRTC() {
			return false
		}
	}
	return true
}

// Explain is [List.AllowsRequest] with the reason: that of the first policy
// that blocks, or else of the first that has a directive about it.
func (l List) Explain(r Request) Decision {
	return l.decide(func(p Policy) Decision { return p.request(&r) })
}

// ExplainInline is [List.AllowsInline] with the reason.
func (l List) ExplainInline(in Inline) Decision {
	return l.decide(func(p Policy) Decision { return p.ExplainInline(in) })
}

// ExplainEval is [List.AllowsEval] with the reason.
func (l List) ExplainEval() Decision {
	trusted := l.requiresTrustedTypes()
	return l.decide(func(p Policy) Decision { return p.eval(trusted) })
}

// ExplainWasm is [List.AllowsWasm] with the reason.
func (l List) ExplainWasm() Decision { return l.decide(Policy.ExplainWasm) }

func (l List) requiresTrustedTypes() bool {
	for _, p := range l {
		if p.requiresTrustedTypes() {
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
