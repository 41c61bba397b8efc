package csp_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp"
)

// manyDirectives gives a policy of about n bytes of different directives that
// nobody knows.
func manyDirectives(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "x%d a;", i)
	}
	return b.String()
}

// show writes what a policy means: its directives with their values.
func show(p csp.Policy) []string {
	var all []string
	for d := range p.Directives() {
		all = append(all, strings.Join(slices.Insert(slices.Collect(d.Values()), 0, d.Name()), " "))
	}
	return all
}

// parseSlowly is draft 2.2.1 step by step, with what all browsers do besides: the
// plain thing that Parse must agree with.
func parseSlowly(text string) []string {
	const space = " \t\n\f\r"
	var all []string
	seen := map[string]bool{}
	for token := range strings.SplitSeq(text, ";") {
		token = strings.Trim(token, space)
		ascii := strings.IndexFunc(token, func(r rune) bool { return r > 0x7f }) < 0
		control := strings.IndexFunc(token, func(r rune) bool { return r < ' ' && !strings.ContainsRune(space, r) || r == 0x7f }) >= 0
		if token == "" || !ascii || control { // control-byte
			continue
		}
		fields := strings.FieldsFunc(token, func(r rune) bool { return strings.ContainsRune(space, r) })
		fields[0] = strings.ToLower(fields[0]) // it is ASCII
		if !seen[fields[0]] {
			seen[fields[0]] = true
			all = append(all, strings.Join(fields, " "))
		}
	}
	return all
}

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, clause, text string
		want               []string
	}{
		{"empty", "2.2.1", "", nil},
		{"only-space", "2.2.1.2.2", " \t\n\f\r", nil},
		{"only-semicolons", "2.2.1.2.2", " ; ;; ", nil},
		{"one", "2.2.1", "default-src 'self'", []string{"default-src 'self'"}},
		{"two", "2.2.1", "default-src 'self'; img-src *", []string{"default-src 'self'", "img-src *"}},
		{"trailing-semicolon", "2.2.1.2.2", "img-src *;", []string{"img-src *"}},
		{"no-space-after-semicolon", "2.2.1", "img-src *;font-src *", []string{"img-src *", "font-src *"}},
		{"all-ascii-space", "2.2.1.2.1", "\t\n\f\r img-src\t\n\f\r *\f", []string{"img-src *"}},
		{"name-case", "2.2.1.2.4", "IMG-src A.Example", []string{"img-src A.Example"}},
		{"value-case-is-kept", "2.2.1.2.6", "img-src 'SELF'", []string{"img-src 'SELF'"}},
		{"first-wins", "2.2.1.2.5", "img-src a; img-src b", []string{"img-src a"}},
		{"first-wins-any-case", "2.2.1.2.5", "img-src a; IMG-SRC b; font-src c", []string{"img-src a", "font-src c"}},
		{"first-wins-unknown", "2.2.1.2.5", "x-y a; X-Y b", []string{"x-y a"}},
		{"empty-value-wins", "2.2.1.2.5", "img-src; img-src b", []string{"img-src"}},
		{"vertical-tab-is-no-space", "control-byte", "img-src a\vb", nil},
		{"nbsp-drops", "2.2.1.2.2", "img-src\u00a0a; font-src b", []string{"font-src b"}},
		{"non-ascii-drops-the-directive-only", "2.2.1.2.2", "img-src é; font-src b", []string{"font-src b"}},
		{"non-ascii-duplicate-does-not-count", "2.2.1.2.2", "img-src é; img-src b", []string{"img-src b"}},
		{"byte-above-7f-drops", "2.2.1.2.2", "img-src \xff; font-src b", []string{"font-src b"}},
		{"delete", "control-byte", "img-src \x7f", nil},
		{"nul", "control-byte", "img-src \x00; img-src a", []string{"img-src a"}},
		{"unknown-directive", "2.2.1", "future-src a 'b'", []string{"future-src a 'b'"}},
		{"odd-name", "2.2.1.2.3", "'self' a", []string{"'self' a"}},
		{"comma-is-part-of-a-token", "2.2.1", "img-src a,b", []string{"img-src a,b"}},
		{"turkish-i", "2.2.1.2.4", "\u0130mg-src a", nil},
		{"kelvin", "2.2.1.2.4", "wor\u212aer-src a", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, _ := csp.Parse(tt.text)
			if diff := cmp.Diff(tt.want, show(p)); diff != "" {
				t.Errorf("clause %s, %q (-want +got):\n%s", tt.clause, tt.text, diff)
			}
			if diff := cmp.Diff(parseSlowly(tt.text), show(p)); diff != "" {
				t.Errorf("%q (-slow +got):\n%s", tt.text, diff)
			}
			if got := p.String(); got != tt.text {
				t.Errorf("String: got %q; want %q", got, tt.text)
			}
		})
	}
}

func TestParseList(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"commas", " , ,,", nil},
		{"one", "img-src *", []string{"img-src *"}},
		{"two", "img-src * , font-src *", []string{"img-src *", "font-src *"}},
		{"one-without-directives", "; , font-src *", []string{"font-src *"}},
		{"non-ascii-drops-its-policy", "img-src é, font-src *", []string{"font-src *"}},
		{"duplicates-in-different-policies", "img-src a, img-src b", []string{"img-src a", "img-src b"}},
		{"draft-8.1", "default-src 'self' http://example.com http://example.net; connect-src 'none';, connect-src http://example.com/; script-src http://example.com/",
			[]string{"default-src 'self' http://example.com http://example.net; connect-src 'none';", "connect-src http://example.com/; script-src http://example.com/"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			list, _ := csp.ParseList(tt.text)
			var got []string
			for _, p := range list {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, diff)
			}
			if again, _ := csp.ParseList(list.String()); again.String() != list.String() {
				t.Errorf("String: got %q, and after parsing it %q", list, again)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{sample, "img-src a, b; x \x00 é;;", "script-src 'nonce-x' 'sha256-AAAA' *.a:*/b/%20 data: 'none'"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, findings := csp.Parse(text)
		if p.String() != text {
			t.Fatalf("String: got %q; want %q", p, text)
		}
		if diff := cmp.Diff(parseSlowly(text), show(p)); diff != "" {
			t.Errorf("(-slow +got):\n%s", diff)
		}
		for _, f := range findings {
			if f.Position.Offset < 0 || f.Position.Offset >= len(text) {
				t.Errorf("finding outside the text: %+v", f)
			}
		}
		list, findings := csp.ParseList(text)
		again, _ := csp.ParseList(list.String())
		if again.String() != list.String() || len(again) != len(list) {
			t.Errorf("parse and print is no fixpoint: %q, then %q", list, again)
		}
		for _, f := range findings {
			if f.Position.Offset < 0 || f.Position.Offset >= len(text) || f.Position.Policy >= len(list) {
				t.Errorf("finding outside the text: %+v", f)
			}
		}
		for i := range list {
			if diff := cmp.Diff(show(list[i]), show(again[i])); diff != "" {
				t.Errorf("policy %d changed (-before +after):\n%s", i, diff)
			}
		}
	})
}

// FuzzBuilder holds the builder to its promise that no argument begins a
// second directive or a second source.
func FuzzBuilder(f *testing.F) {
	for _, s := range []string{"a.example", "a; script-src *", "a,b", "x y", "'self'", "a\r\nb", "%", "*", "ü"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var list []csp.Location
		if h, err := csp.ParseHost(s); err == nil {
			list = append(list, h)
		}
		if h, err := csp.ParseScheme(s); err == nil {
			list = append(list, h)
		}
		scripts := []csp.ScriptSource{csp.Self}
		for _, l := range list {
			scripts = append(scripts, l)
		}
		if n, err := csp.ParseNonce(s); err == nil {
			scripts = append(scripts, n)
		}
		if h, err := csp.ParseHash(s); err == nil {
			scripts = append(scripts, h)
		}
		p, err := csp.New(csp.ScriptSrc(scripts...))
		if err != nil {
			t.Fatalf("New refuses what was parsed: %v", err)
		}
		policies, findings := csp.ParseList(p.String())
		outside := func(f csp.Finding) bool { // a host may be odd, but it stays a source
			return f.Position.Value < 0 || f.Code == "comma" || f.Code == "missing-semicolon" || f.Code == "invalid-source"
		}
		if len(policies) != 1 || len(slices.Collect(policies[0].Directives())) != 1 || slices.ContainsFunc(findings, outside) {
			t.Fatalf("%q makes %q, with findings %v", s, p, findings)
		}
		d, _ := policies[0].Lookup("script-src")
		if got := len(slices.Collect(d.Values())); got != len(scripts) {
			t.Errorf("%q makes %d sources of %d: %q", s, got, len(scripts), p)
		}
		q, err := csp.New(csp.ReportTo(s), csp.ReportURI(s), csp.ImgSrc(csp.None))
		if err != nil {
			return
		}
		if policies, _ := csp.ParseList(q.String()); len(policies) != 1 || len(slices.Collect(policies[0].Directives())) != 3 {
			t.Errorf("%q makes %q", s, q)
		}
	})
}
