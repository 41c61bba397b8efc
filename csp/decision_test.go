package csp_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	script := func(l csp.List, url string) csp.Decision {
		return l.Explain(csp.Request{Directive: "script-src-elem", URL: url, Origin: page})
	}
	tests := []struct {
		name      string
		decision  csp.Decision
		allowed   bool
		policy    int
		directive string
		source    string
		text      string
	}{
		{"allowed", script(list("script-src 'self' https://a.example"), "https://a.example/x.js"), true, 0, "script-src", "https://a.example",
			"Allowed to load 'https://a.example/x.js' because of https://a.example in the directive: \"script-src 'self' https://a.example\"." +
				" Note that 'script-src-elem' was not explicitly set, so 'script-src' is used as a fallback."},
		{"blocked", script(list("script-src-elem 'self'"), "https://a.example/x.js"), false, 0, "script-src-elem", "",
			"Refused to load 'https://a.example/x.js' because it violates the following Content Security Policy directive: \"script-src-elem 'self'\"."},
		{"strict-dynamic", script(list("script-src-elem 'strict-dynamic' https://a.example"), "https://a.example/x.js"), false, 0, "script-src-elem", "",
			"Refused to load 'https://a.example/x.js' because it violates the following Content Security Policy directive: \"script-src-elem 'strict-dynamic' https://a.example\"." +
				" Note that 'strict-dynamic' is present, so hosts, schemes and 'self' are ignored."},
		{"not-governed", script(list("img-src 'none'"), "https://a.example/x.js"), true, 0, "", "",
			"Allowed to load 'https://a.example/x.js' because there is no 'script-src-elem' in the policy, nor a fallback for it."},
		{"second-policy", script(list("script-src https:, default-src 'self'"), "https://a.example/x.js"), false, 1, "default-src", "",
			"Refused to load 'https://a.example/x.js' because it violates the following Content Security Policy directive: \"default-src 'self'\"." +
				" Note that 'script-src-elem' was not explicitly set, so 'default-src' is used as a fallback."},
		{"first-that-governs", script(list("img-src 'self', script-src-elem https:"), "https://a.example/x.js"), true, 1, "script-src-elem", "https:",
			"Allowed to load 'https://a.example/x.js' because of https: in the directive: \"script-src-elem https:\"."},
		{"inline", list("script-src-elem 'unsafe-inline' 'nonce-x'").ExplainInline(csp.Inline{Kind: csp.InlineScript}), false, 0, "script-src-elem", "",
			"Refused to execute inline script because it violates the following Content Security Policy directive: \"script-src-elem 'unsafe-inline' 'nonce-x'\"." +
				" Note that 'unsafe-inline' is ignored if a hash, a nonce or 'strict-dynamic' is in the list." +
				" Either the 'unsafe-inline' keyword, a hash or a nonce is required to enable it."},
		{"handler", policy("script-src-attr 'none'").ExplainInline(csp.Inline{Kind: csp.InlineHandler}), false, 0, "script-src-attr", "",
			"Refused to execute inline event handler because it violates the following Content Security Policy directive: \"script-src-attr 'none'\"." +
				" Either the 'unsafe-inline' keyword, or a hash and 'unsafe-hashes', is required to enable it."},
		{"eval", policy("script-src 'self'").ExplainEval(), false, 0, "script-src", "",
			"Refused to evaluate a string as JavaScript because it violates the following Content Security Policy directive: \"script-src 'self'\"." +
				" 'unsafe-eval' is required to enable it."},
		{"eval-of-trusted-types", policy("script-src 'unsafe-eval'; require-trusted-types-for 'script'").ExplainEval(), false, 0, "require-trusted-types-for", "",
			"Refused to evaluate a string as JavaScript because it violates the following Content Security Policy directive: \"require-trusted-types-for 'script'\"." +
				" Only a TrustedScript, or what a default policy of the page makes one of, may be evaluated."},
		{"differing", policy("img-src-elem; img-src a.example.").Explain(csp.Request{Directive: "img-src", URL: "https://a.example./", Origin: page}), true, 0, "img-src", "a.example.",
			"Allowed to load 'https://a.example./' because of a.example. in the directive: \"img-src a.example.\". Firefox decides otherwise (host-trailing-dot)."},
		{"wasm", policy("script-src 'wasm-unsafe-eval'").ExplainWasm(), true, 0, "script-src", "'wasm-unsafe-eval'",
			"Allowed to compile or instantiate WebAssembly because of 'wasm-unsafe-eval' in the directive: \"script-src 'wasm-unsafe-eval'\"."},
		{"not-a-directive", policy("img-src 'self'").Explain(csp.Request{Directive: "nothing-src", URL: "https://a.example/"}), true, 0, "", "",
			"Allowed to load 'https://a.example/' because no directive is about it."},
	}
	for _, tt := range tests {
		d := tt.decision
		if d.Allowed != tt.allowed || d.Policy != tt.policy || d.Directive != tt.directive || d.Source != tt.source {
			t.Errorf("%s: got %v of %d by %q, source %q; want %v of %d by %q, source %q", tt.name,
				d.Allowed, d.Policy, d.Directive, d.Source, tt.allowed, tt.policy, tt.directive, tt.source)
		}
		if got := d.String(); got != tt.text {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.text)
		}
	}
}
