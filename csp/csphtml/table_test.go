package csphtml_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
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

func TestHashFS(t *testing.T) {
	t.Parallel()
	pages, err := csphtml.HashFS(site())
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
	pages, err := csphtml.HashFS(fsys)
	if pages != nil || err == nil || !strings.Contains(err.Error(), "a.html: csp: ") || !strings.Contains(err.Error(), "b/c.html: csp: ") {
		t.Errorf("got %v, %v; want both mistakes", pages, err)
	}
}

func TestNewTableErrors(t *testing.T) {
	t.Parallel()
	odd, _ := csp.Parse("img-src\n*")
	pages := map[string]csphtml.Page{"/a": {}, "/b\n": {}, "/c": {Loads: []csphtml.Load{{Directive: "script-src", URL: "a.js"}}}}
	_, err := csphtml.NewTable(pages, func(p csphtml.Page) (csp.Policy, error) {
		if len(p.Loads) > 0 {
			return csphtml.StrictByHash(p)
		}
		return odd, nil
	})
	for _, want := range []string{"/a: got '\\n'", `got path "/b\n"`, `/c: csp: script "a.js": a strict policy by hash blocks it`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v; want it to have %q", err, want)
		}
	}
}
