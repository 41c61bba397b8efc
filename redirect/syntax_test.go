package redirect_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// TestSyntax: what the three syntaxes take for names, and what becomes of them in
// targets. The columns of the hosts are what their own parsers and matchers do: see
// docs/redirect-hosts.md.
func TestSyntax(t *testing.T) {
	const none = "-"
	tests := []struct {
		from, to, path                string
		standard, netlify, cloudflare string
		reason                        string
	}{
		{"/faq/old*", "/faq/new:splat", "/faq/old/page", "/faq/new/page", "/faq/new/page", "/faq/new/page", "a name is replaced after a letter"},
		{"/p/:year/:month", "/p/:year_:month", "/p/2026/11", "/p/2026_11", "/p/2026_11", "/p/2026_11", "and after an underscore"},
		{"/p/:year/:month", "/p/x:month", "/p/2026/11", "/p/x11", "/p/x11", "/p/x11", "and where another name is left out"},
		{"/a/*", "/b:splat", "/a/x", "/bx", "/bx", "/bx", "and after a letter in the first segment"},
		{"/x/:id", "/y?q=a:id", "/x/7", "/y?q=a7", "/y?q=a7", "/y?q=a7", "in the query"},
		{"/x/:id", "/y#a:id", "/x/7", "/y#a7", "/y#a7", "/y#a7", "in the fragment"},
		{"/a/*", "/h%20:splat", "/a/x", "/h%20x", "/h%20x", "/h%20x", "after an escape"},
		{"/p/:a/:b", "/p/:a-:b", "/p/1/2", "/p/1-2", "/p/1-2", "/p/1-2", "after a hyphen"},
		{"/b/:slug", "/b/x/:slugs", "/b/hello", "/b/x/hellos", "/b/x/hellos", "/b/x/hellos", "a name is a prefix of what stands there"},
		{"/a/:a/:ab", "/b/:ab/:abc", "/a/1/2", "/b/2/2c", "/b/2/2c", "/b/2/2c", "the longest name first"},
		{"/x", "/sites/:b:/g", "/x", "/sites/:b:/g", "/sites/:b:/g", "/sites/:b:/g", "a colon on both sides is no name"},
		{"/v:major", "/r", "/v2", none, none, "/r", "after a letter"},
		{"/v:major", "/r", "/v:major", "/r", "/r", "/r", "as it stands"},
		{"/post:num.html", "/r", "/post1.html", none, none, "/r", "after a letter, with text behind"},
		{"/issue-:id", "/r/:id", "/issue-7", "/r/7", none, "/r/7", "after a hyphen"},
		{"/wiki/Special:Search", "/r", "/wiki/Special:Search", "/r", "/r", "/r", "a colon in a title"},
		{"/wiki/Special:Search", "/r", "/wiki/SpecialX", none, none, "/r", "which Cloudflare takes for a name"},
		{"/:a.html", "/b/:a", "/q.html", "/b/q", "/b/:a", "/b/q", "Netlify's name is a.html"},
		{"/:a.html", "/b/:a.html", "/q", none, "/b/q", none, "so it matches more, and is replaced as a whole"},
		{"/x/:go-get", "/y/:go-get", "/x/1", none, "/y/1", none, "a hyphen ends a name but at Netlify"},
		{"/x/:go-get", "/y/:go", "/x/1-get", "/y/1", "/y/:go", "/y/1", "so the text behind it is text"},
		{"/:a-:b", "/:b/:a", "/1-2-3", "/2-3/1", "/:b/:a", "/3/1-2", "the first takes as little as it can, or as much; Netlify's is one name"},
		{"/:a-:b-:c", "/:c/:b/:a", "/1-2-3-4", "/3-4/2/1", "/:c/:b/:a", "/4/3/1-2", "the same with three"},
		{"/*.txt", "/:splat.md", "/a/x.txt", "/a/x.md", none, "/a/x.md", "a star in a segment is text at Netlify"},
		{"/*.txt", "/r", "/*.txt", "/r", "/r", "/r", "as it stands"},
		{"/a*", "/b/:splat", "/abc/d", "/b/bc/d", "/b/bc/d", "/b/bc/d", "a prefix within a segment"},
		{"/*/x", "/y/:splat", "/1/2/x", "/y/1/2", "/y/1/2", "/y/1/2", "a splat before text takes slashes"},
		{`/wiki/Special\:Search`, "/r", "/wiki/SpecialX", none, none, none, "a backslash makes a colon text"},
		{`/wiki/Special\:Search`, "/r", "/wiki/Special:Search", "/r", "/r", "/r", "in every syntax"},
		{`/a\*`, "/r", "/a*", "/r", "/r", "/r", "and a star"},
		{`/a\*`, "/r", "/ab", none, none, none, "which is no splat then"},
	}
	for _, tt := range tests {
		for _, host := range []struct {
			name   string
			syntax redirect.Syntax
			want   string
		}{{"standard", redirect.Standard, tt.standard}, {"netlify", redirect.Netlify, tt.netlify}, {"cloudflare", redirect.Cloudflare, tt.cloudflare}} {
			t.Run(tt.from+" "+tt.to+" "+tt.path+" "+host.name, func(t *testing.T) {
				table := compile(t, redirect.Config{Syntax: host.syntax, Rules: []redirect.Rule{{From: tt.from, To: tt.to}}, Tolerate: []string{"placeholder"}})
				got := none
				if m, ok := table.Lookup(request(tt.path, "")); ok {
					got = m.Location
				}
				if got != host.want {
					t.Errorf("got %s; want %s (%s)\n%s", got, host.want, tt.reason, table.Explain(request(tt.path, "")))
				}
			})
		}
	}
}

// TestAdjacent: two names need no text between them at Cloudflare, are one at
// Netlify, and a mistake in the standard syntax.
func TestAdjacent(t *testing.T) {
	rules := []redirect.Rule{{From: "/:a:b", To: "/x/:b/:a:b"}}
	for _, tt := range []struct {
		syntax redirect.Syntax
		want   string
	}{{redirect.Netlify, "302 /x/:b/pqr"}, {redirect.Cloudflare, "302 /x/r/pqr"}} {
		table := compile(t, redirect.Config{Syntax: tt.syntax, Rules: rules, Tolerate: []string{"placeholder"}})
		if got := where(table, request("/pqr", "")); got != tt.want {
			t.Errorf("syntax %d: got %q; want %q", tt.syntax, got, tt.want)
		}
	}
	if _, err := redirect.Compile(redirect.Config{Rules: rules}); err == nil {
		t.Error("standard: no mistake")
	}
}

func TestQuote(t *testing.T) {
	for _, path := range []string{"/plain", "/a:b", "/:name", "/*", `/a\b`, `/\*`, "/%3A:", "/é:*"} {
		for _, syntax := range []redirect.Syntax{redirect.Standard, redirect.Netlify, redirect.Cloudflare} {
			table := compile(t, redirect.Config{Syntax: syntax, Rules: []redirect.Rule{{From: redirect.Quote(path), To: "/to"}}})
			if got := where(table, request(path, "")); got != "302 /to" {
				t.Errorf("Quote(%q) = %q, which is not for that path in syntax %d", path, redirect.Quote(path), syntax)
			}
			if got := where(table, request(path+"x", "")); got != "" {
				t.Errorf("Quote(%q) = %q, which is also for another path in syntax %d", path, redirect.Quote(path), syntax)
			}
		}
	}
}

// TestCaptureWhole: paths that are the same are matched alike, and what names stand
// for has all that came.
func TestCaptureWhole(t *testing.T) {
	rules := []redirect.Rule{
		{From: "/blog/*", To: "/news/:splat"},
		{From: "/p/:x", To: "/q/:x"},
		{From: "/docs/", To: "/manual"},
		{From: "/a/*/rss", To: "/feed/:splat"},
	}
	tests := []struct {
		name        string
		index       string
		ignoreSlash bool
		uri, want   string
		reason      string
	}{
		{"slash", "", true, "/blog/x/", "302 /news/x/", "the slash is part of the splat, at both hosts"},
		{"slashes", "", true, "/blog/x//", "302 /news/x//", "so are several"},
		{"folder-slash", "", true, "/blog/", "302 /news/", "this one is text of the rule"},
		{"folder", "", true, "/blog", "302 /news/", "Netlify's rule for a folder"},
		{"name", "", true, "/p/a/", "302 /q/a", "a name has no slash in it"},
		{"exact", "", true, "/docs", "302 /manual", "the same path"},
		{"middle", "", true, "/a/x/rss/", "302 /feed/x", "the slash is behind the text"},
		{"middle-none", "", true, "/a/rss", "302 /feed/", "nothing, not even a slash"},
		{"middle-none-strict", "", false, "/a/rss", "", "without IgnoreSlash the slash has to be there"},
		{"strict", "", false, "/blog/x/", "302 /news/x/", "nothing is the same"},
		{"index", "index.html", false, "/blog/x/index.html", "302 /news/x/index.html", "the page's name is part of the splat"},
		{"index-folder", "index.html", false, "/blog/index.html", "302 /news/index.html", "the same with nothing else in it"},
		{"index-exact", "index.html", false, "/docs/index.html", "302 /manual", "the same path"},
		{"index-both", "index.html", true, "/blog/x/index.html", "302 /news/x/index.html", "both"},
		{"index-other", "index.html", true, "/blog/x/other.html", "302 /news/x/other.html", "another page"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := compile(t, redirect.Config{Rules: rules, Index: tt.index, IgnoreSlash: tt.ignoreSlash})
			if got := where(table, request(tt.uri, "")); got != tt.want {
				t.Errorf("%s: got %q; want %q (%s)", tt.uri, got, tt.want, tt.reason)
			}
		})
	}
}

func TestNames(t *testing.T) {
	for from, want := range map[string][3]string{
		"/plain":                      {"", "", ""},
		"/a/*":                        {"splat", "splat", "splat"},
		"/:a/x-:b/*.txt":              {"a b splat", "a", "a b splat"},
		"/v:major/:a.html":            {"a", "a.html", "major a"},
		"/*/x/*":                      {"splat splat", "splat splat", "splat splat"},
		"https://old.example:8080/:a": {"a", "a", "a"},
		`/\:a/\*`:                     {"", "", ""},
		"/:a/:ab":                     {"a ab", "a ab", "a ab"},
	} {
		for syntax, want := range want {
			if got := strings.Join(redirect.Syntax(syntax).Names(from), " "); got != want {
				t.Errorf("syntax %d, %s: got %q; want %q", syntax, from, got, want)
			}
		}
	}
}
