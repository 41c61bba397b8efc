package crawl_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/crawl"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
	"github.com/google/go-cmp/cmp"
)

func ExampleDir() {
	site, err := crawl.Dir(tree(map[string]string{
		"index.html":              page("https://www.example.com/"),
		"blog/new/index.html":     page("https://www.example.com/blog/new/"),
		"2019/05/old/index.html":  hugo("https://www.example.com/blog/new/"),
		"shop/index.html":         hugo("https://shop.example/"),
		"slides/part1/index.html": meta("20; url=/slides/part2/"),
	}), crawl.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	site.WriteTo(os.Stdout)
	// Output:
	// # 4 redirects of 2 pages that only forward; 3 other pages do not
	// # The site is taken to be at https://www.example.com/, since 2 of 2 canonical links say so
	// # origin: https://shop.example
	//
	// /2019/05/old/ /blog/new/ 301 # 2019/05/old/index.html:8
	// /2019/05/old/index.html /blog/new/ 301 # 2019/05/old/index.html:8
	// /shop/ https://shop.example/ 301 # shop/index.html:8
	// /shop/index.html https://shop.example/ 301 # shop/index.html:8
	//
	// # Left out are
	// # - slides/part1/index.html:1: the page is shown for 20 seconds before it leads to "/slides/part2/", so it is no redirect
}

// checkText fails unless package rulefile reads from the text of a site its
// redirects, and these lead where the pages have led.
func checkText(t *testing.T, site *crawl.Site) {
	t.Helper()
	var text strings.Builder
	if n, err := site.WriteTo(&text); err != nil || n != int64(text.Len()) {
		t.Fatalf("WriteTo: %d, %v; want %d", n, err, text.Len())
	}
	file, err := rulefile.Parse(text.String(), rulefile.Netlify)
	if err != nil {
		t.Fatalf("%v\n%s", err, &text)
	}
	rules := slices.Collect(file.Rules())
	if len(rules) != len(site.Found) || len(file.Expectations) > 0 {
		t.Fatalf("%d rules, %d expectations; want %d, 0\n%s", len(rules), len(file.Expectations), len(site.Found), &text)
	}
	table, err := file.Compile()
	if err != nil {
		t.Fatalf("%v\n%s", err, &text)
	}
	for i, f := range site.Found {
		if rules[i].From != redirect.Quote(f.From) || rules[i].To != f.To || rules[i].Status != f.Status {
			t.Errorf("got the rule %+v; want %+v", rules[i], f)
		}
		r, err := rulefile.NewRequest("GET", f.From)
		if err != nil {
			t.Fatal(err)
		}
		if m, _ := table.Lookup(r); m.Location != f.To || m.Status != f.Status {
			t.Errorf("%s leads to %d %q; want %d %q\n%s", f.From, m.Status, m.Location, f.Status, f.To, &text)
		}
	}
}

func TestText(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"empty": {},
		"generators": {
			"hugo/index.html": hugo("https://example.org/a/?b=1&amp;c=%20#d"), "docusaurus/index.html": docusaurus("/x"), "jekyll": jekyll("http://j.example"),
			"mkdocs/index.html": mkdocs("../x/"), "sphinx.html": sphinx("x.html"), "a/astro/index.html": astro("2", "/y/"),
		},
		"signs": {
			":name/index.html": meta("0; url=/:splat/:name/*"), "*.html": meta("0; url=/:b:/{x}/$1"), "a/*/index.html": meta("0; url=https://c.example/:name?q=:x#:y"),
			"back\\slash:x.html": meta("0; url=/a\\b"), "http:/x.html": meta("0; url=/y"), "#.html": meta("0; url=/z"), "a b\tc.html": meta("0; url=/a b\tc"),
			"\u00e9\u3000\u00a0.html": meta("0; url=/\u00e9\u3000\u00a0?\u00e9#\u00e9"), "%41.html": meta("0; url=/%41%zz"), "quote\".html": meta("0; url=/&quot;&lt;"),
			"{distribution}.html": meta("0; url=/{distribution}"), "origin": "<html>" + meta("0; url=/x"), "expect": "<html>" + meta("99; url=/x"),
		},
		"pass": {"chain/a.html": meta("0; url=b.html"), "chain/b.html": meta("0; url=/c"), "loop/a.html": meta("0; url=b.html"), "loop/b.html": meta("0; url=a.html")},
		"slashes": {
			"a.html": meta("0; url=https://example.org//evil.example/"), "b.html": meta("0; url=/\\evil.example"), "c.html": page("https://example.org/c.html"),
			"d.html": meta("0; url=https://example.org/../\\\\x"), "folder/index.html": meta("0; url=/folder/.//x"),
		},
		"long": {"a.html": meta("0; url=/" + strings.Repeat("x", 9000)), "b.html": meta("0; url=/" + strings.Repeat(" ", 3000) + "x")},
	} {
		t.Run(name, func(t *testing.T) {
			site, err := crawl.Dir(tree(files), crawl.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if name != "empty" && len(site.Found) == 0 && name != "long" {
				t.Error("nothing is found")
			}
			checkText(t, site)
		})
	}
}

// TestHostileNames: no name of a file and nothing in a page makes a line of its own,
// or a comment that means something.
func TestHostileNames(t *testing.T) {
	site, err := crawl.Dir(tree(map[string]string{
		"x\n# origin: https:evil.example\n.html":    meta("0; url=/x"),
		"y\n/a /b 301\n.html":                       meta("30; url=/x\n/c /d 301"),
		"z.html":                                    meta("0; url=/x") + `<link rel=canonical href="https://c.example/` + "\n# origin: https://evil.example" + `">`,
		"origin: https:/evil.example/\x1b[2J/x.htm": meta("0; url=mailto:\x1b[2J"),
	}), crawl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, site)
	var text strings.Builder
	site.WriteTo(&text)
	for line := range strings.Lines(text.String()) {
		if strings.HasPrefix(line, "# origin:") || strings.HasPrefix(line, "/a ") || strings.HasPrefix(line, "/c ") || strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\x1b\r\n") {
			t.Errorf("a line is %q", line)
		}
	}
}

// A brokenWriter cannot write.
type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteError(t *testing.T) {
	if n, err := new(crawl.Site).WriteTo(brokenWriter{}); n != 0 || err == nil {
		t.Errorf("got %d, %v; want an error", n, err)
	}
}

// TestRandomSites: whatever forwards to whatever, all that is found can be read.
func TestRandomSites(t *testing.T) {
	names := strings.Fields("index.html a.html a b/index.html b.html b c.htm c/index.htm c/index.html d.html/index.html d.html d:e/*.html *.php old/x.html 404.html .well-known/x.html e\u00e9.html % ?.html")
	targets := append(strings.Fields("/ /a /a/ /a.html /b/ b.html ../c.htm /c/index.html /d.html ?x #y /d:e/* /*.php //own.example/a https://own.example/b/ http://other.example/c/ https://own.example//x "+
		"/docs/a /docs/b/ mailto:x /e\u00e9 /e%c3%a9.html %zz /:a/* https://own.example:8443/%2e/a https:b \\\\b"), "", "/a b")
	kinds := []func(string) string{hugo, docusaurus, mkdocs, sphinx, hugoMinified, page,
		func(to string) string { return "<html>" + meta("3; url='"+to+"'") }, func(to string) string { return "<html>" + meta("30; url="+to) }}
	bases := []string{"", "", "https://own.example/", "https://own.example/docs/", "/docs"}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 0))
		files := map[string]string{}
		for range 1 + r.IntN(8) {
			files[names[r.IntN(len(names))]] = kinds[r.IntN(len(kinds))](targets[r.IntN(len(targets))])
		}
		for name := range files {
			for other := range files {
				if strings.HasPrefix(other, name+"/") {
					delete(files, name) // it is a folder
				}
			}
		}
		site, err := crawl.Dir(tree(files), crawl.Options{Base: bases[r.IntN(len(bases))]})
		if err != nil {
			t.Fatal(err)
		}
		checkText(t, site)
		if t.Failed() {
			t.Fatalf("seed %d: %q", seed, files)
		}
	}
}

func FuzzDir(f *testing.F) {
	f.Add("old/index.html", hugo("https://example.org/new/"), "/docs/", "new/index.html", page("https://example.org/new/"))
	f.Add("a.html", sphinx("b.html"), "", "b.html", sphinx("a.html"))
	f.Add("a:b/*", "<html>"+meta("0; url=//h.example/:x/*?:y"), "https://example.org", "x.htm", astro("3", "../a"))
	f.Add("404.html", "<base href='//b.example:80'><noscript>"+meta("0, '/\\x"), "", "index.html", jekyll("/?x#y"))
	f.Fuzz(func(t *testing.T, name1, text1, base, name2, text2 string) {
		if strings.HasPrefix(base, "/.netlify") {
			return // which Netlify keeps for itself
		}
		for _, name := range []string{name1, name2} {
			if !fs.ValidPath(name) || name == "." {
				return
			}
		}
		fsys := tree(map[string]string{name1: text1, name2: text2, "c/index.html": hugo("/")})
		site, err := crawl.Dir(fsys, crawl.Options{Base: base})
		if err != nil {
			return
		}
		checkText(t, site)
		for _, f := range site.Found {
			if !utf8.ValidString(f.From + f.To) {
				t.Errorf("%q to %q: not UTF-8", f.From, f.To)
			}
		}
		again, err := crawl.Dir(fsys, crawl.Options{Base: base})
		if diff := cmp.Diff(site, again); diff != "" || err != nil {
			t.Errorf("the second time (-first +second): %v\n%s", err, diff)
		}
	})
}
