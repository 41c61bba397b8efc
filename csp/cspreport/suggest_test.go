package cspreport_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

// groups puts reports together.
func groups(reports ...cspreport.Report) []cspreport.Group {
	var s cspreport.Summary
	for _, r := range reports {
		s.Add(r)
	}
	return s.Groups()
}

func policies(t testing.TB, text string) csp.List {
	t.Helper()
	list, findings := csp.ParseList(text)
	if len(findings) > 0 {
		t.Fatalf("%s: %v", text, findings)
	}
	return list
}

func TestSuggest(t *testing.T) {
	const page = "https://www.example.com/shop"
	blocked := func(directive, url string) cspreport.Report {
		return cspreport.Report{DocumentURL: page, Directive: directive, BlockedURL: url}
	}
	tests := []struct {
		name, before string
		reports      []cspreport.Report
		after        string // "" if nothing is added
		unresolved   string // how the reason of the first unresolved report begins
		reason       string
	}{
		{"image", "img-src 'self'", []cspreport.Report{blocked("img-src", "https://cdn.example.net/a/1.png?x=1"), blocked("img-src", "https://cdn.example.net/b/2.png")},
			"img-src 'self' https://cdn.example.net", "", "scheme and host, and no path: paths do not count after a redirect"},
		{"port", "img-src 'self'", []cspreport.Report{blocked("img-src", "https://cdn.example.net:8443/1.png")}, "img-src 'self' https://cdn.example.net:8443", "", "with its port"},
		{"self", "img-src https://cdn.example.net", []cspreport.Report{blocked("img-src", "https://www.example.com/1.png")}, "img-src https://cdn.example.net 'self'", "", "the page's own origin by its keyword"},
		{"self-websocket", "connect-src 'none'", []cspreport.Report{blocked("connect-src", "wss://www.example.com/live")}, "connect-src 'self'", "", "which allows wss of the same host, too"},
		{"none", "default-src 'none'; img-src 'none'", []cspreport.Report{blocked("img-src", "data")}, "default-src 'none'; img-src data:", "", "'none' must stand alone"},
		{"fallback", "default-src 'self'", []cspreport.Report{blocked("font-src", "https://fonts.gstatic.com/s/x.woff2")},
			"default-src 'self'; font-src 'self' https://fonts.gstatic.com", "", "default-src is not widened for everything"},
		{"two-directives", "default-src 'self'", []cspreport.Report{blocked("img-src", "data"), blocked("connect-src", "https://api.example.net/v1")},
			"default-src 'self'; connect-src 'self' https://api.example.net; img-src 'self' data:", "", ""},
		{"frame-by-child", "child-src 'self'", []cspreport.Report{blocked("frame-src", "https://video.example.net")},
			"child-src 'self'; frame-src 'self' https://video.example.net", "", "child-src governs workers, too"},
		{"script", "script-src 'self'", []cspreport.Report{blocked("script-src-elem", "https://cdn.example.net/x.js")}, "script-src 'self' https://cdn.example.net", "", "in the directive that is there"},
		{"script-elem", "script-src 'self'; script-src-elem 'self'", []cspreport.Report{blocked("script-src-elem", "https://cdn.example.net/x.js")},
			"script-src 'self'; script-src-elem 'self' https://cdn.example.net", "", "in the one that governs elements"},
		{"script-beside-self", "script-src https://cdn.example.net", []cspreport.Report{
			blocked("script-src-elem", "https://www.example.com/a.js"), blocked("script-src-elem", "https://www.example.com/a.js"), blocked("script-src-elem", "https://b.example.net/b.js"),
		}, "script-src https://cdn.example.net; script-src-elem https://cdn.example.net 'self' https://b.example.net", "", "in the directive that another addition has made"},
		{"self-beside-script", "script-src https://cdn.example.net", []cspreport.Report{
			blocked("script-src-elem", "https://b.example.net/b.js"), blocked("script-src-elem", "https://b.example.net/b.js"), blocked("script-src-elem", "https://www.example.com/a.js"),
		}, "script-src https://cdn.example.net https://b.example.net; script-src-elem https://cdn.example.net https://b.example.net 'self'", "", "the other way round"},
		{"script-fallback", "default-src 'self'", []cspreport.Report{blocked("script-src-elem", "https://cdn.example.net/x.js")}, "default-src 'self'; script-src 'self' https://cdn.example.net", "", "in a new one"},
		{"worker", "script-src 'self'", []cspreport.Report{blocked("worker-src", "blob")}, "script-src 'self'; worker-src 'self' blob:", "", "not in script-src, where blob: would allow scripts"},
		{"public-host", "script-src 'self'", []cspreport.Report{blocked("script-src-elem", "https://unpkg.com/htmx.org@2.0.4/dist/htmx.min.js?x")},
			"script-src 'self' https://unpkg.com/htmx.org@2.0.4/dist/htmx.min.js", "", "the script alone where everybody can publish"},
		{"list", "img-src 'self', img-src https:, default-src 'self'", []cspreport.Report{blocked("img-src", "https://cdn.example.net/1.png")},
			"img-src 'self' https://cdn.example.net, img-src https:, default-src 'self'; img-src 'self' https://cdn.example.net", "", "every policy that blocks it, and no other"},
		{"form", "form-action 'self'", []cspreport.Report{blocked("form-action", "https://pay.example.net/checkout")}, "form-action 'self' https://pay.example.net", "", ""},
		{"wasm", "script-src 'self'", []cspreport.Report{blocked("script-src", "wasm-eval")}, "script-src 'self' 'wasm-unsafe-eval'", "", "WebAssembly alone"},
		{"trusted-type", "trusted-types one", []cspreport.Report{{DocumentURL: page, Directive: "trusted-types", BlockedURL: "trusted-types-policy", Sample: "two"}}, "trusted-types one two", "", ""},

		{"inline", "script-src 'self'", []cspreport.Report{blocked("script-src-elem", "inline")}, "", "inline code is allowed by a nonce or by its hash", "never 'unsafe-inline'"},
		{"old-inline", "script-src 'self'", []cspreport.Report{blocked("script-src", "self")}, "", "inline code is allowed by a nonce or by its hash", "Firefox before 55"},
		{"eval", "script-src 'self'", []cspreport.Report{blocked("script-src", "eval")}, "", "only 'unsafe-eval' allows it", "not unless it is asked for"},
		{"strict-dynamic", "script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA' 'strict-dynamic'", []cspreport.Report{blocked("script-src-elem", "https://cdn.example.net/x.js")}, "",
			"'strict-dynamic' makes browsers ignore hosts", "a host would have no effect"},
		{"data-script", "script-src 'self'", []cspreport.Report{blocked("script-src-elem", "data")}, "", "what would allow it defeats the policy", "any markup could bring code along"},
		{"public-hosts", "script-src 'self'", []cspreport.Report{blocked("script-src-elem", "https://unpkg.com")}, "", "what would allow it defeats the policy", "the path is not known"},
		{"mixed", "img-src 'self'", []cspreport.Report{blocked("img-src", "http://cdn.example.net/1.png")}, "", "the page is an https one and asks for http://cdn.example.net/1.png", "no policy helps"},
		{"comma", "script-src 'self'", []cspreport.Report{blocked("script-src-elem", "https://x,script-src *")}, "", "it cannot be a source", "no second directive"},
		{"space", "img-src 'self'", []cspreport.Report{blocked("img-src", "https://a.example *")}, "", "it cannot be a source", "no second source"},
		{"keyword", "img-src 'self'", []cspreport.Report{blocked("img-src", "'unsafe-inline'")}, "", "it cannot be a source", ""},
		{"application", "frame-src 'self'", []cspreport.Report{blocked("frame-src", "itms-appss")}, "", "nobody but the site knows", "a link into an application, or anybody's idea"},
		{"script-scheme", "frame-src 'self'", []cspreport.Report{blocked("frame-src", "javascript")}, "", "nobody but the site knows", ""},
		{"web-scheme", "img-src 'self'", []cspreport.Report{blocked("img-src", "https")}, "", "nobody but the site knows", "every host"},
		{"no-slashes", "img-src 'self'", []cspreport.Report{blocked("img-src", "https:evil.example")}, "", "nobody but the site knows", "every host"},
		{"wildcard", "img-src 'self'", []cspreport.Report{blocked("img-src", "https://*.com/x")}, "", "it cannot be a source: https://*.com/x has a *", "browsers report hosts"},
		{"every-host", "img-src 'self'", []cspreport.Report{blocked("img-src", "https://*")}, "", "it cannot be a source: https://* has a *", ""},
		{"every-port", "img-src 'self'", []cspreport.Report{blocked("img-src", "https://a.example:*/x")}, "", "it cannot be a source: https://a.example:*/x has a *", ""},
		{"base", "base-uri 'none'", []cspreport.Report{blocked("base-uri", page)}, "base-uri 'self'", "", "relative URLs stay on the site"},
		{"base-elsewhere", "base-uri 'none'", []cspreport.Report{{DocumentURL: page, Directive: "base-uri", BlockedURL: "https://a.example/", Policy: "base-uri a.example"}}, "",
			"the page has a base element with a URL of another origin", "scripts would come from there; nothing was loaded that could redirect"},
		{"type-injection", "trusted-types one", []cspreport.Report{{DocumentURL: page, Directive: "trusted-types", BlockedURL: "trusted-types-policy", Sample: "two; script-src *"}}, "",
			"the report does not have the whole name", ""},
		{"type-twice", "trusted-types one", []cspreport.Report{{DocumentURL: page, Directive: "trusted-types", BlockedURL: "trusted-types-policy", Sample: "one"}}, "",
			"the policy allows a Trusted Types policy of the name one", "a second one of the name"},
		{"sink", "require-trusted-types-for 'script'", []cspreport.Report{{DocumentURL: page, Directive: "require-trusted-types-for", BlockedURL: "trusted-types-sink", Sample: "Element innerHTML|<b>"}}, "",
			"the page hands a string to the DOM (Element innerHTML)", ""},
		{"ancestors", "frame-ancestors 'none'", []cspreport.Report{blocked("frame-ancestors", page)}, "", "no browser says in its report which page", "what is reported is this page"},
		{"default-src", "default-src 'self'", []cspreport.Report{blocked("default-src", "https://cdn.example.net/x")}, "", "an old browser says default-src", "image or script, nobody knows"},
		{"nothing", "img-src 'self'", []cspreport.Report{blocked("img-src", "")}, "", "the report does not say what was blocked", ""},
		{"unknown-directive", "navigate-to 'self'", []cspreport.Report{blocked("navigate-to", "https://a.example/")}, "", "there is no source that makes navigate-to allow more", ""},
		{"redirect", "img-src 'self'", []cspreport.Report{{DocumentURL: page, Directive: "img-src", BlockedURL: "https://www.example.com/go?to=x", Policy: "img-src 'self'"}}, "",
			"the policy of the report allows this URL: it led to another one", "the report has the URL before the redirect"},

		{"redirect-said-once", "img-src 'self'", []cspreport.Report{
			{DocumentURL: page, Directive: "img-src", BlockedURL: "https://cdn.example.net/1.png", Policy: "img-src https://cdn.example.net"},
			{DocumentURL: page, Directive: "img-src", BlockedURL: "https://cdn.example.net/1.png", Policy: "img-src 'self'"},
			{DocumentURL: page, Directive: "img-src", BlockedURL: "https://cdn.example.net/1.png", Policy: "img-src 'self'"},
		}, "img-src 'self' https://cdn.example.net", "", "the policy of most reports decides, not that of the first"},

		{"allowed", "img-src 'self' data:", []cspreport.Report{{DocumentURL: page, Directive: "img-src", BlockedURL: "data", Policy: "img-src 'self'"}}, "", "", "the policy has been mended since"},
		{"no-policy", "", []cspreport.Report{blocked("img-src", "data")}, "", "", "nothing is blocked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, _ := csp.ParseList(tt.before)
			s := cspreport.Suggest(before, groups(tt.reports...), cspreport.Options{})
			checkSuggestion(t, s)
			want := tt.after
			if want == "" {
				want = tt.before
			}
			if diff := cmp.Diff(want, s.After.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
			got := ""
			if len(s.Unresolved) > 0 {
				got = s.Unresolved[0].Reason
			}
			if !strings.HasPrefix(got, tt.unresolved) || (got == "") != (tt.unresolved == "") {
				t.Errorf("unresolved because %q, want %q... (%s)", got, tt.unresolved, tt.reason)
			}
		})
	}
}

// checkSuggestion holds a suggestion to its promises, without the functions that
// made it: it allows what it says, and nothing becomes forbidden.
func checkSuggestion(t *testing.T, s cspreport.Suggestion) {
	t.Helper()
	if len(s.Before) != len(s.After) {
		t.Fatalf("%d policies became %d", len(s.Before), len(s.After))
	}
	for _, u := range s.Unresolved {
		if text := u.Reason + u.Mend; strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f || c == 0x202e }) {
			t.Errorf("not safe to print: %q", text)
		}
	}
	for i, p := range s.After {
		for _, keyword := range []string{"'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'", "'unsafe-hashes'"} {
			if strings.Contains(p.String(), keyword) && !strings.Contains(s.Before[i].String(), keyword) {
				t.Errorf("%s in %s", keyword, p)
			}
		}
		if q, _ := csp.Parse(p.String()); q.Canonical().String() != p.Canonical().String() {
			t.Errorf("%s is read as %s", p, q)
		}
	}
	if !csp.Subsumes(s.After, s.Before) {
		t.Errorf("%s forbids what %s allows", s.After, s.Before)
	}
	if diff := cmp.Diff(csp.Diff(s.Before, s.After), s.Changes); diff != "" && len(s.Additions) > 0 {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	for _, c := range s.Changes {
		if c.Directive == "worker-src" && strings.HasPrefix(c.Witness, "https://") {
			continue // of another origin
		}
		if !slices.ContainsFunc(s.Additions, func(a cspreport.Addition) bool {
			effective := strings.TrimSuffix(c.Directive, "-elem")
			return strings.TrimSuffix(a.Effective, "-elem") == effective || a.Effective == "frame-src" && c.Directive == "fenced-frame-src"
		}) {
			t.Errorf("%s, which no addition is for", c)
		}
	}
}

// TestSuggestAllowsReports gives what three engines reported of one page after
// another, and asks the new policies about each URL.
func TestSuggestAllowsReports(t *testing.T) {
	var reports []cspreport.Report
	for _, c := range captures(t) {
		rs, err := cspreport.Parse(c.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rs {
			r.Policy = "" // each case has its own
			reports = append(reports, r)
		}
	}
	before := policies(t, "default-src 'self'; script-src 'self' 'nonce-AAAAAAAAAAAAAAAAAAAAAA'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none', connect-src 'self'")
	all := groups(reports...)
	s := cspreport.Suggest(before, all, cspreport.Options{})
	checkSuggestion(t, s)
	count := 0
	for _, a := range s.Additions {
		if a.Policy == 0 {
			count += a.Reports
		}
	}
	for _, g := range s.Unresolved {
		count += g.Count
		if g.Mend == "" {
			t.Errorf("nothing to do about %+v", g.Cause)
		}
	}
	for _, g := range s.Allowed {
		count += g.Count
	}
	total := 0
	for _, g := range all {
		total += g.Count
		isUnresolved := slices.ContainsFunc(s.Unresolved, func(u cspreport.Unresolved) bool { return u.Cause == g.Cause })
		for _, url := range g.URLs {
			if !isUnresolved && strings.Contains(url, "://") && !s.After.Allows(g.Directive, url, "https://site.test:8443") {
				t.Errorf("%s %s is still blocked by %s", g.Directive, url, s.After)
			}
		}
	}
	if count != total {
		t.Errorf("%d reports are accounted for, want %d", count, total)
	}
}

// TestSuggestOpens says what additions open, in the evaluator's words.
func TestSuggestOpens(t *testing.T) {
	const page = "https://www.example.com/"
	s := cspreport.Suggest(policies(t, "script-src 'self'; object-src 'none'; base-uri 'none'"), groups(
		cspreport.Report{DocumentURL: page, Directive: "script-src-elem", BlockedURL: "https://cdn.example.net/x.js"},
		cspreport.Report{DocumentURL: page + "a", Directive: "script-src-elem", BlockedURL: "https://cdn.example.net/y.js", SourceFile: page + "app.js"},
		cspreport.Report{DocumentURL: page, Directive: "script-src", BlockedURL: "eval", SourceFile: page + "app.js", Line: 7},
	), cspreport.Options{})
	if len(s.Additions) != 1 || len(s.Unresolved) != 1 {
		t.Fatalf("%+v", s)
	}
	a := s.Additions[0]
	if got, want := a.String(), "script-src: add https://cdn.example.net: 2 reports of script-src-elem on https://www.example.com/ and 1 other page"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if len(a.Opens) == 0 || a.Opens[0].Code != "host-scripts" || a.Opens[0].Value != "https://cdn.example.net" {
		t.Errorf("opens %v, want host-scripts", a.Opens)
	}
	u := s.Unresolved[0]
	if len(u.Opens) != 1 || u.Opens[0].Code != "unsafe-eval" || !strings.Contains(u.Mend, "in https://www.example.com/app.js, line 7") {
		t.Errorf("eval: %+v", u)
	}
}

func TestSuggestUnsafeEval(t *testing.T) {
	g := groups(cspreport.Report{DocumentURL: "https://www.example.com/", Directive: "script-src", BlockedURL: "eval"},
		cspreport.Report{DocumentURL: "https://www.example.com/", Directive: "script-src", BlockedURL: "eval", Sample: "1+1"})
	s := cspreport.Suggest(policies(t, "default-src 'self'"), g, cspreport.Options{AddUnsafeEval: true})
	if got, want := s.After.String(), "default-src 'self'; script-src 'self' 'unsafe-eval'"; got != want || len(s.Additions) != 1 || s.Additions[0].Reports != 2 {
		t.Errorf("got %s, %+v; want %s for two reports", got, s.Additions, want)
	}
	if len(s.Additions) == 1 && (len(s.Additions[0].Opens) == 0 || s.Additions[0].Opens[0].Code != "unsafe-eval") {
		t.Errorf("opens %v, want unsafe-eval", s.Additions[0].Opens)
	}
}

// TestAdditionEffect says something of each directive, also where the evaluator is
// silent.
func TestAdditionEffect(t *testing.T) {
	tests := []struct{ directive, blocked, want, reason string }{
		{"connect-src", "https://a.example/x", "scripts may send what they know to there", "no finding of the evaluator"},
		{"form-action", "https://a.example/x", "forms may be sent to there", "no finding of the evaluator"},
		{"base-uri", "https://www.example.com/x", "relative URLs of the page", "no finding of the evaluator"},
		{"frame-src", "https://a.example/x", "pages from there may be shown", ""},
		{"worker-src", "blob", "workers may run code", ""},
		{"object-src", "https://a.example/x", "plugins and documents", ""},
		{"style-src-elem", "https://a.example/x", "style sheets from there", ""},
		{"script-src-elem", "https://a.example/x", "code from there", ""},
		{"script-src", "wasm-eval", "scripts may compile", ""},
		{"img-src", "https://a.example/x", "the page may load from there, and its scripts may send", "an image's URL has room for data"},
	}
	for _, tt := range tests {
		r := cspreport.Report{DocumentURL: "https://www.example.com/", Directive: tt.directive, BlockedURL: tt.blocked}
		s := cspreport.Suggest(policies(t, tt.directive+" https://b.example"), groups(r), cspreport.Options{})
		if len(s.Additions) != 1 || !strings.HasPrefix(s.Additions[0].Effect(), tt.want) {
			t.Errorf("%s: got %v, want one that says %q (%s)", tt.directive, s.Additions, tt.want, tt.reason)
		}
	}
}

// TestSuggestHash gives the hash of a sample that may be all of the code.
func TestSuggestHash(t *testing.T) {
	tests := []struct{ sample, hash, reason string }{
		{"go()", "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='", "short"},
		{"console.log('a fairly long inline script", "", "as long as samples are"},
		{"console.log('a fairly long inline scrip…", "", "cut by Firefox"},
		{"alert('\ufffd", "", "cut in the middle of a character"},
		{"javascript:go()", "", "the whole URL would have to be hashed"},
		{"", "", "no sample"},
	}
	for _, tt := range tests {
		g := groups(cspreport.Report{DocumentURL: "https://www.example.com/", Directive: "script-src-attr", BlockedURL: "inline", Sample: tt.sample})
		s := cspreport.Suggest(policies(t, "script-src 'self'"), g, cspreport.Options{Hash: cspcrypto.SHA256[string]})
		if len(s.Unresolved) != 1 {
			t.Fatalf("%q: %+v", tt.sample, s)
		}
		if mend := s.Unresolved[0].Mend; tt.hash == "" && strings.Contains(mend, "sha256-") || !strings.Contains(mend, tt.hash) {
			t.Errorf("%q: %s; want %q (%s)", tt.sample, mend, tt.hash, tt.reason)
		}
	}
}

// TestSuggestIsBounded reports more than anybody would allow.
func TestSuggestIsBounded(t *testing.T) {
	tests := []struct {
		policy    string
		report    cspreport.Report // with %d for a number
		additions int
		late      int // groups that are not tried
		reason    string
	}{
		{"img-src 'self'", cspreport.Report{Directive: "img-src", BlockedURL: "https://h%d.example/"}, 100, 20, "so many hosts"},
		{"script-src 'strict-dynamic'", cspreport.Report{Directive: "script-src-elem", BlockedURL: "https://h%d.example/"}, 0, 20, "a try that fails takes time, too"},
		{"trusted-types a", cspreport.Report{Directive: "trusted-types", BlockedURL: "trusted-types-policy", Sample: "p%d"}, 100, 20, "what has no URL"},
		{"img-src *.example", cspreport.Report{Directive: "img-src", BlockedURL: "https://h%d.example/"}, 0, 0, "what is allowed already is not tried"},
	}
	for _, tt := range tests {
		var reports []cspreport.Report
		for i := range 120 {
			r := tt.report
			r.DocumentURL = "https://www.example.com/"
			r.BlockedURL = strings.ReplaceAll(r.BlockedURL, "%d", fmt.Sprint(i))
			r.Sample = strings.ReplaceAll(r.Sample, "%d", fmt.Sprint(i))
			reports = append(reports, r)
		}
		s := cspreport.Suggest(policies(t, tt.policy), groups(reports...), cspreport.Options{})
		late := 0
		for _, u := range s.Unresolved {
			if strings.HasPrefix(u.Reason, "as many causes as take") {
				late++
			}
		}
		if len(s.Additions) != tt.additions || late != tt.late {
			t.Errorf("%s: %d additions, %d not tried, want %d and %d (%s)", tt.policy, len(s.Additions), late, tt.additions, tt.late, tt.reason)
		}
	}
}

// TestSuggestAnyOrder gives the groups of one page in every order: each is allowed
// by Before, or unresolved, or allowed by After in all engines.
func TestSuggestAnyOrder(t *testing.T) {
	const page = "https://www.example.com/"
	tests := []struct {
		before  string
		reports [][2]string // directive and what was blocked
		reason  string
	}{
		{"script-src https://cdn.example.net", [][2]string{
			{"script-src-elem", page + "a.js"}, {"script-src-elem", "https://b.example.net/b.js"}, {"script-src", "wasm-eval"}, {"script-src", "https://c.example.net/c.js"},
		}, "'self' needs script-src-elem, as workers of the site would be allowed, too"},
		{"style-src https://cdn.example.net", [][2]string{{"style-src-elem", page + "a.css"}, {"style-src-elem", "https://b.example.net/a.css"}, {"style-src", "https://c.example.net/a.css"}}, ""},
		{"default-src https://cdn.example.net", [][2]string{{"worker-src", page + "w.js"}, {"script-src-elem", page + "a.js"}, {"script-src-elem", "https://b.example.net/a.js"}, {"worker-src", "blob"}}, "workers are governed by scripts' directives"},
		{"default-src 'none'", [][2]string{{"fenced-frame-src", "https://f.example/"}, {"frame-src", "https://g.example/"}, {"child-src", "https://h.example/"}, {"worker-src", page + "w.js"}}, "a chain of directives"},
		{"child-src 'self'; default-src 'none', script-src 'none'", [][2]string{{"frame-src", "https://g.example/"}, {"child-src", "https://h.example/"}, {"script-src-elem", page + "a.js"}, {"worker-src", page + "w.js"}}, "two policies"},
	}
	for _, tt := range tests {
		var all []cspreport.Group
		for _, r := range tt.reports {
			all = append(all, groups(cspreport.Report{DocumentURL: page, Directive: r[0], BlockedURL: r[1]})...)
		}
		permute(all, 0, func(groups []cspreport.Group) {
			s := cspreport.Suggest(policies(t, tt.before), groups, cspreport.Options{})
			checkGroups(t, s, groups)
		})
	}
}

// permute calls f with every order of all[from:].
func permute(all []cspreport.Group, from int, f func([]cspreport.Group)) {
	if from == len(all) {
		f(all)
		return
	}
	for i := from; i < len(all); i++ {
		all[from], all[i] = all[i], all[from]
		permute(all, from+1, f)
		all[from], all[i] = all[i], all[from]
	}
}

// checkGroups asks After about all groups that are neither allowed nor unresolved.
func checkGroups(t *testing.T, s cspreport.Suggestion, groups []cspreport.Group) {
	t.Helper()
	reports := 0
	for _, a := range s.Additions {
		reports += a.Reports
	}
	for _, g := range groups {
		if slices.ContainsFunc(s.Allowed, func(a cspreport.Group) bool { return a.Cause == g.Cause }) ||
			slices.ContainsFunc(s.Unresolved, func(u cspreport.Unresolved) bool { return u.Cause == g.Cause }) {
			continue
		}
		if reports == 0 {
			t.Errorf("%s: nothing is said of %+v", s.Before, g.Cause)
		}
		for _, engine := range []csp.Engine{csp.Chromium, csp.Firefox, csp.WebKit} {
			allowed := s.After.AllowsWasm(engine)
			if g.Blocked != "wasm-eval" {
				url := g.URLs[0]
				if !strings.Contains(url, ":") {
					url += ":"
				}
				allowed = s.After.AllowsRequest(csp.Request{Directive: g.Directive, URL: url, Origin: "https://www.example.com", Engine: engine})
			}
			if !allowed {
				t.Errorf("%s blocks %s %s in %s; before %s", s.After, g.Directive, g.URLs[0], engine, s.Before)
			}
		}
	}
}

// TestSuggestComparesLess tries fewer causes if the policy is long.
func TestSuggestComparesLess(t *testing.T) {
	var reports []cspreport.Report
	for i := range 10 {
		reports = append(reports, cspreport.Report{DocumentURL: "https://www.example.com/", Directive: "script-src-elem", BlockedURL: fmt.Sprintf("https://h%d.example/", i)})
	}
	for _, tt := range []struct {
		policy    string
		additions int
	}{
		{"script-src 'self'", 10},
		{"script-src 'self' a.example b.example c.example d.example e.example f.example g.example", 3}, // 81 pairs each
	} {
		s := cspreport.SuggestWithin(200, policies(t, tt.policy), groups(reports...))
		checkSuggestion(t, s)
		if len(s.Additions) != tt.additions || len(s.Unresolved) != 10-tt.additions {
			t.Errorf("%s: %d additions, %d unresolved, want %d additions", tt.policy, len(s.Additions), len(s.Unresolved), tt.additions)
		}
	}
}

// FuzzSuggest holds suggestions for whatever is reported to their promises.
func FuzzSuggest(f *testing.F) {
	f.Add("script-src 'self', default-src 'none'", "script-src-elem", "https://unpkg.com/x.js", "", "https://www.example.com/")
	f.Add("default-src https: 'unsafe-inline'", "worker-src", "blob", "", "http://a.example")
	f.Add("trusted-types 'none'; require-trusted-types-for 'script'", "trusted-types", "trusted-types-policy", "two", "about")
	f.Add("script-src 'strict-dynamic' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", "script-src", "wasm-eval", "", "https://x")
	f.Add("script-src 'self'", "require-trusted-types-for", "trusted-types-sink", "\x1b[2J\u202e", "https://a.example")
	f.Add("child-src 'self' a.example/b", "frame-src", "https://a.example/c;script-src *", "", "https://a.example")
	f.Fuzz(func(t *testing.T, policy, directive, blocked, sample, page string) {
		before, _ := csp.ParseList(policy)
		if len(policy) > 300 || len(before) > 3 {
			return // the comparison takes time in proportion to the square
		}
		var kept csp.List // what csp builds upon
		for _, p := range before {
			if _, err := csp.New(slices.Collect(p.Directives())...); err == nil {
				kept = append(kept, p)
			}
		}
		g := groups(cspreport.Report{Directive: directive, BlockedURL: blocked, Sample: sample, DocumentURL: page})
		checkSuggestion(t, cspreport.Suggest(kept, g, cspreport.Options{}))
	})
}
