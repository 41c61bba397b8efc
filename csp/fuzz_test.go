package csp_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

// FuzzAllows holds matching to be total, and to its laws.
func FuzzAllows(f *testing.F) {
	for _, s := range []struct{ text, directive, url, origin, nonce string }{
		{sample, "img-src", "https://a.images.example/x", page, ""},
		{"script-src 'nonce-a' 'strict-dynamic'", "script-src-elem", "data:,x", "null", "a"},
		{"frame-src *:*/x%", "worker-src", "http://[::1]:80/%2e%2E/", "http://1.2.3", "'"},
		{"default-src a.b:99999 127.0.0.1", "default-src", "file://x\\y?z", "", "\x00"},
	} {
		f.Add(s.text, s.directive, s.url, s.origin, s.nonce)
	}
	f.Fuzz(func(t *testing.T, text, directive, url, origin, nonce string) {
		p, _ := csp.Parse(text)
		r := csp.Request{Directive: directive, URL: url, Origin: origin, Nonce: nonce, Integrity: nonce}
		if p.Allows(directive, url, origin) && !p.AllowsRequest(r) {
			t.Errorf("%q: a nonce forbids what is allowed without: %+v", text, r)
		}
		d := p.Explain(r)
		if d.Allowed != p.AllowsRequest(r) || d.String() == "" {
			t.Errorf("%q: Explain differs from AllowsRequest: %+v", text, d)
		}
		if d.Allowed && (d.Directive == "") != (d.Source == "") {
			t.Errorf("%q: an incomplete decision: %+v", text, d)
		}
		redirected := r
		redirected.Redirects = 1
		if p.AllowsRequest(r) && !p.AllowsRequest(redirected) {
			t.Errorf("%q: a redirect forbids what is allowed without: %+v", text, r)
		}
		if l := (csp.List{p, p}); l.AllowsRequest(r) != p.AllowsRequest(r) {
			t.Errorf("%q: twice the policy is not the policy", text)
		}
		if c := p.Canonical(); c.AllowsRequest(r) != p.AllowsRequest(r) {
			t.Errorf("%q: canonical %q differs for %+v", text, c, r)
		}
		for kind := csp.InlineKind(0); kind < 8; kind++ {
			in := cspcrypto.Inline(kind, url)
			in.Nonce = nonce
			p.AllowsInline(in)
		}
		p.AllowsNavigation(url)
		p.AllowsEval()
		p.AllowsWasm()
	})
}

// FuzzAlgebra holds Subsumes, Canonical, Minify and Union to their laws for
// texts of every kind.
func FuzzAlgebra(f *testing.F) {
	for _, s := range [][2]string{
		{sample, "default-src 'self'"},
		{"script-src 'nonce-a' 'sha256-" + digest256 + "' 'unsafe-inline'", "script-src 'strict-dynamic' https: http:"},
		{"default-src a.b 'strict-dynamic'", "img-src \u00e9; img-src a.b"},
		{"img-src a.b\vc.d", "require-trusted-types-for 'script'; script-src 'trusted-types-eval'"},
		{"img-src a.b/x/ a.b/%78 *.b:* 'none'", "img-src http://a.b:80 127.0.0.1, sandbox"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		if len(first)+len(second) > 600 {
			return // the comparison of long lists takes the square of their length
		}
		a, _ := csp.Parse(first)
		b, _ := csp.Parse(second)
		if !csp.Subsumes(a, a) {
			t.Errorf("%q does not subsume itself", first)
		}
		for name, q := range map[string]csp.Policy{"Canonical": a.Canonical(), "Minify": a.Minify()} {
			if name == "Canonical" && !isPlain(first) {
				continue
			}
			if !csp.Subsumes(a, q) || !csp.Subsumes(q, a) {
				t.Errorf("%s of %q: got %q, which allows something else: %v", name, first, q, csp.Diff(a, q))
			}
		}
		if c := a.Canonical(); c.Canonical().String() != c.String() {
			t.Errorf("Canonical of %q: got %q, and of that %q", first, c, c.Canonical())
		}
		if u, _ := csp.Union(a, b); !csp.Subsumes(u, a) || !csp.Subsumes(u, b) {
			t.Errorf("Union of %q and %q: got %q, which forbids something of them", first, second, u)
		}
		for _, c := range csp.Diff(a, b) {
			checkWitness(t, c, csp.List{a}, csp.List{b})
		}
		if l, _ := csp.ParseList(first + "," + second); !csp.Subsumes(csp.List{}, l) {
			t.Errorf("the empty list does not subsume %q", strings.TrimSpace(l.String()))
		}
	})
}

// isPlain reports whether the text has nothing that the documentation of Canonical
// excepts.
func isPlain(text string) bool {
	odd := func(r rune) bool { return r > 0x7e || r < ' ' && !strings.ContainsRune("\t\n\f\r", r) }
	return strings.IndexFunc(text, odd) < 0 && !strings.Contains(strings.ToLower(text), "'strict-dynamic'")
}
