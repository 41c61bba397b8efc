package csphtml_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/edgehelpers/lambdaedge/csp/csptable"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzHashHTML holds, for any page:
//  1. How it comes from the reader makes no difference.
//  2. The policies of the presets are refused, or are one policy each without
//     anything odd in it, with the directives that the preset has: no URL in the page
//     adds one.
//  3. The policy of StaticSite allows what the page loads from its own origin and from
//     hosts with plain names.
//  4. A table of it is read back as it was, and finds it.
func FuzzHashHTML(f *testing.F) {
	for _, tt := range inlinePages {
		f.Add(tt.page, "/index.html")
	}
	for _, tt := range codeLoads {
		f.Add(tt.page, "/index.html")
	}
	for _, tt := range attributes {
		f.Add(tt.page, "/index.html")
	}
	f.Add("<script src=\"https://a.example/;script-src *,default-src 'none'\"></script><img src='https://a.example; script-src *'>", "/a;b")
	f.Add("<form action=\"//a.example:x/\"><base href='https://[::1]/'><link rel=stylesheet href='https://a%00.example/\u00e9'>", "/\u00e9 %41")
	f.Fuzz(func(t *testing.T, text, path string) {
		page, err := csphtml.HashHTML(strings.NewReader(text))
		again, err2 := csphtml.HashHTML(iotest.OneByteReader(strings.NewReader(text)))
		if (err == nil) != (err2 == nil) {
			t.Fatalf("got error %v, and byte by byte %v", err, err2)
		}
		if err != nil {
			return
		}
		if diff := cmp.Diff(page, again, cmp.AllowUnexported(csp.Hash{}), cmpopts.EquateComparable(csp.Policy{}), cmp.Comparer(samePolicies)); diff != "" {
			t.Fatalf("byte by byte it is another page (-whole +pieces):\n%s", diff)
		}
		for _, preset := range []func(csphtml.Page) (csp.Policy, error){csphtml.StaticSite, csphtml.StrictByHash} {
			checkPreset(t, page, preset)
		}
		checkLoads(t, page)
		checkTable(t, path, page)
	})
}

// plainURL is a URL about which no two parsers differ.
var plainURL = regexp.MustCompile(`^((https?:)?//[a-z]+\.example)?/[a-z/]*([a-z]+\.[a-z]+)?$`)

func checkLoads(t *testing.T, page csphtml.Page) {
	p, err := csphtml.StaticSite(page)
	if err != nil {
		return
	}
	for _, l := range page.Loads {
		if l.Directive == "base-uri" && !plainURL.MatchString(l.URL) {
			return
		}
	}
	for _, l := range page.Loads {
		if plainURL.MatchString(l.URL) && !allowsLoad(p, page, l, csp.AllEngines) {
			t.Errorf("%s forbids the page's own %v", p, l)
		}
	}
}

func samePolicies(a, b csp.List) bool { return a.String() == b.String() }

func checkPreset(t *testing.T, page csphtml.Page, preset func(csphtml.Page) (csp.Policy, error)) {
	p, err := preset(page)
	if err != nil {
		return
	}
	list, findings := csp.ParseList(p.String())
	if len(list) != 1 || list[0].String() != p.String() || len(findings) > 0 {
		t.Errorf("got %s: policies %q, findings %v; want one without", p, list, findings)
	}
	want := []string{"base-uri", "connect-src", "default-src", "font-src", "form-action", "frame-ancestors", "frame-src", "img-src",
		"manifest-src", "media-src", "object-src", "script-src", "style-src"}
	for d := range p.Directives() {
		if !slices.Contains(want, d.Name()) {
			t.Errorf("got %s in %s", d, p)
		}
	}
	if p.AllowsInline(cspcrypto.Inline(csp.InlineScript, "not in the page"+p.String())) {
		t.Errorf("%s allows every script", p)
	}
}

func checkTable(t *testing.T, path string, page csphtml.Page) {
	table, err := csphtml.NewTable(map[string]csphtml.Page{path: page, "/zzz": {}}, func(csphtml.Page) (csp.Policy, error) { return csp.API(), nil })
	if err != nil {
		return
	}
	if got, err := csptable.Parse(table.String()); got != table || err != nil {
		t.Errorf("got table %q, %v; want %q", got, err, table)
	}
	if strings.Contains(path, "%") {
		return // Lookup takes it for an escape
	}
	if policy, ok := table.Lookup(path); !ok || policy != csp.API().String() {
		t.Errorf("Lookup(%q) = %q, %v in %q", path, policy, ok, table)
	}
}
