package csp_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
)

func policy(text string) csp.Policy {
	p, _ := csp.Parse(text)
	return p
}

func equivalent(a, b csp.Policies) bool { return csp.Subsumes(a, b) && csp.Subsumes(b, a) }

func TestCanonical(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"order-of-directives", "report-to x; x-b 2; x-a 1; img-src a.b; default-src 'self'; sandbox", "default-src 'self'; img-src a.b; sandbox; x-a 1; x-b 2; report-to x"},
		{"order-of-sources", "script-src b.c a.b data: 'sha256-x' 'nonce-y' 'unsafe-inline' 'self'", "script-src 'self' 'unsafe-inline' 'nonce-y' 'sha256-x' data: a.b b.c"},
		{"case", "IMG-SRC 'SELF' HTTPS://A.B/Path Data:", "img-src 'self' data: https://a.b/Path"},
		{"case-of-nonce-and-hash", "script-src 'NONCE-aB' 'SHA256-aB'", "script-src 'nonce-aB' 'sha256-aB'"},
		{"ports", "img-src A.b:0443 c.d:*", "img-src a.b:0443 c.d:*"},
		{"repetition", "img-src a.b A.B a.b; img-src c.d", "img-src a.b"},
		{"none-beside-others", "img-src 'none' a.b", "img-src a.b"},
		{"empty-list", "img-src", "img-src 'none'"},
		{"sandbox", "sandbox allow-scripts Allow-Forms allow-forms", "sandbox allow-forms allow-scripts"},
		{"trusted-types", "trusted-types b A 'ALLOW-duplicates'", "trusted-types 'allow-duplicates' A b"},
		{"report-uri-keeps-its-order", "report-uri /b /a", "report-uri /b /a"},
		{"invalid-sources-stay", "img-src Bad_Source 'Future-Keyword' a.b", "img-src a.b 'Future-Keyword' Bad_Source"},
	}
	for _, tt := range tests {
		if got := policy(tt.text).Canonical().String(); got != tt.want {
			t.Errorf("%s: %q: got %q; want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestCanonicalIsOneOfAll(t *testing.T) {
	t.Parallel()
	g := generator{rand.New(rand.NewPCG(5, 6))}
	for range 120 {
		p := g.policy()
		c := p.Canonical()
		if c.Canonical().String() != c.String() {
			t.Fatalf("%q: canonical is %q, and of that %q", p, c, c.Canonical())
		}
		if !equivalent(p, c) {
			t.Fatalf("%q: canonical is %q, which allows something else: %v", p, c, csp.Diff(p, c))
		}
		if shuffled := g.shuffle(p); shuffled.Canonical().String() != c.String() {
			t.Fatalf("%q and %q: got canonical %q and %q; want the same", p, shuffled, c, shuffled.Canonical())
		}
	}
}

// shuffle writes the policy in another order, with other space.
func (g generator) shuffle(p csp.Policy) csp.Policy {
	var parts []string
	for d := range p.Directives() {
		var tokens []string
		for v := range d.Values() {
			tokens = append(tokens, v)
		}
		g.Shuffle(len(tokens), func(i, j int) { tokens[i], tokens[j] = tokens[j], tokens[i] })
		parts = append(parts, "\t"+strings.ToUpper(d.Name())+"  "+strings.Join(tokens, "\n"))
	}
	g.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return policy(strings.Join(parts, " ;;"))
}

func TestMinify(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"space", " img-src  a.b ; ", "img-src a.b"},
		{"repetition", "img-src a.b A.b; img-src c.d", "img-src a.b"},
		{"covered-by-scheme", "img-src https: https://a.b/x http://c.d data:", "img-src https: http://c.d data:"},
		{"covered-by-wildcard", "img-src https://*.b https://a.b", "img-src https://*.b"},
		{"covered-by-star", "img-src * https: http://a.b:99", "img-src *"},
		{"default-port", "img-src https://a.b https://a.b:443", "img-src https://a.b"},
		{"path", "img-src a.b/ a.b/x/y", "img-src a.b/"},
		{"wss-does-not-cover-https", "connect-src 'self' https: wss:", "connect-src 'self' https: wss:"},
		{"odd-port-is-covered", "img-src a.b:0443 a.b:443", "img-src a.b:443"},
		{"odd-port-stays", "img-src a.b:0443", "img-src a.b:0443"},
		{"wildcard-path-does-not-cover", "img-src https://*/x/ https://a.b/x/", "img-src https://*/x/ https://a.b/x/"},
		{"ipv4-covered-for-browsers-only", "img-src http://* http://192.0.2.1", "img-src http://*"},
		{"star-keeps-wss", "connect-src * wss: wss://a.b data: blob:", "connect-src * wss: data: blob:"},
		{"star-keeps-self", "connect-src * 'self'", "connect-src * 'self'"},
		{"strict-dynamic-keeps-hosts", "script-src 'strict-dynamic' 'nonce-x' https: 'unsafe-inline'", "script-src 'strict-dynamic' 'nonce-x' https: 'unsafe-inline'"},
		{"http-source-covers-https", "img-src http://a.b https://a.b", "img-src http://a.b"},
		{"same-as-default", "default-src 'self' a.b; img-src a.b 'self'; font-src 'self'", "default-src 'self' a.b;font-src 'self'"},
		{"same-as-default-is-not-base-uri", "default-src 'self'; base-uri 'self'", "default-src 'self';base-uri 'self'"},
		{"worker-falls-back-elsewhere", "default-src 'none'; script-src 'self'; worker-src 'none'", "default-src 'none';script-src 'self';worker-src 'none'"},
		{"child-between", "default-src 'self'; child-src 'none'; frame-src 'self'", "default-src 'self';child-src 'none';frame-src 'self'"},
		{"none-beside-others", "img-src 'none' a.b", "img-src a.b"},
		{"reporting-keywords-stay", "default-src 'self'; script-src 'self' 'report-sample'", "default-src 'self';script-src 'self' 'report-sample'"},
		{"unknown-stays", "x-future A a; img-src bad_source 'new'", "x-future A a;img-src bad_source 'new'"},
	}
	for _, tt := range tests {
		if got := policy(tt.text).Minify().String(); got != tt.want {
			t.Errorf("%s: %q: got %q; want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestMinifyAllowsTheSame(t *testing.T) {
	t.Parallel()
	g := generator{rand.New(rand.NewPCG(7, 8))}
	shorter := 0
	for range 120 {
		p := g.policy()
		m := p.Minify()
		if !equivalent(p, m) {
			t.Fatalf("%q: minified is %q: %v", p, m, csp.Diff(p, m))
		}
		if len(m.String()) > len(p.String())+len(" 'none'")*4 {
			t.Fatalf("%q: minified is longer: %q", p, m)
		}
		if len(m.String()) < len(p.String()) {
			shorter++
		}
		for range 40 {
			if r := g.request(); p.AllowsRequest(r) != m.AllowsRequest(r) {
				t.Fatalf("%q: minified is %q, which differs for %+v", p, m, r)
			}
		}
	}
	if shorter < 20 {
		t.Errorf("only %d policies became shorter", shorter)
	}
}

func TestAppend(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		directives []csp.Directive
		want       string
	}{
		{"same-name", "img-src a.b", []csp.Directive{csp.ImgSrc(csp.Self, csp.HostOf("a.b"))}, "img-src a.b 'self'"},
		{"inherits", "default-src 'self'", []csp.Directive{csp.ImgSrc(csp.HostOf("a.b"))}, "default-src 'self'; img-src 'self' a.b"},
		{"inherits-what-has-an-effect", "default-src 'self' 'unsafe-inline' 'nonce-x'", []csp.Directive{csp.ImgSrc(csp.HostOf("a.b"))},
			"default-src 'self' 'unsafe-inline' 'nonce-x'; img-src 'self' a.b"},
		{"inherits-from-the-nearest", "default-src 'none'; child-src 'self'", []csp.Directive{csp.FrameSrc(csp.HostOf("a.b"))},
			"default-src 'none'; child-src 'self'; frame-src 'self' a.b"},
		{"none-goes", "default-src 'none'", []csp.Directive{csp.ImgSrc(csp.Self)}, "default-src 'none'; img-src 'self'"},
		{"none-adds-nothing", "img-src a.b", []csp.Directive{csp.ImgSrc(csp.None)}, "img-src a.b"},
		{"none-and-none", "img-src 'none'", []csp.Directive{csp.ImgSrc(csp.None)}, "img-src 'none'"},
		{"ungoverned", "img-src a.b", []csp.Directive{csp.FontSrc(csp.Self), csp.BaseURI(csp.Self)}, "img-src a.b"},
		{"sandbox", "sandbox allow-forms", []csp.Directive{csp.Sandbox(csp.AllowScripts)}, "sandbox allow-forms allow-scripts"},
		{"sandbox-ungoverned", "img-src a.b", []csp.Directive{csp.Sandbox(csp.AllowScripts)}, "img-src a.b"},
		{"trusted-types", "trusted-types 'none'", []csp.Directive{csp.TrustedTypes(csp.PolicyNameOf("x"))}, "trusted-types x"},
		{"report-uri", "report-uri /a", []csp.Directive{csp.ReportURI("/b"), csp.ReportTo("x")}, "report-uri /a /b; report-to x"},
		{"twice", "default-src 'none'", []csp.Directive{csp.ImgSrc(csp.Self), csp.ImgSrc(csp.HostOf("a.b"))}, "default-src 'none'; img-src 'self' a.b"},
	}
	for _, tt := range tests {
		p := policy(tt.text)
		got, err := p.Append(tt.directives...)
		if err != nil || got.String() != tt.want {
			t.Errorf("%s: got %q, %v; want %q", tt.name, got, err, tt.want)
		}
		if !csp.Subsumes(got, p) {
			t.Errorf("%s: %q allows less than %q: %v", tt.name, got, p, csp.Diff(p, got))
		}
	}
	if _, err := policy("img-src a.b").Append(csp.ImgSrc(), csp.FontSrc(csp.HostOf("a;b")), csp.Directive{}); err == nil ||
		strings.Count(err.Error(), "csp: ") != 3 {
		t.Errorf("three mistakes: got error %v", err)
	}
}

func TestUnion(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, a, b, want string
		exact            bool
	}{
		{"sources", "img-src a.b", "img-src c.d", "img-src a.b c.d", true},
		{"with-nothing", "img-src a.b", "", "", true},
		{"none", "img-src 'none'", "img-src c.d", "img-src c.d", true},
		{"different-directives", "img-src a.b", "font-src c.d", "", true},
		{"default-and-specific", "default-src 'self'", "img-src a.b", "img-src 'self' a.b", true},
		{"default-and-default", "default-src 'self'; img-src a.b", "default-src c.d", "default-src 'self' c.d; img-src a.b c.d", true},
		{"nonce-and-unsafe-inline", "script-src 'nonce-x'", "script-src 'unsafe-inline'", "", false},
		{"sandbox", "sandbox allow-forms", "sandbox allow-scripts", "sandbox allow-forms allow-scripts", true},
		{"sandbox-of-one", "sandbox allow-forms", "img-src a.b", "", true},
		{"webrtc", "webrtc 'block'", "webrtc 'allow'", "", true},
		{"eval-that-trusted-types-block", "require-trusted-types-for 'script'; script-src 'trusted-types-eval'", "require-trusted-types-for 'script'", "", false},
		{"report-uri", "img-src a.b; report-uri /a", "img-src a.b; report-uri /b", "img-src a.b; report-uri /a /b", true},
		{"report-to", "img-src a.b; report-to x", "img-src a.b; report-to y", "img-src a.b", true},
		{"unknown", "x-y 1; x-z 2", "x-y 1; x-z 3", "x-y 1", true},
	}
	for _, tt := range tests {
		got, exact := csp.Union(policy(tt.a), policy(tt.b))
		if got.String() != tt.want || exact != tt.exact {
			t.Errorf("%s: got %q, %v; want %q, %v", tt.name, got, exact, tt.want, tt.exact)
		}
	}
}

func TestUnionLaws(t *testing.T) {
	t.Parallel()
	g := generator{rand.New(rand.NewPCG(9, 10))}
	exacts := 0
	for range 40 {
		a, b, c := g.policy(), g.policy(), g.policy()
		u, exact := csp.Union(a, b)
		if !csp.Subsumes(u, a) || !csp.Subsumes(u, b) {
			t.Fatalf("Union(%q, %q) is %q, which forbids something of them", a, b, u)
		}
		v, exactToo := csp.Union(b, a)
		if !equivalent(u, v) || exact != exactToo {
			t.Fatalf("Union(%q, %q): not commutative: %q, %v and %q, %v", a, b, u, exact, v, exactToo)
		}
		if w, ok := csp.Union(a, a); !equivalent(w, a) || !ok {
			t.Fatalf("Union(%q, itself) is %q, %v", a, w, ok)
		}
		if !exact {
			continue
		}
		exacts++
		for range 40 {
			if r := g.request(); u.AllowsRequest(r) && widerRequest(csp.List{a}, csp.List{u}, r) && widerRequest(csp.List{b}, csp.List{u}, r) {
				t.Fatalf("Union(%q, %q) is %q, said to be exact, but it alone allows %+v", a, b, u, r)
			}
		}
		bc, ok := csp.Union(b, c)
		left, okLeft := csp.Union(u, c)
		right, okRight := csp.Union(a, bc)
		if ok && okLeft && okRight && !equivalent(left, right) {
			t.Fatalf("Union of %q, %q, %q: not associative: %q and %q", a, b, c, left, right)
		}
	}
	if exacts < 8 {
		t.Errorf("only %d unions were exact", exacts)
	}
}
