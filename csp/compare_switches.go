package csp

import (
	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// witnessEval is the Witness of a change about strings that are evaluated.
const witnessEval = "eval"

// switches compares the directives that are no source lists.
func (c *comparison) switches(found func(Change) bool) bool {
	type question struct {
		directive, witness string
		allows             func(List, match.Rules) bool
	}
	questions := []question{
		{"script-src", witnessEval, func(l List, r match.Rules) bool { return l.eval(r).Allowed }},
		{"script-src", "eval of a TrustedScript", func(l List, r match.Rules) bool { return l.trustedEval(r).Allowed }},
		{"script-src", "WebAssembly", func(l List, r match.Rules) bool { return l.wasm(r).Allowed }},
		{"webrtc", "WebRTC", func(l List, r match.Rules) bool { return l.webRTC(r).Allowed }},
		{"require-trusted-types-for", "strings in DOM sinks", func(l List, r match.Rules) bool { return !l.requiresTrustedTypes(r) }},
		{"upgrade-insecure-requests", "insecure requests", func(l List, r match.Rules) bool { return !l.upgrades(r) }},
		{"sandbox", "what no sandbox allows", func(l List, _ match.Rules) bool { return !l.sandboxed() }},
		{"trusted-types", "policies of any name", func(l List, _ match.Rules) bool { return l.allowsTrustedType(c.unnamed.label) }},
		{"trusted-types", "two policies of one name", func(l List, _ match.Rules) bool { return l.allowsDuplicates() }},
	}
	for _, flag := range syntax.SandboxTokens {
		questions = append(questions, question{"sandbox", flag, func(l List, _ match.Rules) bool { return l.allowsInSandbox(flag) }})
	}
	for _, name := range c.list.trustedTypeNames() {
		questions = append(questions, question{"trusted-types", name, func(l List, _ match.Rules) bool { return l.allowsTrustedType(name) }})
	}
	for _, q := range questions {
		if !q.allows(c.list, c.rules) || c.another(func(l List) bool { return q.allows(l, c.rules) }) {
			continue
		}
		change := Change{Directive: q.directive, Witness: q.witness, Engine: c.engine}
		if c.written.alone(func(l List) bool {
			return decide(AllEngines, func(r match.Rules) Decision { return Decision{Allowed: q.allows(l, r)} }).Allowed
		}) {
			change.Engine = AllEngines
		}
		if !found(change) {
			return false
		}
	}
	return true
}

func (l List) sandboxed() bool {
	for _, p := range l {
		if p.directive(syntax.DirSandbox) != nil {
			return true
		}
	}
	return false
}

// allowsInSandbox reports whether every sandbox of the list has the flag.
func (l List) allowsInSandbox(flag string) bool {
	for _, p := range l {
		if d := p.directive(syntax.DirSandbox); d != nil && !d.Has(flag) {
			return false
		}
	}
	return true
}

// allowsTrustedType reports whether scripts may create a Trusted Types policy
// of that name (Trusted Types, 4.3.2).
func (l List) allowsTrustedType(name string) bool {
	for _, p := range l {
		if d := p.directive(syntax.DirTrustedTypes); d != nil && !d.HasExactly("*") && !d.HasExactly(name) {
			return false
		}
	}
	return true
}

func (l List) allowsDuplicates() bool {
	for _, p := range l {
		if d := p.directive(syntax.DirTrustedTypes); d != nil && !d.Has("'allow-duplicates'") {
			return false
		}
	}
	return true
}

// trustedTypeNames gives the names that trusted-types directives have.
func (l List) trustedTypeNames() []string {
	var names []string
	for _, p := range l {
		if d := p.directive(syntax.DirTrustedTypes); d != nil {
			for _, s := range d.Sources {
				if syntax.IsPolicyName(s.Text) {
					names = append(names, s.Text)
				}
			}
		}
	}
	return names
}
