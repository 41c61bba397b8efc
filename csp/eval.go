package csp

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// AllowsEval reports whether the policy lets scripts evaluate strings, with
// eval, Function or setTimeout: draft 4.4.1, steps 3 to 6. If the policy
// requires Trusted Types, they have their own say before.
func (p Policy) AllowsEval() bool {
	d := p.eval(p.requiresTrustedTypes())
	return d.Allowed
}

// ExplainEval is [Policy.AllowsEval] with the reason.
func (p Policy) ExplainEval() Decision { return p.eval(p.requiresTrustedTypes()) }

// AllowsWasm reports whether the policy lets scripts compile WebAssembly: draft
// 4.5.1.
func (p Policy) AllowsWasm() bool {
	d := p.ExplainWasm()
	return d.Allowed
}

// ExplainWasm is [Policy.AllowsWasm] with the reason.
func (p Policy) ExplainWasm() Decision {
	d := Decision{Effective: "script-src", action: actionWasm}
	p.compile(&d, syntax.KwUnsafeEval, syntax.KwWasmUnsafeEval)
	return d
}

// AllowsWebRTC reports whether the policy lets scripts connect by WebRTC:
// draft 6.2.1.1.
func (p Policy) AllowsWebRTC() bool {
	by := p.directive(syntax.DirWebRTC)
	return by == nil || len(by.Sources) == 1 && syntax.EqualFold(by.Sources[0].Text, "'allow'")
}

// eval decides about eval. trusted says whether any policy of the page
// requires Trusted Types.
func (p Policy) eval(trusted bool) Decision {
	d := Decision{Effective: "script-src", action: actionEval}
	if trusted {
		p.compile(&d, syntax.KwUnsafeEval, syntax.KwTrustedTypesEval)
	} else {
		p.compile(&d, syntax.KwUnsafeEval, syntax.KwUnsafeEval)
	}
	return d
}

// compile looks for one of two keywords where eval and WebAssembly look: in
// script-src, or else default-src; script-src-elem does not count.
func (p Policy) compile(d *Decision, a, b syntax.Keyword) {
	by := p.governing(syntax.DirScriptSrc)
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
func (p Policy) requiresTrustedTypes() bool {
	by := p.directive(syntax.DirRequireTrustedTypesFor)
	if by == nil {
		return false
	}
	for _, s := range by.Sources {
		if syntax.EqualFold(s.Text, "'script'") {
			return true
		}
	}
	return false
}
