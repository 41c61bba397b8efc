package csp_test

import (
	"fmt"
	"go/format"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/google/go-cmp/cmp"
)

func site() fstest.MapFS {
	return fstest.MapFS{
		"index.html":      {Data: []byte("<script>a</script>")},
		"about.htm":       {Data: []byte("<p>")},
		"docs/INDEX.HTML": {Data: []byte("<p>")},
		"docs/index.html": {Data: []byte("<style>b</style>")},
		"docs/a b.html":   {Data: []byte("<p>")},
		"script.js":       {Data: []byte("<script>no page</script>")},
		"page.html/x.txt": {Data: []byte("a folder with the name of a page")},
	}
}

func table(t *testing.T) csp.Table {
	t.Helper()
	pages, err := csp.HashFS(site())
	if err != nil {
		t.Fatal(err)
	}
	table, err := csp.NewTable(pages, csp.StaticSite)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestHashFS(t *testing.T) {
	t.Parallel()
	pages, err := csp.HashFS(site())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for path, page := range pages {
		got[path] = strings.Join(append(names(page.Scripts), names(page.Styles)...), " ")
	}
	want := map[string]string{"/index.html": hashes([]string{"a"})[0], "/about.htm": "", "/docs/INDEX.HTML": "",
		"/docs/index.html": hashes([]string{"b"})[0], "/docs/a b.html": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHashFSErrors(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"a.html": {Data: []byte("\xff\xfea")}, "b/c.html": {Data: []byte("\xfe\xffa")}, "d.html": {}}
	pages, err := csp.HashFS(fsys)
	if pages != nil || err == nil || !strings.Contains(err.Error(), "a.html: csp: ") || !strings.Contains(err.Error(), "b/c.html: csp: ") {
		t.Errorf("got %v, %v; want both mistakes", pages, err)
	}
}

func TestTableLookup(t *testing.T) {
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

// TestTableFindsEveryPath compares the search with a plain map.
func TestTableFindsEveryPath(t *testing.T) {
	t.Parallel()
	pages := map[string]csp.Page{}
	for i := range 300 {
		pages[fmt.Sprintf("/%d/%c", i*i%97, 'a'+i%26)] = csp.Page{}
	}
	table, err := csp.NewTable(pages, func(csp.Page) (csp.Policy, error) { return csp.API(), nil })
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

func TestParseTable(t *testing.T) {
	t.Parallel()
	text := table(t).String()
	if got, err := csp.ParseTable(text); err != nil || got != table(t) {
		t.Errorf("round trip: got %q, %v; want %q", got, err, text)
	}
	if _, err := csp.ParseTable(""); err != nil {
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
			if got, err := csp.ParseTable(tt.text); err == nil || !strings.Contains(err.Error(), tt.wantErr) || got != (csp.Table{}) {
				t.Errorf("got %q, %v; want an error with %q", got, err, tt.wantErr)
			}
		})
	}
}

func TestNewTableErrors(t *testing.T) {
	t.Parallel()
	odd, _ := csp.Parse("img-src\n*")
	pages := map[string]csp.Page{"/a": {}, "/b\n": {}, "/c": {Loads: []csp.Load{{Directive: "script-src", URL: "a.js"}}}}
	_, err := csp.NewTable(pages, func(p csp.Page) (csp.Policy, error) {
		if len(p.Loads) > 0 {
			return csp.StrictByHash(p)
		}
		return odd, nil
	})
	for _, want := range []string{"/a: got '\\n'", `got path "/b\n"`, `/c: csp: script "a.js": a strict policy by hash blocks it`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v; want it to have %q", err, want)
		}
	}
}

func TestTableGoSource(t *testing.T) {
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
	for _, want := range []string{"// Code generated", "package main\n", "func policyOf(path string) string {", `"/index.html",`, `"/":`, `"/docs/":`, hashes([]string{"a"})[0]} {
		if !strings.Contains(src, want) {
			t.Errorf("got\n%s\nwant it to have %q", src, want)
		}
	}
	for _, name := range []string{"", "func", "a b", "1a", "_", "\u00e9", "a()"} {
		if src, err := table(t).GoSource(name, "f"); err == nil {
			t.Errorf("package %q: got %q; want an error", name, src)
		}
	}
	if src, err = (csp.Table{}).GoSource("p", "F"); err != nil || strings.Contains(src, "switch") {
		t.Errorf("empty table: got %s, %v", src, err)
	}
}
