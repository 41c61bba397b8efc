package csp

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
	p.compile(&d, kwUnsafeEval, kwWasmUnsafeEval)
	return d
}

// AllowsWebRTC reports whether the policy lets scripts connect by WebRTC:
// draft 6.2.1.1.
func (p Policy) AllowsWebRTC() bool {
	by := p.directive(dirWebRTC)
	return by == nil || len(by.sources) == 1 && equalFold(by.sources[0].text, "'allow'")
}

// eval decides about eval. trusted says whether any policy of the page
// requires Trusted Types.
func (p Policy) eval(trusted bool) Decision {
	d := Decision{Effective: "script-src", action: actionEval}
	if trusted {
		p.compile(&d, kwUnsafeEval, kwTrustedTypesEval)
	} else {
		p.compile(&d, kwUnsafeEval, kwUnsafeEval)
	}
	return d
}

// compile looks for one of two keywords where eval and WebAssembly look: in
// script-src, or else default-src; script-src-elem does not count.
func (p Policy) compile(d *Decision, a, b keyword) {
	by := p.governing(dirScriptSrc)
	if by == nil {
		d.Allowed = true
		return
	}
	d.governs(by)
	for _, k := range [...]keyword{a, b} {
		if s := findKeyword(by.sources, k); s != nil {
			d.allow(s)
			return
		}
	}
}

// requiresTrustedTypes reports whether the policy requires them for scripts
// (Trusted Types, 4.3.1).
func (p Policy) requiresTrustedTypes() bool {
	by := p.directive(dirRequireTrustedTypesFor)
	if by == nil {
		return false
	}
	for _, s := range by.sources {
		if equalFold(s.text, "'script'") {
			return true
		}
	}
	return false
}
