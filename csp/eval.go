package csp

import (
	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// AllowsEval reports whether the policy lets scripts evaluate strings, with
// eval, Function or setTimeout: draft 4.4.1. Where Trusted Types are required all
// browsers refuse strings, whatever the list says, unless the page has a default
// policy (Trusted Types, 4.4); see [Policy.AllowsTrustedEval] for what is no string.
//
// Engines may be named, and then all of them must allow it; else it is as for
// [AllEngines]. That holds for the methods below too.
func (p Policy) AllowsEval(engines ...Engine) bool { return List{p}.AllowsEval(engines...) }

// ExplainEval is [Policy.AllowsEval] with the reason.
func (p Policy) ExplainEval() Decision { return List{p}.ExplainEval() }

// AllowsTrustedEval reports whether the policy lets scripts evaluate the TrustedScript
// that a Trusted Types policy made. 'unsafe-eval' allows it, or, if the policy
// requires Trusted Types, 'trusted-types-eval'.
func (p Policy) AllowsTrustedEval(engines ...Engine) bool {
	return List{p}.AllowsTrustedEval(engines...)
}

// AllowsWasm reports whether the policy lets scripts compile WebAssembly: draft
// 4.5.1.
func (p Policy) AllowsWasm(engines ...Engine) bool { return List{p}.AllowsWasm(engines...) }

// ExplainWasm is [Policy.AllowsWasm] with the reason.
func (p Policy) ExplainWasm() Decision { return List{p}.ExplainWasm() }

// AllowsWebRTC reports whether the policy lets scripts connect by WebRTC: draft
// 6.2.1.1. No browser asks the policy about it.
func (p Policy) AllowsWebRTC(engines ...Engine) bool { return List{p}.AllowsWebRTC(engines...) }

// eval decides about strings. trusted says whether any policy of the page requires
// Trusted Types, strings that they let strings pass all the same.
func (p Policy) eval(rules match.Rules, trusted, strings bool) Decision {
	d := Decision{Effective: "script-src", action: actionEval}
	if !strings && p.requiresTrustedTypes(rules) {
		d.Effective, d.trusted = "require-trusted-types-for", true
		d.governs(p.read(rules).Directive(syntax.DirRequireTrustedTypesFor))
		return d
	}
	second := syntax.KwUnsafeEval
	if trusted && strings {
		second = syntax.KwTrustedTypesEval
	}
	p.compile(&d, rules, syntax.KwUnsafeEval, second)
	return d
}

// hasTrustedTypesEval reports whether 'trusted-types-eval' is where eval looks.
func (p Policy) hasTrustedTypesEval(rules match.Rules) bool {
	by := p.read(rules).Governing(syntax.DirScriptSrc)
	return by != nil && syntax.FindKeyword(by.Sources, syntax.KwTrustedTypesEval) != nil
}

// trustedEval decides about what Trusted Types made. trusted says whether any policy of
// the page requires them.
func (p Policy) trustedEval(rules match.Rules, trusted bool) Decision {
	d := Decision{Effective: "script-src", action: actionEval}
	second := syntax.KwUnsafeEval
	if trusted && p.hasTrustedTypesEval(rules) && rules.Have(match.TrustedTypesEval) {
		second = syntax.KwTrustedTypesEval
	}
	p.compile(&d, rules, syntax.KwUnsafeEval, second)
	return d
}

func (p Policy) wasm(rules match.Rules) Decision {
	d := Decision{Effective: "script-src", action: actionWasm}
	p.compile(&d, rules, syntax.KwUnsafeEval, syntax.KwWasmUnsafeEval)
	if !d.Allowed {
		d.Allowed = rules.Have(match.WasmWithoutKeyword)
	}
	return d
}

func (p Policy) webRTC(rules match.Rules) Decision {
	d := Decision{Effective: "webrtc", action: actionRTC}
	by := p.read(rules).Directive(syntax.DirWebRTC)
	if by == nil {
		d.Allowed = true
		return d
	}
	d.governs(by)
	d.Allowed = len(by.Sources) == 1 && by.Has("'allow'") || !rules.Have(match.WebRTCBlock)
	return d
}

// compile looks for one of two keywords where eval and WebAssembly look: in
// script-src, or else default-src; script-src-elem does not count.
func (p Policy) compile(d *Decision, rules match.Rules, a, b syntax.Keyword) {
	by := p.read(rules).Governing(syntax.DirScriptSrc)
	if by == nil {
		d.Allowed = true
		return
	}
	d.governs(by)
	for _, k := range [...]syntax.Keyword{a, b} {
		if s := syntax.FindKeyword(by.Sources, k); s != nil {
			d.allow(s)
			return
		}
	}
}

// requiresTrustedTypes reports whether the policy requires them for scripts
// (Trusted Types, 4.3.1).
func (p Policy) requiresTrustedTypes(rules match.Rules) bool {
	by := p.read(rules).Directive(syntax.DirRequireTrustedTypesFor)
	return by != nil && by.Has("'script'")
}
