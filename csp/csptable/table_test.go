package csptable_test

import (
	"fmt"
	"go/format"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csptable"
	"github.com/google/go-cmp/cmp"
)

// table is that of a small site, with a policy of its own for each page.
func table(t *testing.T) csptable.Table {
	t.Helper()
	policies := map[string]csp.Policy{}
	for i, path := range []string{"/index.html", "/about.htm", "/docs/INDEX.HTML", "/docs/index.html", "/docs/a b.html"} {
		policies[path] = csp.Must(csp.New(csp.ImgSrc(csp.Self, csp.HostOf("https://img.example")), csp.ReportURI(fmt.Sprintf("/report/%d", i))))
	}
	table, err := csptable.New(policies)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestLookup(t *testing.T) {
	t.Parallel()
	table := table(t)
	tests := []struct{ path, page string }{
		{"/index.html", "/index.html"},
		{"/", "/index.html"},
		{"/docs/", "/docs/index.html"},
		{"/docs/a%20b.html", "/docs/a b.html"},
		{"/docs/%69ndex.html", "/docs/index.html"},
		{"/docs/INDEX.HTML", "/docs/INDEX.HTML"},
		{"/docs", ""},
		{"/script.js", ""},
		{"/about.html", ""},
		{"/index.html\tx", ""},
		{"/%", ""},
		{"/%zz", ""},
		{"", ""},
		{"about.htm", ""},
	}
	lines := map[string]string{}
	for line := range strings.Lines(table.String()) {
		path, policy, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		lines[path] = policy
	}
	if len(lines) != 5 {
		t.Fatalf("got table %q; want 5 lines", table)
	}
	for _, tt := range tests {
		got, ok := table.Lookup(tt.path)
		if want, wantOK := lines[tt.page]; got != want || ok != wantOK {
			t.Errorf("Lookup(%q) = %q, %v; want that of %q: %q", tt.path, got, ok, tt.page, want)
		}
	}
}

// TestLookupFindsEveryPath compares the search with a plain map.
func TestLookupFindsEveryPath(t *testing.T) {
	t.Parallel()
	pages := map[string]csp.Policy{}
	for i := range 300 {
		pages[fmt.Sprintf("/%d/%c", i*i%97, 'a'+i%26)] = csp.API()
	}
	table, err := csptable.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 97 {
		for c := byte('a'); c <= 'z'; c++ {
			path := fmt.Sprintf("/%d/%c", i, c)
			_, want := pages[path]
			if got, ok := table.Lookup(path); ok != want || ok && got != csp.API().String() {
				t.Errorf("Lookup(%q) = %q, %v; want %v", path, got, ok, want)
			}
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	text := table(t).String()
	if got, err := csptable.Parse(text); err != nil || got != table(t) {
		t.Errorf("round trip: got %q, %v; want %q", got, err, text)
	}
	if _, err := csptable.Parse(""); err != nil {
		t.Errorf("empty text: %v", err)
	}
	tests := []struct{ name, text, wantErr string }{
		{"no-tab", "/a\n", "want a path, a tab"},
		{"no-newline", "/a\tb", "and a newline"},
		{"relative", "a\tb\n", "begins with /"},
		{"unsorted", "/b\tx\n/a\tx\n", "want them sorted"},
		{"twice", "/a\tx\n/a\tx\n", "each once"},
		{"carriage-return", "/a\tx\r\n", "cannot stand in a header"},
		{"second-tab", "/a\tx\ty\n", "got a tab"},
		{"control-in-path", "/\x01\tx\n", "no control characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, err := csptable.Parse(tt.text); err == nil || !strings.Contains(err.Error(), tt.wantErr) || got != (csptable.Table{}) {
				t.Errorf("got %q, %v; want an error with %q", got, err, tt.wantErr)
			}
		})
	}
}

func TestGoSource(t *testing.T) {
	t.Parallel()
	src, err := table(t).GoSource("main", "policyOf")
	if err != nil {
		t.Fatal(err)
	}
	formatted, err := format.Source([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(formatted), src); diff != "" {
		t.Errorf("gofmt changes it (-want +got):\n%s", diff)
	}
	for _, want := range []string{"// Code generated", "package main\n", "func policyOf(path string) string {", `"/index.html",`, `"/":`, `"/docs/":`, "/report/0"} {
		if !strings.Contains(src, want) {
			t.Errorf("got\n%s\nwant it to have %q", src, want)
		}
	}
	for _, name := range []string{"", "func", "a b", "1a", "_", "\u00e9", "a()"} {
		if src, err := table(t).GoSource(name, "f"); err == nil {
			t.Errorf("package %q: got %q; want an error", name, src)
		}
	}
	if src, err = (csptable.Table{}).GoSource("p", "F"); err != nil || strings.Contains(src, "switch") {
		t.Errorf("empty table: got %s, %v", src, err)
	}
}
