package csp_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

func TestAllowsInline(t *testing.T) {
	t.Parallel()
	const code = "alert('Hello, world.');"
	h256 := " '" + cspcrypto.SHA256(code).String() + "'"
	h384 := " '" + cspcrypto.SHA384(code).String() + "'"
	h512 := " '" + cspcrypto.SHA512(code).String() + "'"
	url256 := strings.NewReplacer("+", "-", "/", "_").Replace(h256[9:])
	const (
		script     = csp.InlineScript
		handler    = csp.InlineHandler
		style      = csp.InlineStyle
		attribute  = csp.InlineStyleAttribute
		rules      = csp.InlineRules
		unsafe     = "'unsafe-inline'"
		otherNonce = "def"
	)
	tests := []struct {
		name, clause, policy string
		kind                 csp.InlineKind
		nonce                string
		byScript             bool
		want                 bool
	}{
		{"zero-policy", "4.2.3", "", script, "", false, true},
		{"not-governed", "4.2.3", "img-src 'none'", script, "", false, true},
		{"self-is-not-enough", "6.7.3.3", "script-src 'self'", script, "", false, false},
		{"star-is-not-enough", "6.7.3.3", "script-src *", script, "", false, false},
		{"no-such-kind", "4.2.3", "", 0, "", false, false},

		{"unsafe-inline", "6.7.3.2", "script-src " + unsafe, script, "", false, true},
		{"unsafe-inline-case", "6.7.3.2.2.3", "script-src 'Unsafe-INLINE'", script, "", false, true},
		{"unsafe-inline-handler", "6.7.3.2", "script-src " + unsafe, handler, "", false, true},
		{"unsafe-inline-style", "6.7.3.2", "style-src " + unsafe, style, "", false, true},
		{"unsafe-inline-style-attribute", "6.7.3.2", "style-src " + unsafe, attribute, "", false, true},
		{"unsafe-inline-default", "6.1.3.3", "default-src " + unsafe, attribute, "", false, true},
		{"unsafe-inline-with-hosts", "6.7.3.2", "script-src " + unsafe + " http://a.com http://b.com", script, "", false, true},
		{"unsafe-inline-and-nonce", "6.7.3.2.2.1", "script-src http://example.com " + unsafe + " 'nonce-abc'", script, "", false, false},
		{"unsafe-inline-and-hash", "6.7.3.2.2.1", "script-src " + unsafe + " 'sha512-321cba'", script, "", false, false},
		{"unsafe-inline-style-and-nonce", "6.7.3.2.2.1", "style-src " + unsafe + " 'nonce-abc'", attribute, "", false, false},
		{"unsafe-inline-strict-dynamic", "6.7.3.2.2.2", "script-src " + unsafe + " 'strict-dynamic'", script, "", false, false},
		{"unsafe-inline-strict-dynamic-handler", "6.7.3.2.2.2", "script-src http://example.com 'strict-dynamic' " + unsafe, handler, "", false, false},
		{"unsafe-inline-strict-dynamic-style", "6.7.3.2.2.2", "default-src " + unsafe + " 'strict-dynamic'", style, "", false, true},

		{"nonce", "6.7.3.3.2", "script-src 'nonce-abc'", script, "abc", false, true},
		{"nonce-other", "6.7.3.3.2", "script-src 'nonce-abc'", script, otherNonce, false, false},
		{"nonce-style", "6.7.3.3.2", "style-src 'nonce-abc'", style, "abc", false, true},
		{"nonce-handler", "6.7.3.3.2", "script-src 'nonce-abc'", handler, "abc", false, false},
		{"nonce-style-attribute", "6.7.3.3.2", "style-src 'nonce-abc'", attribute, "abc", false, false},
		{"nonce-elem-directive", "6.8.2", "script-src 'none'; script-src-elem 'nonce-abc'", script, "abc", false, true},
		{"nonce-attr-directive", "6.8.2", "script-src 'nonce-abc'; script-src-attr 'none'", script, "abc", false, true},

		{"hash-256", "6.7.3.3.5", "script-src" + h256, script, "", false, true},
		{"hash-384", "6.7.3.3.5", "script-src" + h384, script, "", false, true},
		{"hash-512", "6.7.3.3.5", "script-src" + h512, script, "", false, true},
		{"hash-url", "6.7.3.3.5.2.2.5.2", "script-src 'SHA256-" + url256, script, "", false, true},
		{"hash-without-padding", "6.7.3.3.5.2.2.5.3", "script-src" + strings.Replace(h256, "='", "'", 1), script, "", false, !strings.Contains(h256, "='")},
		{"hash-of-another", "6.7.3.3.5", "script-src 'sha256-" + digest256 + "'", script, "", false, false},
		{"hash-style", "6.7.3.3.5", "style-src" + h256, style, "", false, true},
		{"hash-handler", "6.7.3.3.5", "script-src" + h256, handler, "", false, false},
		{"hash-handler-unsafe-hashes", "6.7.3.3.5", "script-src 'unsafe-hashes'" + h256, handler, "", false, true},
		{"hash-style-attribute-unsafe-hashes", "6.7.3.3.5", "style-src 'unsafe-hashes'" + h256, attribute, "", false, true},
		{"unsafe-hashes-alone", "6.7.3.3.5", "script-src 'unsafe-hashes'", handler, "", false, false},

		{"strict-dynamic-of-script", "6.7.3.3.5.2.1", "script-src 'strict-dynamic'", script, "", true, true},
		{"strict-dynamic-of-page", "6.7.3.3.5.2.1", "script-src 'strict-dynamic'", script, "", false, false},
		{"strict-dynamic-of-script-style", "6.7.3.3.5.2.1", "style-src 'strict-dynamic'", style, "", true, false},
		{"strict-dynamic-of-script-handler", "6.7.3.3.5.2.1", "script-src 'strict-dynamic' 'unsafe-hashes'", handler, "", true, false},

		{"rules", "HTML", "script-src 'inline-speculation-rules'", rules, "", false, true},
		{"rules-no-keyword", "HTML", "script-src 'self'", rules, "", false, false},
		{"rules-nonce", "HTML", "script-src 'nonce-abc'", rules, "abc", false, true},
		{"rules-keyword-is-not-for-scripts", "HTML", "script-src 'inline-speculation-rules'", script, "", false, false},

		{"elem-before-src", "6.8.3", "script-src " + unsafe + "; script-src-elem 'none'", script, "", false, false},
		{"elem-is-not-for-handlers", "6.8.2", "script-src " + unsafe + "; script-src-elem 'none'", handler, "", false, true},
		{"attr-before-src", "6.8.3", "style-src " + unsafe + "; style-src-attr 'none'", attribute, "", false, false},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		if seen[tt.name] {
			t.Fatalf("two tests have the name %q", tt.name)
		}
		seen[tt.name] = true
		in := cspcrypto.Inline(tt.kind, code)
		in.Nonce, in.NotParserInserted = tt.nonce, tt.byScript
		if got := policy(tt.policy).AllowsInline(in); got != tt.want {
			t.Errorf("%s (%s): %q, %+v: got %v; want %v", tt.name, tt.clause, tt.policy, in, got, tt.want)
		}
		l := csp.List{policy("img-src *"), policy(tt.policy)}
		if got := l.AllowsInline(in); got != tt.want {
			t.Errorf("%s (%s): as the second of a list: got %v; want %v", tt.name, tt.clause, got, tt.want)
		}
	}
}

func TestAllowsNavigation(t *testing.T) {
	t.Parallel()
	const js = "javascript:alert(1)"
	hash := " '" + cspcrypto.SHA256(js).String() + "'"
	tests := []struct {
		name, policy, url string
		want              bool
	}{
		{"no-policy", "", js, true},
		{"other-scheme", "default-src 'none'", "https://a.example/", true},
		{"relative", "default-src 'none'", "/x", true},
		{"blocked", "script-src 'self'", js, false},
		{"any-case", "script-src 'self'", " JavaScript:alert(1)", false},
		{"default-src", "default-src 'self'", js, false},
		{"elem", "script-src 'unsafe-inline'; script-src-elem 'none'", js, false},
		{"attr-does-not-count", "script-src 'unsafe-inline'; script-src-attr 'none'", js, true},
		{"unsafe-inline", "script-src 'unsafe-inline'", js, true},
		{"unsafe-inline-strict-dynamic", "script-src 'unsafe-inline' 'strict-dynamic'", js, false},
		{"hash", "script-src" + hash, js, false},
		{"hash-unsafe-hashes", "script-src 'unsafe-hashes'" + hash, js, true},
		{"report-sample", "script-src 'report-sample'", js, false},
	}
	for _, tt := range tests {
		if got := policy(tt.policy).AllowsNavigation(tt.url, cspcrypto.SHA256(tt.url)); got != tt.want {
			t.Errorf("%s: %q, %q: got %v; want %v", tt.name, tt.policy, tt.url, got, tt.want)
		}
		if got := (csp.List{{}, policy(tt.policy)}).AllowsNavigation(tt.url, cspcrypto.SHA256(tt.url)); got != tt.want {
			t.Errorf("%s: list: got %v; want %v", tt.name, got, tt.want)
		}
	}
}

func TestAllowsEvalAndWasm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, clause, policies string
		eval, wasm             bool
	}{
		{"no-policy", "4.4.1", "", true, true},
		{"not-governed", "4.4.1.5.3", "img-src 'none'", true, true},
		{"self", "4.4.1.5.3", "script-src 'self'", false, false},
		{"default", "4.4.1.5.2", "default-src 'self'", false, false},
		{"default-unsafe", "4.4.1.5.2", "default-src 'unsafe-eval'", true, true},
		{"script-before-default", "4.4.1.5.2", "default-src 'unsafe-eval'; script-src 'self'", false, false},
		{"unsafe-eval", "4.4.1.5.3.3", "script-src 'UNSAFE-eval'", true, true},
		{"wasm-unsafe-eval", "4.5.1.3.3", "script-src 'wasm-unsafe-eval'", false, true},
		{"elem-does-not-count", "6.1.11", "script-src-elem 'unsafe-eval'; script-src 'self'", false, false},
		{"elem-alone", "6.1.11", "script-src-elem 'none'", true, true},
		{"trusted-types-eval-alone", "4.4.1.5.3.2", "script-src 'trusted-types-eval'", false, false},
		{"trusted-types-eval", "4.4.1.5.3.2", "script-src 'trusted-types-eval'; require-trusted-types-for 'script'", false, false},
		{"trusted-types-eval-of-other-policy", "4.4.1.5.3.1", "script-src 'trusted-types-eval', require-trusted-types-for 'script'", false, false},
		{"trusted-types-without-eval", "4.4.1.5.3", "script-src 'self'; require-trusted-types-for 'script'", false, false},
		{"trusted-types-and-unsafe-eval", "Trusted Types 4.4: a string", "script-src 'unsafe-eval'; require-trusted-types-for 'script'", false, true},
		{"trusted-types-of-other-policy", "Trusted Types 4.4", "script-src 'unsafe-eval', require-trusted-types-for 'script'", false, true},
		{"both-must", "4.4.1.5", "script-src 'unsafe-eval', script-src 'self'", false, false},
	}
	for _, tt := range tests {
		l := list(tt.policies)
		if got := l.AllowsEval(); got != tt.eval {
			t.Errorf("%s (%s): %q: eval: got %v; want %v", tt.name, tt.clause, tt.policies, got, tt.eval)
		}
		if got := l.AllowsWasm(); got != tt.wasm {
			t.Errorf("%s (%s): %q: WebAssembly: got %v; want %v", tt.name, tt.clause, tt.policies, got, tt.wasm)
		}
		if len(l) == 1 && (l[0].AllowsEval() != tt.eval || l[0].AllowsWasm() != tt.wasm) {
			t.Errorf("%s: the policy differs from its list", tt.name)
		}
	}
}

func TestAllowsTrustedEval(t *testing.T) {
	t.Parallel()
	for policies, want := range map[string]bool{
		"":                   true,
		"script-src 'self'":  false,
		"default-src 'none'": false,
		"script-src 'unsafe-eval'; require-trusted-types-for 'script'":                           true,
		"script-src 'trusted-types-eval'; require-trusted-types-for 'script'":                    true,
		"script-src 'trusted-types-eval', require-trusted-types-for 'script'":                    true,
		"script-src 'trusted-types-eval'":                                                        false,
		"script-src 'trusted-types-eval', script-src 'self'; require-trusted-types-for 'script'": false,
	} {
		if got := list(policies).AllowsTrustedEval(); got != want {
			t.Errorf("%q: got %v; want %v", policies, got, want)
		}
	}
}
