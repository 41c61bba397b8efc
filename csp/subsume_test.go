package csp_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

func list(text string) csp.List {
	l, _ := csp.ParseList(text)
	return l
}

func TestSubsumes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason string
		a, b         string
		want         bool
	}{
		{"nothing-and-nothing", "no policy allows all", "", "", true},
		{"nothing-and-any", "no policy allows all", "", "img-src a.example", true},
		{"any-and-nothing", "no policy allows all", "img-src a.example", "", false},
		{"itself", "reflexive", "default-src 'self' a.example 'nonce-x'", "default-src 'self' a.example 'nonce-x'", true},
		{"fewer-sources", "subset", "img-src a.example b.example", "img-src b.example", true},
		{"more-sources", "superset", "img-src b.example", "img-src a.example b.example", false},
		{"none-below-any", "nothing is allowed", "img-src a.example", "img-src 'none'", true},
		{"empty-below-none", "both allow nothing", "img-src 'none'", "img-src", true},
		{"host-not-below-none", "more than nothing", "img-src 'none'", "img-src a.example", false},
		{"none-beside-others", "'none' is ignored there", "img-src a.example 'none'", "img-src a.example", true},
		{"none-of-another-directive", "images are free in b", "img-src 'none'", "frame-src 'none'", false},
		{"more-directives", "b restricts more", "img-src a.example", "img-src a.example; font-src 'none'", true},
		{"fewer-directives", "fonts are free in b", "img-src a.example; font-src 'none'", "img-src a.example", false},
		{"default-governs", "img-src falls back", "img-src a.example", "default-src a.example", true},
		{"default-below-specific", "other directives are free in b", "default-src a.example", "img-src a.example", false},
		{"all-specific-below-default", "every fetch directive is there", "default-src 'none'",
			"child-src 'none'; connect-src 'none'; font-src 'none'; img-src 'none'; manifest-src 'none'; media-src 'none'; object-src 'none'; script-src 'none'; style-src 'none'", true},
		{"child-src-governs-frames", "frame-src falls back", "frame-src a.example", "child-src a.example", true},
		{"script-src-governs-workers", "worker-src falls back", "worker-src a.example", "script-src a.example", true},

		{"https-below-http", "an upgrade is allowed", "img-src http://a.example", "img-src https://a.example", true},
		{"http-not-below-https", "no downgrade", "img-src https://a.example", "img-src http://a.example", false},
		{"scheme-below-scheme", "http: is https: too", "img-src http:", "img-src https:", true},
		{"host-below-scheme", "any host", "img-src https:", "img-src https://a.example:8443/x", true},
		{"scheme-not-below-host", "other hosts", "img-src https://a.example", "img-src https:", false},
		{"scheme-not-below-any-host", "IP addresses", "img-src https://*:*", "img-src https:", false},
		{"wss-not-below-http", "other scheme", "img-src http:", "img-src https://a.example wss://b.example", false},
		{"https-not-below-wss", "ws-source-http-url: not Chromium", "connect-src wss:", "connect-src https:", false},
		{"schemeless-below-both", "the page is http or https", "img-src http://a.example", "img-src a.example", true},
		{"schemeless-not-below-https", "the page may be http", "img-src https://a.example", "img-src a.example", false},
		{"https-below-schemeless", "allowed on both", "img-src a.example", "img-src https://a.example", true},
		{"http-not-below-schemeless", "the page may be https", "img-src a.example", "img-src http://a.example", false},

		{"star-above-hosts", "*", "img-src *", "img-src a.example https: http://b.example:99", true},
		{"star-above-self", "as Embedded Enforcement has it", "default-src *", "default-src 'self'", true},
		{"star-not-above-wss", "draft 6.7.2.8.1", "connect-src *", "connect-src wss://a.example", false},
		{"star-not-above-data", "draft 6.7.2.8.1", "img-src *", "img-src data:", false},
		{"star-not-below-https", "http too", "img-src https:", "img-src *", false},
		{"star-and-http-of-images", "star-data: WebKit", "img-src http: ", "img-src *", false},
		{"star-and-http-of-connections", "star-websocket", "connect-src http: ", "connect-src *", false},
		{"self-not-below-https", "the page may be http", "img-src https:", "img-src 'self'", false},
		{"self-below-all-schemes", "http, https, ws, wss", "img-src http: ws:", "img-src 'self'", true},
		{"host-not-below-self", "the page may be another", "img-src 'self'", "img-src a.example", false},

		{"wild-above-subdomain", "any subdomain", "img-src *.a.example", "img-src x.a.example", true},
		{"wild-above-wild", "longer", "img-src *.a.example", "img-src *.x.a.example", true},
		{"wild-not-above-itself", "6.7.2.10.3", "img-src *.a.example", "img-src a.example", false},
		{"subdomain-not-above-wild", "others", "img-src x.a.example", "img-src *.a.example", false},
		{"wild-in-parts", "no finite list makes it up", "img-src x.a.example *.x.a.example y.a.example", "img-src *.a.example", false},

		{"port-default", "443 of https", "img-src https://a.example", "img-src https://a.example:443", true},
		{"port-80-upgrade", "port-80-upgrade: not the draft", "img-src http://a.example:80", "img-src https://a.example:443", false},
		{"port-odd-upgrade", "same-port-upgrade: not Chromium", "img-src http://a.example:36", "img-src https://a.example:36", false},
		{"port-any", "any port", "img-src a.example:*", "img-src a.example:36 a.example", true},
		{"port-any-not-below", "other ports", "img-src a.example a.example:36", "img-src a.example:*", false},

		{"path-below", "every path", "img-src a.example", "img-src a.example/x", true},
		{"path-root", "every path", "img-src a.example/", "img-src a.example", true},
		{"path-not-above", "other paths", "img-src a.example/x", "img-src a.example", false},
		{"path-directory", "below", "img-src a.example/x/", "img-src a.example/x/y/ a.example/x/z", true},
		{"path-directory-not-below", "more below", "img-src a.example/x/y a.example/x/z/", "img-src a.example/x/", false},
		{"path-decoded", "6.7.2.12.8", "img-src a.example/%78", "img-src a.example/x", true},

		{"nonce-same", "same nonce", "script-src 'nonce-a' 'nonce-b'", "script-src 'nonce-a'", true},
		{"nonce-other", "other nonce", "script-src 'nonce-a'", "script-src 'nonce-b'", false},
		{"nonce-not-below-host", "any URL with the nonce", "script-src https:", "script-src 'nonce-a'", false},
		{"hash-same", "same hash", "script-src 'sha256-" + digest256 + "'", "script-src 'SHA256-" + digest256 + "'", true},
		{"hash-not-below-none", "inline script", "script-src 'none'", "script-src 'sha256-" + digest256 + "'", false},
		{"hash-below-unsafe-inline-of-styles", "any inline style", "style-src 'unsafe-inline'", "style-src 'sha256-" + digest256 + "'", true},
		{"unsafe-inline-not-below", "inline", "style-src 'self'", "style-src 'self' 'unsafe-inline'", false},
		{"unsafe-inline-switched-off", "nonce", "style-src 'nonce-a'", "style-src 'nonce-a' 'unsafe-inline'", true},
		{"unsafe-hashes", "handlers", "script-src 'sha256-" + digest256 + "'", "script-src 'unsafe-hashes' 'sha256-" + digest256 + "'", false},
		{"strict-dynamic-ignores-hosts", "6.7.1.1", "script-src 'strict-dynamic' 'nonce-a'", "script-src 'strict-dynamic' 'nonce-a' https: 'self' 'unsafe-inline'", true},
		{"strict-dynamic-in-b-only", "scripts of scripts", "script-src 'nonce-a'", "script-src 'strict-dynamic' 'nonce-a'", false},
		{"strict-dynamic-in-a-only", "a ignores hosts", "script-src 'strict-dynamic' a.example", "script-src a.example", false},
		{"strict-dynamic-elsewhere", "no effect on images", "img-src a.example", "img-src 'strict-dynamic' a.example", true},
		{"eval", "eval", "script-src 'self'", "script-src 'self' 'unsafe-eval'", false},
		{"wasm", "WebAssembly", "script-src 'unsafe-eval'", "script-src 'wasm-unsafe-eval'", true},
		{"wasm-not-above-eval", "eval", "script-src 'wasm-unsafe-eval'", "script-src 'unsafe-eval'", false},
		{"trusted-types-eval-required", "trusted-types-eval", "script-src 'none'; require-trusted-types-for 'script'", "script-src 'trusted-types-eval'; require-trusted-types-for 'script'", false},
		{"trusted-types-eval", "without Trusted Types it is nothing", "script-src 'none'", "script-src 'trusted-types-eval'", true},
		{"speculation-rules", "inline rules", "script-src 'self'", "script-src 'self' 'inline-speculation-rules'", false},
		{"reporting-does-not-count", "report-*", "script-src 'self'", "script-src 'self' 'report-sample' 'report-sha256'; report-to x", true},

		{"base-uri", "no fallback", "base-uri 'self'", "default-src 'none'", false},
		{"frame-ancestors", "subset", "frame-ancestors 'self' a.example", "frame-ancestors 'self'", true},
		{"form-action", "superset", "form-action 'self'", "form-action 'self' a.example", false},
		{"sandbox-any", "b has none", "sandbox allow-forms", "", false},
		{"sandbox-fewer", "subset", "sandbox allow-forms allow-scripts", "sandbox allow-scripts", true},
		{"sandbox-more", "superset", "sandbox allow-forms", "sandbox allow-forms allow-scripts", false},
		{"webrtc", "webrtc-block: the draft", "webrtc 'block'", "webrtc 'allow'", false},
		{"upgrade", "insecure requests", "upgrade-insecure-requests", "img-src 'none'", false},
		{"trusted-types-required", "strings", "require-trusted-types-for 'script'", "", false},
		{"trusted-types-names", "subset", "trusted-types a b", "trusted-types a", true},
		{"trusted-types-star", "any name", "trusted-types a b", "trusted-types *", false},
		{"trusted-types-duplicates", "duplicates", "trusted-types a", "trusted-types a 'allow-duplicates'", false},

		{"ipv4", "ipv4-host: all run it", "script-src 'self'", "script-src 'self' http://192.0.2.10:8080", false},
		{"ws-and-https", "ws-source-http-url: not Chromium", "connect-src 'self' wss:", "connect-src 'self' https: wss:", false},
		{"upgraded", "only https: is asked for", "img-src https:", "img-src http: https:; upgrade-insecure-requests", false},
		{"upgraded-hosts", "loopback is left alone by some", "img-src https://a.example", "img-src http://a.example; upgrade-insecure-requests", true},
		{"odd-host", "host-trailing-dot: not Firefox", "img-src a.example.", "img-src a.example", false},

		{"list-b", "the intersection is nothing", "img-src 'none'", "img-src *.one.example, img-src https://two.example", true},
		{"list-b-self", "the page may be one of those", "img-src 'none'", "img-src http://*.one.example, img-src 'self'", false},
		{"list-b-self-and-host", "the page may be that host", "script-src 'none'", "script-src 'self', script-src https://www.example.com", false},
		{"list-b-redirected", "paths do not count after a redirect", "img-src https://go.example",
			"img-src https://go.example https://cdn.example/x, img-src https://go.example https://cdn.example/y", false},
		{"page-of-the-machine", "http://localhost is not upgraded by all", "img-src https: wss:; upgrade-insecure-requests", "img-src 'self'; upgrade-insecure-requests", false},
		{"page-with-an-address", "host-wildcard-ip: not the draft", "img-src https://*:* http://*:* ws://*:* wss://*:*", "img-src 'self'", false},
		{"too-many-combinations", "an honest no", "script-src 'none'", combinations(), false},
		{"list-b-narrows", "both together", "img-src https://x.a.example/p/", "img-src https://*.a.example/p/, img-src https://x.a.example:*", true},
		{"list-b-ports", "no port in common", "img-src 'none'", "img-src https://a.example:1, img-src https://a.example:2", true},
		{"list-b-paths", "no path in common", "img-src 'none'", "img-src https://a.example/x, img-src https://a.example/y/", true},
		{"list-b-different-directives", "each restricts something", "img-src a.example; font-src 'none'", "img-src a.example, font-src 'none'", true},
		{"list-b-nonce-and-host", "both conditions", "script-src a.example", "script-src 'nonce-x', script-src a.example", true},
		{"list-b-two-nonces", "one nonce attribute", "script-src 'none'", "script-src 'nonce-x', script-src 'nonce-y'", true},
		{"list-a", "both must allow", "img-src a.example, img-src b.example", "img-src a.example", false},
		{"list-a-and-b", "the same", "img-src a.example, font-src b.example", "font-src b.example; img-src a.example", true},
		{"list-hashes-of-two-kinds", "may be of one script", "script-src 'none'",
			"script-src 'sha256-" + digest256 + "', script-src " + strings.TrimSpace("'"+cspcrypto.SHA384("").String()+"'"), false},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		if seen[tt.name] {
			t.Fatalf("two tests have the name %q", tt.name)
		}
		seen[tt.name] = true
		if got := csp.Subsumes(list(tt.a), list(tt.b)); got != tt.want {
			t.Errorf("%s: Subsumes(%q, %q): got %v; want %v: %s", tt.name, tt.a, tt.b, got, tt.want, tt.reason)
		}
		var wider []csp.Change
		for _, c := range csp.Diff(list(tt.a), list(tt.b)) {
			if c.Wider {
				wider = append(wider, c)
			}
			checkWitness(t, c, list(tt.a), list(tt.b))
		}
		if (len(wider) == 0) != tt.want {
			t.Errorf("%s: Diff(%q, %q): got %v; want Subsumes to agree", tt.name, tt.a, tt.b, wider)
		}
	}
}

// combinations gives two policies that many nonces and hashes meet together.
func combinations() string {
	nonces, hashes := "script-src", "script-src"
	for i := range 80 {
		nonces += fmt.Sprintf(" 'nonce-n%d'", i)
		hashes += " '" + cspcrypto.SHA256(strconv.Itoa(i)).String() + "'"
	}
	return nonces + "," + hashes
}

// checkWitness asks the policies for the request that is said to differ.
func checkWitness(t *testing.T, c csp.Change, from, to csp.List) {
	t.Helper()
	if c.Request.Directive == "" {
		return
	}
	if !c.Wider {
		from, to = to, from
	}
	if from.AllowsRequest(c.Request) || !to.AllowsRequest(c.Request) {
		t.Errorf("%v: the witness %+v does not differ between %q and %q", c, c.Request, from, to)
	}
}

// A generator makes policies of few parts, so that they often meet.
type generator struct{ *rand.Rand }

func (g generator) pick(choices ...string) string { return choices[g.IntN(len(choices))] }

func (g generator) source() string {
	if g.IntN(4) == 0 {
		return g.pick("'self'", "*", "'none'", "https:", "http:", "data:", "wss:", "'nonce-a'", "'nonce-b'", "'unsafe-inline'",
			"'strict-dynamic'", "'unsafe-hashes'", "'unsafe-eval'", "'wasm-unsafe-eval'", "'sha256-"+digest256+"'", "bad_source")
	}
	if g.IntN(8) == 0 { // what not all browsers take
		return g.pick("ws:", "http://*.", "a.example.", "a.example:080", "a.example//p/", "a.example/p?q", "a.example?q", "*/p/", "https://*/p/", "*:443",
			"'sha-256-"+digest256+"'", "'sha256-abcde'", "'sha256-"+digest256[:43]+"'", "'trusted-types-eval'", "10.0.0.1", "a.example/p%2Fq")
	}
	return g.pick("", "", "https://", "http://", "wss://") + g.pick("a.example", "*.a.example", "x.a.example", "*", "b.example", "127.0.0.1") +
		g.pick("", "", ":443", ":80", ":*", ":8080") + g.pick("", "", "/", "/p", "/p/", "/p/q", "/p/q/")
}

func (g generator) policy() csp.Policy {
	var parts []string
	for range g.IntN(4) {
		part := g.pick("default-src", "script-src", "img-src", "style-src", "child-src", "frame-src", "connect-src", "script-src-elem", "worker-src",
			"base-uri", "frame-ancestors")
		for range g.IntN(4) {
			part += " " + g.source()
		}
		parts = append(parts, part)
	}
	if g.IntN(6) == 0 {
		parts = append(parts, g.pick("sandbox", "sandbox allow-forms", "upgrade-insecure-requests", "trusted-types a", "webrtc 'block'",
			"require-trusted-types-for 'script'"))
	}
	p, _ := csp.Parse(strings.Join(parts, "; "))
	return p
}

func (g generator) request() csp.Request {
	return csp.Request{
		Directive: g.pick("script-src-elem", "img-src", "style-src-elem", "frame-src", "worker-src", "connect-src", "base-uri", "frame-ancestors", "font-src"),
		URL: g.pick("https://", "http://", "wss://", "https://", "ws://") + g.pick("a.example", "x.a.example", "y.x.a.example", "b.example", "page.example", "127.0.0.1", "10.0.0.1") +
			g.pick("", "", ":80", ":443", ":8080", ":99") + g.pick("", "/", "/p", "/p/", "/p/q", "/p/q/r", "/z"),
		Origin:            g.pick("https://page.example", "http://page.example", "https://page.example:8080", "http://page.example:99"),
		Redirects:         g.IntN(2),
		Nonce:             g.pick("", "", "a", "b"),
		Integrity:         g.pick("", "", "sha256-"+digest256),
		NotParserInserted: g.IntN(2) == 0,
		Engine:            csp.Engine(g.IntN(int(csp.WebKit) + 1)),
	}
}

func (g generator) list() csp.List {
	l := csp.List{g.policy()}
	if g.IntN(3) == 0 {
		l = append(l, g.policy())
	}
	return l
}

// widerRequest gives whether b allows the request and a does not, but for the
// exceptions that Subsumes documents.
func widerRequest(a, b csp.List, r csp.Request) bool {
	if strings.HasPrefix(r.URL, "http:") || strings.HasPrefix(r.URL, "ws:") {
		for _, p := range b {
			if _, upgrades := p.Lookup("upgrade-insecure-requests"); upgrades {
				return false // it is never made
			}
		}
	}
	return b.AllowsRequest(r) && !a.AllowsRequest(r) &&
		!(strings.HasPrefix(r.URL, "ws") && strings.Contains(r.URL, "://page.example"))
}

// TestSubsumesIsSound looks for requests that contradict Subsumes, and holds
// Diff to its witnesses: where Subsumes says no about requests, there is one.
func TestSubsumesIsSound(t *testing.T) {
	t.Parallel()
	g := generator{rand.New(rand.NewPCG(1, 2))}
	yes := 0
	for range 140 {
		a, b := g.list(), g.list()
		if g.IntN(2) == 0 {
			b = append(b, a[0]) // an intersection with a part of a
		}
		if csp.Subsumes(a, b) {
			yes++
			for range 60 {
				if r := g.request(); widerRequest(a, b, r) {
					t.Fatalf("Subsumes(%q, %q), but b alone allows %+v", a, b, r)
				}
			}
			inlineSound(t, a, b)
		}
		for _, c := range csp.Diff(a, b) {
			checkWitness(t, c, a, b)
		}
	}
	if yes < 12 {
		t.Errorf("only %d pairs of policies were in the relation", yes)
	}
}

func inlineSound(t *testing.T, a, b csp.List) {
	t.Helper()
	for _, kind := range []csp.InlineKind{csp.InlineScript, csp.InlineHandler, csp.InlineStyle, csp.InlineStyleAttribute, csp.InlineRules} {
		for _, nonce := range []string{"", "a", "b"} {
			for _, content := range []string{"", "x"} {
				for _, not := range []bool{false, true} {
					in := cspcrypto.Inline(kind, content)
					in.Nonce, in.NotParserInserted = nonce, not
					for in.Engine = csp.AllEngines; in.Engine <= csp.WebKit; in.Engine++ {
						if b.AllowsInline(in) && !a.AllowsInline(in) {
							t.Fatalf("Subsumes(%q, %q), but b alone allows %+v", a, b, in)
						}
					}
				}
			}
		}
	}
	for e := csp.AllEngines; e <= csp.WebKit; e++ {
		if b.AllowsEval(e) && !a.AllowsEval(e) || b.AllowsTrustedEval(e) && !a.AllowsTrustedEval(e) || b.AllowsWasm(e) && !a.AllowsWasm(e) {
			t.Fatalf("Subsumes(%q, %q), but in %s b alone allows eval or WebAssembly", a, b, e)
		}
	}
	if b.AllowsNavigation("javascript:x") && !a.AllowsNavigation("javascript:x") {
		t.Fatalf("Subsumes(%q, %q), but b alone allows javascript: URLs", a, b)
	}
}

// TestSubsumesIsAPreorder holds it to the laws of one.
func TestSubsumesIsAPreorder(t *testing.T) {
	t.Parallel()
	g := generator{rand.New(rand.NewPCG(3, 4))}
	for range 150 {
		a, b, c := g.policy(), g.policy(), g.policy()
		if !csp.Subsumes(a, a) {
			t.Fatalf("%q does not subsume itself", a)
		}
		if csp.Subsumes(a, b) && csp.Subsumes(b, c) && !csp.Subsumes(a, c) {
			t.Fatalf("%q, %q, %q: not transitive", a, b, c)
		}
		if !csp.Subsumes(a, csp.List{a, b}) {
			t.Fatalf("%q does not subsume its intersection with %q", a, b)
		}
		if csp.Subsumes(a, c) && csp.Subsumes(b, c) != csp.Subsumes(csp.List{a, b}, c) {
			t.Fatalf("%q subsumes %q; with %q as a list it differs from %q alone", a, c, b, b)
		}
	}
}
