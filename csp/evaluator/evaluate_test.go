package evaluator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
	"github.com/google/go-cmp/cmp"
)

// rest closes what a policy about scripts leaves open, so that a row of the table
// has the findings that it is about.
const (
	rest    = "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /r; require-trusted-types-for 'script'"
	nonce22 = "'nonce-wq5kP0hYd8vT3mXbQ7rZ1A'"
)

// evaluations: want has severity, code, directive and value of each finding.
var evaluations = []struct {
	name, reason string
	policy       string
	conditions   evaluator.Conditions
	want         []string
}{
	// What is missing.
	{"nothing", "", "", evaluator.Conditions{}, []string{"high no-policy"}},
	{"only-nonsense", "no directive is left", ", ;,", evaluator.Conditions{}, []string{"high no-policy"}},
	{"one-directive", "", "img-src 'self'", evaluator.Conditions{}, []string{"high missing-object-src", "high missing-script-src",
		"medium missing-form-action", "medium missing-frame-ancestors", "low missing-base-uri", "info no-reporting", "info no-trusted-types"}},
	{"default-is-a-fallback", "draft 6.1.3", "default-src 'none'", evaluator.Conditions{},
		[]string{"medium missing-form-action", "medium missing-frame-ancestors", "low missing-base-uri", "info no-reporting"}},
	{"script-src-elem-alone", "eval and event handlers are not governed", "script-src-elem 'none'" + rest, evaluator.Conditions{}, []string{"high missing-script-src"}},
	{"base-uri-with-nonce", "relative URLs of trusted scripts", "script-src " + nonce22 + " 'unsafe-inline'; object-src 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /r; require-trusted-types-for 'script'",
		evaluator.Conditions{}, []string{"high missing-base-uri", "info ignored-source script-src 'unsafe-inline'"}},
	{"level-1-knows-few-directives", "CSP 1.0", "default-src 'none'; report-uri /r", evaluator.Conditions{Level: evaluator.Level1}, nil},
	{"meta-cannot-have-frame-ancestors", "draft 3.3", "default-src 'none'; base-uri 'none'; form-action 'none'; report-to x", evaluator.Conditions{Meta: true},
		[]string{"info report-to-on-http report-to"}},

	// Scripts.
	{"unsafe-inline", "", "script-src 'unsafe-inline'" + rest, evaluator.Conditions{}, []string{"high unsafe-inline script-src 'unsafe-inline'"}},
	{"unsafe-inline-in-default", "", "default-src 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"high unsafe-inline default-src 'unsafe-inline'", "low unsafe-inline-style default-src 'unsafe-inline'"}},
	{"unsafe-inline-in-elem", "the fallback is not asked", "script-src 'none'; script-src-elem 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"high unsafe-inline script-src-elem 'unsafe-inline'"}},
	{"unsafe-inline-in-attr", "event handlers", "script-src 'none'; script-src-attr 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"high unsafe-inline script-src-attr 'unsafe-inline'"}},
	{"elem-unknown-at-level-2", "CSP 2", "script-src 'none'; script-src-elem 'unsafe-inline'" + rest, evaluator.Conditions{Level: evaluator.Level2}, nil},
	{"unsafe-inline-with-nonce", "draft 6.7.3.2", "script-src 'unsafe-inline' " + nonce22 + rest, evaluator.Conditions{}, []string{"info ignored-source script-src 'unsafe-inline'"}},
	{"unsafe-inline-with-nonce-at-level-1", "CSP 1.0 knows no nonces", "script-src 'unsafe-inline' " + nonce22 + rest, evaluator.Conditions{Level: evaluator.Level1},
		[]string{"high unsafe-inline script-src 'unsafe-inline'"}},
	{"unsafe-inline-with-hash", "draft 6.7.3.2", "script-src 'unsafe-inline' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='" + rest, evaluator.Conditions{Level: evaluator.Level2},
		[]string{"info ignored-source script-src 'unsafe-inline'"}},
	{"unsafe-inline-with-strict-dynamic", "draft 6.7.3.2", "script-src 'unsafe-inline' 'strict-dynamic'" + rest, evaluator.Conditions{},
		[]string{"low strict-dynamic-alone script-src 'strict-dynamic'", "info ignored-source script-src 'unsafe-inline'"}},
	{"strict-dynamic-unknown-at-level-2", "CSP 2", "script-src 'unsafe-inline' 'strict-dynamic'" + rest, evaluator.Conditions{Level: evaluator.Level2},
		[]string{"high unsafe-inline script-src 'unsafe-inline'"}},
	{"strict-dynamic-means-nothing-for-styles", "draft 6.7.3.2, step 2.1", "script-src 'none'; style-src 'unsafe-inline' 'strict-dynamic'" + rest, evaluator.Conditions{},
		[]string{"low misplaced-source style-src 'strict-dynamic'", "low unsafe-inline-style style-src 'unsafe-inline'"}},
	{"unsafe-eval", "", "script-src 'unsafe-eval'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /r", evaluator.Conditions{},
		[]string{"medium unsafe-eval script-src 'unsafe-eval'", "info no-trusted-types"}},
	{"unsafe-eval-with-trusted-types", "strings throw in Chromium 156, Firefox 153 and WebKitGTK 2.50", "script-src 'unsafe-eval'" + rest, evaluator.Conditions{},
		[]string{"low unsafe-eval script-src 'unsafe-eval'"}},
	{"unsafe-eval-before-trusted-types", "CSP 2", "script-src 'unsafe-eval'" + rest, evaluator.Conditions{Level: evaluator.Level2},
		[]string{"medium unsafe-eval script-src 'unsafe-eval'"}},
	{"unsafe-eval-in-elem", "eval asks script-src", "script-src 'none'; script-src-elem 'unsafe-eval'" + rest, evaluator.Conditions{}, nil},
	{"schemes", "", "script-src data: http: https: blob:" + rest, evaluator.Conditions{}, []string{"high plain-scheme script-src data:", "high plain-scheme script-src http:",
		"high plain-scheme script-src https:", "medium insecure-source script-src http:", "info no-strict-dynamic script-src"}},
	{"wildcards", "", "script-src * https://* *:443 https://*:8443/x *.com ws://*" + rest, evaluator.Conditions{}, []string{"high wildcard script-src *",
		"high wildcard script-src https://*", "high wildcard script-src *:443", "high wildcard script-src https://*:8443/x", "high wildcard script-src *.com",
		"high plain-scheme script-src ws://*", "medium insecure-source script-src ws://*", "medium wildcard-port script-src *:443",
		"low websocket-source script-src ws://*", "info no-strict-dynamic script-src"}},
	{"ignored-beside-strict-dynamic", "draft 6.7.1.1", "script-src " + nonce22 + " 'unsafe-inline' 'strict-dynamic' * https: http: data: 'self' a.example unpkg.com" + rest, evaluator.Conditions{},
		[]string{"info ignored-source script-src 'unsafe-inline'", "info ignored-source script-src *", "info ignored-source script-src https:", "info ignored-source script-src http:",
			"info ignored-source script-src data:", "info ignored-source script-src 'self'", "info ignored-source script-src a.example", "info ignored-source script-src unpkg.com"}},
	{"hosts", "", "script-src 'self' a.example" + rest, evaluator.Conditions{}, []string{"medium host-scripts script-src a.example",
		"info no-strict-dynamic script-src", "info self-scripts script-src 'self'"}},
	{"files", "draft 7.6", "script-src https://a.example/js/ https://a.example/js/x.js" + rest, evaluator.Conditions{}, []string{"medium host-scripts script-src https://a.example/js/",
		"low host-scripts script-src https://a.example/js/x.js", "info no-strict-dynamic script-src"}},
	{"none-beside-others", "draft 6.7.2.6: it is ignored", "script-src 'none' unpkg.com" + rest, evaluator.Conditions{},
		[]string{"high bypass-public-host script-src unpkg.com", "medium none-with-others script-src 'none'", "info no-strict-dynamic script-src"}},
	{"unsafe-hashes-alone", "", "script-src 'unsafe-hashes' " + nonce22 + " 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"low unsafe-hashes-alone script-src 'unsafe-hashes'", "info ignored-source script-src 'unsafe-inline'"}},

	// Other directives that matter.
	{"wide-objects", "", "script-src 'none'; object-src data: *; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /r", evaluator.Conditions{},
		[]string{"high plain-scheme object-src data:", "high wildcard object-src *"}},
	{"objects", "", "script-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /r", evaluator.Conditions{},
		[]string{"low objects-allowed object-src"}},
	{"wide-base", "", "default-src 'none'; base-uri https:; form-action 'none'; frame-ancestors 'none'; report-uri /r", evaluator.Conditions{},
		[]string{"high plain-scheme base-uri https:"}},
	{"wide-forms-and-frames", "", "default-src 'none'; base-uri 'none'; form-action *; frame-ancestors https:; report-uri /r", evaluator.Conditions{},
		[]string{"medium wildcard form-action *", "medium plain-scheme frame-ancestors https:"}},
	{"images-may-be-wide", "", "script-src 'none'; img-src * data: https:" + rest, evaluator.Conditions{}, nil},
	{"inline-styles", "", "script-src 'none'; style-src 'unsafe-inline'" + rest, evaluator.Conditions{}, []string{"low unsafe-inline-style style-src 'unsafe-inline'"}},
	{"inline-style-attributes", "", "script-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"low unsafe-inline-style style-src-attr 'unsafe-inline'"}},
	{"insecure", "", "script-src 'none'; img-src http://a.example ws://b.example HTTP: https://c.example" + rest, evaluator.Conditions{},
		[]string{"medium insecure-source img-src http://a.example", "medium insecure-source img-src ws://b.example", "medium insecure-source img-src HTTP:", "low websocket-source img-src ws://b.example"}},
	{"insecure-report", "", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri HTTP://r.example/ https://r.example/", evaluator.Conditions{},
		[]string{"medium insecure-report-uri report-uri HTTP://r.example/"}},
	{"loopback", "", "script-src 'none'; img-src localhost:8080 127.0.0.1 a.localhost 127.0.0.2 xlocalhost" + rest, evaluator.Conditions{},
		[]string{"info ip-address img-src 127.0.0.2", "info loopback-source img-src 127.0.0.2", "info loopback-source img-src localhost:8080", "info loopback-source img-src 127.0.0.1",
			"info loopback-source img-src a.localhost"}},
	{"insecure-loopback", "nobody is on the way", "script-src 'none'; connect-src http://localhost:3000 ws://127.0.0.1:3000" + rest, evaluator.Conditions{},
		[]string{"info loopback-source connect-src http://localhost:3000", "info loopback-source connect-src ws://127.0.0.1:3000"}},

	// Nonces.
	{"short-nonce", "draft 7.1", "script-src 'nonce-wq5kP0hYd8vT3mXbQ7rZ1==' 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"medium short-nonce script-src 'nonce-wq5kP0hYd8vT3mXbQ7rZ1=='", "info ignored-source script-src 'unsafe-inline'"}},
	{"invalid-nonce", "draft 2.3.1", "script-src 'nonce-{{nonce}}' " + nonce22 + " 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"medium invalid-nonce script-src 'nonce-{{nonce}}'", "info ignored-source script-src 'unsafe-inline'"}},
	{"example-nonce", "copied from documentation", "script-src 'nonce-2726c7f26c' 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"high static-nonce script-src 'nonce-2726c7f26c'", "info ignored-source script-src 'unsafe-inline'"}},
	{"regular-nonce", "", "script-src 'nonce-0123456789abcdefghijkl' 'nonce-AAAAAAAAAAAAAAAAAAAAAA' 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"high static-nonce script-src 'nonce-0123456789abcdefghijkl'", "high static-nonce script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA'", "info ignored-source script-src 'unsafe-inline'"}},
	{"static-nonce", "", "script-src " + nonce22 + " 'unsafe-inline'" + rest, evaluator.Conditions{Static: true},
		[]string{"high static-nonce script-src " + nonce22, "info ignored-source script-src 'unsafe-inline'"}},
	{"cached-nonce", "RFC 9111 3", "script-src " + nonce22 + " 'unsafe-inline'; style-src " + nonce22 + rest, evaluator.Conditions{Delivery: &csp.Delivery{CacheControl: "max-age=60"}},
		[]string{"high nonce-cacheable script-src " + nonce22, "info ignored-source script-src 'unsafe-inline'"}},
	{"nonce-not-cached", "RFC 9111 5.2.2.5", "script-src " + nonce22 + " 'unsafe-inline'" + rest, evaluator.Conditions{Delivery: &csp.Delivery{CacheControl: "no-store"}},
		[]string{"info ignored-source script-src 'unsafe-inline'"}},
	{"nonce-on-304", "RFC 9111 4.3.4", "script-src " + nonce22 + " 'unsafe-inline'" + rest, evaluator.Conditions{Delivery: &csp.Delivery{StatusCode: 304, CacheControl: "private"}},
		[]string{"high nonce-on-304 script-src " + nonce22, "info ignored-source script-src 'unsafe-inline'"}},
	{"nonce-unknown-at-level-1", "CSP 1.0", "script-src 'nonce-abc'" + rest, evaluator.Conditions{Level: evaluator.Level1, Static: true}, nil},

	// Strict policies.
	{"strict", "", "script-src " + nonce22 + " 'strict-dynamic' 'unsafe-inline' https:" + rest, evaluator.Conditions{},
		[]string{"info ignored-source script-src 'unsafe-inline'", "info ignored-source script-src https:"}},
	{"strict-without-fallbacks", "", "script-src " + nonce22 + " 'strict-dynamic'" + rest, evaluator.Conditions{},
		[]string{"info no-inline-fallback script-src", "info no-host-fallback script-src 'strict-dynamic'"}},
	{"no-trusted-types", "", "script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /r", evaluator.Conditions{},
		[]string{"info no-trusted-types", "info ignored-source script-src 'unsafe-inline'", "info inline-module-imports script-src"}},

	// Place, reports and length.
	{"ignored-in-meta", "draft 3.3", "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /r", evaluator.Conditions{Meta: true},
		[]string{"medium ignored-in-meta sandbox", "medium ignored-in-meta frame-ancestors", "medium ignored-in-meta report-uri"}},
	{"ignored-in-report-only", "draft 6.3.2", "sandbox; upgrade-insecure-requests; script-src 'none'" + rest, evaluator.Conditions{ReportOnly: true},
		[]string{"low ignored-in-report-only sandbox", "low ignored-in-report-only upgrade-insecure-requests", "info partly-supported frame-ancestors"}},
	{"report-only-without-reports", "", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", evaluator.Conditions{ReportOnly: true},
		[]string{"medium report-only-unreported", "info partly-supported frame-ancestors"}},
	{"report-to-only", "", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-to x", evaluator.Conditions{},
		[]string{"info report-to-only report-to", "info report-to-on-http report-to"}},
	{"report-to-unknown-at-level-2", "CSP 2", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-to x", evaluator.Conditions{Level: evaluator.Level2},
		[]string{"info no-reporting"}},
	{"long", "", longPolicy(8192), evaluator.Conditions{}, []string{"high long-header"}},
	{"long-for-cloudfront", "", longPolicy(1783), evaluator.Conditions{}, []string{"info long-for-cloudfront"}},
	{"as-long-as-the-limit", "", longPolicy(1782), evaluator.Conditions{Limit: 1783}, nil},
	{"longer-than-the-limit", "", longPolicy(1783), evaluator.Conditions{Limit: 1783}, []string{"high long-header"}},

	// What Parse finds is here too.
	{"syntax", "csp-evaluator's syntax checks", "script-src 'none'; imgs-src a; img-src self object-src b.example; font-src a\x01; prefetch-src c; style-src 'unsafe-inlin'" + rest, evaluator.Conditions{},
		[]string{"high control-character font-src", "high unquoted-keyword img-src self", "high missing-semicolon img-src object-src", "medium unknown-directive imgs-src",
			"low deprecated-directive prefetch-src", "low unknown-keyword style-src 'unsafe-inlin'"}},

	// Lists.
	{"list-makes-up", "both must allow", "script-src 'unsafe-inline' 'unsafe-eval' https: data: unpkg.com, script-src " + nonce22 + " 'unsafe-inline'" + rest, evaluator.Conditions{},
		[]string{"info ignored-source script-src 'unsafe-inline'"}},
	{"list-does-not-make-up", "", "script-src 'unsafe-inline'" + rest + ", script-src 'unsafe-inline' https:", evaluator.Conditions{},
		[]string{"high unsafe-inline script-src 'unsafe-inline'", "high unsafe-inline script-src 'unsafe-inline'"}},
	{"list-of-two-halves", "each closes what the other leaves open", "script-src 'unsafe-inline'" + rest + ", script-src https:", evaluator.Conditions{}, nil},
	{"list-missing-once", "", "img-src 'none', font-src 'none'; report-uri /r", evaluator.Conditions{}, []string{"high missing-object-src", "high missing-script-src",
		"medium missing-form-action", "medium missing-frame-ancestors", "low missing-base-uri", "info no-trusted-types"}},
	{"list-of-hosts", "no host is in both", "script-src a.example" + rest + ", script-src b.example", evaluator.Conditions{}, []string{"info no-strict-dynamic script-src", "info no-strict-dynamic script-src"}},
	{"list-of-hosts-that-meet", "", "script-src a.b.example" + rest + ", script-src *.b.example", evaluator.Conditions{}, []string{"medium host-scripts script-src a.b.example",
		"medium host-scripts script-src *.b.example", "info no-strict-dynamic script-src", "info no-strict-dynamic script-src"}},
	{"list-of-bypasses", "unpkg.com is in both", "script-src unpkg.com" + rest + ", script-src https:", evaluator.Conditions{},
		[]string{"high bypass-public-host script-src unpkg.com", "info no-strict-dynamic script-src", "info no-strict-dynamic script-src"}},
}

func longPolicy(n int) string {
	head := "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri /"
	return head + strings.Repeat("x", n+1-len(head))
}

func describeFindings(findings []csp.Finding) []string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", f.Severity, f.Code, f.Directive, f.Value)))
	}
	return lines
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	for _, tt := range evaluations {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			list, _ := csp.ParseList(tt.policy)
			got := describeFindings(evaluator.Evaluate(list, tt.conditions))
			slices.Sort(got)
			want := slices.Sorted(slices.Values(tt.want))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s\n(-want +got):\n%s", tt.reason, tt.policy, diff)
			}
			checkFindings(t, list, evaluator.Evaluate(list, tt.conditions))
		})
	}
}

// checkFindings holds what is true of all findings: the worst first, every one
// with its words, and positions where the text has what they name.
func checkFindings(t *testing.T, list csp.List, findings []csp.Finding) {
	t.Helper()
	for i, f := range findings {
		if i > 0 && f.Severity > findings[i-1].Severity {
			t.Errorf("%v comes after %v", f, findings[i-1])
		}
		if f.Code == "" || f.Severity < csp.Info || f.Severity > csp.High || f.Reason == "" || f.Mend == "" {
			t.Errorf("incomplete finding %#v", f)
		}
		at := f.Position
		if at.Policy < -1 || at.Policy >= len(list) || at.Policy < 0 && at.Directive >= 0 {
			t.Errorf("%v: got position %+v in %d policies", f, at, len(list))
			continue
		}
		if at.Policy < 0 {
			continue
		}
		text := list[at.Policy].String()
		if at.Offset < 0 || at.Offset > len(text) {
			t.Errorf("%v: got offset %d in %q", f, at.Offset, text)
			continue
		}
		named := f.Value
		if at.Value < 0 {
			named = f.Directive
		}
		pointed := text[at.Offset:]
		if f.Code != "comma" && f.Code != "control-character" && !strings.HasPrefix(strings.ToLower(pointed), strings.ToLower(named)) {
			t.Errorf("%v: got offset %d, where %q stands", f, at.Offset, pointed)
		}
	}
}

func TestEvaluateOnePolicy(t *testing.T) {
	t.Parallel()
	p := parse("script-src 'unsafe-inline'" + rest)
	if diff := cmp.Diff(evaluator.Evaluate(csp.List{p}, evaluator.Conditions{}), evaluator.Evaluate(p, evaluator.Conditions{})); diff != "" {
		t.Errorf("a policy and a list of it differ:\n%s", diff)
	}
	for _, policies := range []csp.Policies{nil, csp.Policy{}, csp.List(nil), csp.List{csp.Policy{}}} {
		if got := describeFindings(evaluator.Evaluate(policies, evaluator.Conditions{})); !slices.Equal(got, []string{"high no-policy"}) {
			t.Errorf("%v: got %q; want no-policy", policies, got)
		}
	}
}

// TestPresetsAreGood holds the presets to the evaluation, and the builder's sample.
func TestPresetsAreGood(t *testing.T) {
	t.Parallel()
	strict, err := csp.StrictByNonce(cspcrypto.NewNonce())
	if err != nil {
		t.Fatal(err)
	}
	page, err := csphtml.HashHTML(strings.NewReader("<script>a</script><style>b</style><p onclick=c><link rel=stylesheet href=a.css>"))
	if err != nil {
		t.Fatal(err)
	}
	byHash, err := csphtml.StrictByHash(page)
	if err != nil {
		t.Fatal(err)
	}
	site, err := csphtml.StaticSite(page)
	if err != nil {
		t.Fatal(err)
	}
	handlers := []string{"unsafe-hashes"} // the page has one
	for _, tt := range []struct {
		name   string
		policy csp.Policy
		low    []string // codes that are no more than Low
	}{
		{"strict-by-nonce", strict, nil},
		{"strict-by-hash", byHash, handlers},
		{"static-site", site, handlers},
		{"api", csp.API(), nil},
	} {
		var low []string
		for _, f := range evaluator.Evaluate(tt.policy, evaluator.Conditions{}) {
			switch {
			case f.Severity > csp.Low:
				t.Errorf("%s: %s\n%v", tt.name, tt.policy, f)
			case f.Severity == csp.Low:
				low = append(low, f.Code)
			}
		}
		if !slices.Equal(low, tt.low) {
			t.Errorf("%s: %s\ngot findings %q of severity low; want %q", tt.name, tt.policy, low, tt.low)
		}
	}
}

// FuzzEvaluate holds that Evaluate takes every list under all conditions, and
// that adding a policy never makes findings about reach worse: what is High
// for scripts of the longer list is so for one of its policies alone.
func FuzzEvaluate(f *testing.F) {
	for _, tt := range evaluations {
		f.Add(tt.policy, uint8(tt.conditions.Level), tt.conditions.Meta, tt.conditions.Static, tt.conditions.Limit)
	}
	f.Fuzz(func(t *testing.T, text string, level uint8, meta, static bool, limit int) {
		list, _ := csp.ParseList(text)
		c := evaluator.Conditions{Level: evaluator.Level(level), Meta: meta, Separate: static, ReportOnly: !meta, Static: static, Limit: limit,
			Delivery: &csp.Delivery{CacheControl: text}}
		findings := evaluator.Evaluate(list, c)
		checkFindings(t, list, findings)
		if again := evaluator.Evaluate(list, c); !slices.Equal(again, findings) {
			t.Errorf("not the same twice:\n%v\n%v", findings, again)
		}
		alone := map[string]bool{}
		for _, p := range list {
			for _, f := range evaluator.Evaluate(p, c) {
				alone[f.Code] = true
			}
		}
		for _, f := range findings {
			switch f.Code {
			case "no-policy", "long-header", "long-for-cloudfront", "comma-for-semicolon":
			case "bypass-jsonp", "bypass-library", "bypass-public-host", "host-scripts":
				if !alone["bypass-jsonp"] && !alone["bypass-library"] && !alone["bypass-public-host"] && !alone["host-scripts"] {
					t.Errorf("%v is in the list %q and in none of its policies", f, text)
				}
			default:
				if !alone[f.Code] {
					t.Errorf("%v is in the list %q and in none of its policies", f, text)
				}
			}
		}
		evaluator.Evaluate(parse(text), c)
	})
}

func BenchmarkEvaluate(b *testing.B) {
	for _, bb := range []struct{ name, text string }{
		{"sample", sample},
		{"strict", "script-src " + nonce22 + " 'strict-dynamic' 'unsafe-inline' https:" + rest},
		{"twenty-hosts", "script-src" + strings.Repeat(" https://cdn.example.com:443/js/", 20) + rest},
		{"twenty-different-hosts", "script-src" + number(" https://host%02d.cdn.example.com/js/", 20*len(" https://host00.cdn.example.com/js/")) + rest},
	} {
		list, _ := csp.ParseList(bb.text)
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sinkFindings = evaluator.Evaluate(list, evaluator.Conditions{})
			}
		})
	}
}

// BenchmarkEvaluateMegabyte is to take ten times as long for ten times the text.
func BenchmarkEvaluateMegabyte(b *testing.B) {
	for _, bb := range []struct{ name, format string }{
		{"hosts", " h%d.example"}, {"libraries", " code.angularjs.org/%d"}, {"nonces", " 'nonce-%d'"},
		{"policies", ", script-src h%d.example"}, {"policies-of-hosts", " h%d.example"}, {"fallback-of-hosts", " h%d.example"},
		{"websockets", " wss://h%d.example"},
	} {
		for _, size := range []int{100e3, 1e6} {
			text := "script-src" + number(bb.format, size)
			switch half := number(bb.format, size/2); bb.name {
			case "policies-of-hosts":
				text = "script-src" + half + ", script-src" + number(" x%d.example", size/2)
			case "fallback-of-hosts":
				text = "default-src" + half + ", script-src" + number(" x%d.example", size/2)
			case "websockets":
				text = "connect-src" + half
			}
			list, _ := csp.ParseList(text)
			b.Run(fmt.Sprintf("%s-%dk", bb.name, size/1000), func(b *testing.B) {
				for b.Loop() {
					sinkFindings = evaluator.Evaluate(list, evaluator.Conditions{})
				}
			})
		}
	}
}

// number writes a format, with numbers from 0, until there are n bytes.
func number(format string, n int) string {
	var s strings.Builder
	for i := 0; s.Len() < n; i++ {
		fmt.Fprintf(&s, format, i)
	}
	return s.String()
}

// BenchmarkEvaluateBaseline looks for twenty words in the same policy.
func BenchmarkEvaluateBaseline(b *testing.B) {
	words := strings.Fields("'unsafe-inline' 'unsafe-eval' * data: https: http: unpkg.com jsdelivr googleapis cdnjs object-src base-uri " +
		"form-action frame-ancestors report-uri report-to script-src default-src 'strict-dynamic' 'nonce-")
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			sinkFound = strings.Contains(sample, w)
		}
	}
}

var (
	sinkFindings []csp.Finding
	sinkFound    bool
)

// sample is a policy of about 300 bytes.
const sample = "default-src 'none'; script-src 'self' https://cdn.example.com/js/ 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; " +
	"style-src 'self' https://fonts.example.com; img-src 'self' data: https://*.images.example; " +
	"connect-src https://api.example.com wss://live.example.com; font-src 'self'; base-uri 'none'; form-action 'self'"

func parse(text string) csp.Policy {
	p, _ := csp.Parse(text)
	return p
}
