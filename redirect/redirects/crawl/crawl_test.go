package crawl_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/redirect/redirects/crawl"
	"github.com/google/go-cmp/cmp"
)

// tree makes a site of files and their content.
func tree(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		if !fs.ValidPath(name) {
			panic("not a file's name: " + name) // MapFS would walk it without end
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// lines returns what there is to say of a site: the redirects with their notes, and
// what is left out.
func lines(s *crawl.Site) []string {
	var lines []string
	for _, f := range s.Found {
		lines = append(lines, strings.Join([]string{f.From, f.To, map[int]string{301: "301", 302: "302"}[f.Status]}, " "))
		for _, note := range f.Notes {
			lines = append(lines, "  "+note)
		}
	}
	for _, n := range s.LeftOut {
		lines = append(lines, "- "+n.String())
	}
	return lines
}

// What generators write, with targets of the tests' own.

func hugo(target string) string {
	return "<!DOCTYPE html>\n<html lang=\"en-us\">\n  <head>\n    <title>" + target + "</title>\n" +
		"    <link rel=\"canonical\" href=\"" + target + "\">\n    <meta name=\"robots\" content=\"noindex\">\n" +
		"    <meta charset=\"utf-8\">\n    <meta http-equiv=\"refresh\" content=\"0; url=" + target + "\">\n  </head>\n</html>\n"
}

// hugoMinified is the same through hugo --minify, which leaves quotes out.
func hugoMinified(target string) string {
	return "<!doctype html><html lang=en-us><head><title>" + target + "</title><link rel=canonical href=" + target + ">" +
		"<meta charset=utf-8><meta http-equiv=refresh content=\"0; url=" + target + "\"></head></html>"
}

func docusaurus(target string) string {
	return "<!DOCTYPE html>\n<html>\n  <head>\n    <meta charset=\"UTF-8\">\n" +
		"    <meta http-equiv=\"refresh\" content=\"0; url=" + target + "\">\n    <link rel=\"canonical\" href=\"" + target + "\" />\n  </head>\n" +
		"  <script>\n    window.location.href = '" + target + "' + window.location.search + window.location.hash;\n  </script>\n</html>\n"
}

func jekyll(target string) string {
	return "<!DOCTYPE html>\n<html lang=\"en-US\">\n  <meta charset=\"utf-8\">\n  <title>Redirecting&hellip;</title>\n" +
		"  <link rel=\"canonical\" href=\"" + target + "\">\n  <script>location=\"" + target + "\"</script>\n" +
		"  <meta http-equiv=\"refresh\" content=\"0; url=" + target + "\">\n  <meta name=\"robots\" content=\"noindex\">\n" +
		"  <h1>Redirecting&hellip;</h1>\n  <a href=\"" + target + "\">Click here if you are not redirected.</a>\n</html>\n"
}

func mkdocs(target string) string {
	return "\n<!doctype html>\n<html lang=\"en\">\n<head>\n    <meta charset=\"utf-8\">\n    <title>Redirecting...</title>\n" +
		"    <link rel=\"canonical\" href=\"" + target + "\">\n    <script>var anchor=window.location.hash.substr(1);location.href=\"" + target + "\"+(anchor?\"#\"+anchor:\"\")</script>\n" +
		"    <meta http-equiv=\"refresh\" content=\"0; url=" + target + "\">\n</head>\n<body>\nYou're being redirected to a <a href=\"" + target + "\">new destination</a>.\n</body>\n</html>\n"
}

func sphinx(target string) string {
	return `<html><head><noscript><meta http-equiv="refresh" content="0; url=` + target + `" /></noscript><script>var target = "` + target +
		`";if (window.location.hash) {window.location.replace(target + window.location.hash);} else {window.location.replace(target);}</script></head></html>`
}

func astro(delay, target string) string {
	return `<!doctype html><title>Redirecting to: ` + target + `</title><meta http-equiv="refresh" content="` + delay + `;url=` + target +
		`"><meta name="robots" content="noindex"><link rel="canonical" href="https://example.org` + target + `"><body><a href="` + target + `">Redirecting</a></body>`
}

// page is one that does not forward.
func page(canonical string) string {
	return `<!doctype html><html><head><title>A page</title><link rel="canonical" href="` + canonical + `"></head><body><p>Text.</body></html>`
}

// meta is a page of nothing but a refresh.
func meta(content string) string { return `<meta http-equiv="refresh" content="` + content + `">` }

func TestGenerators(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		base  string
		want  []string
		why   string
	}{
		{"hugo", map[string]string{
			"posts/new/index.html":    page("https://example.org/posts/new/"),
			"posts/old/index.html":    hugo("https://example.org/posts/new/"),
			"legacy.html":             hugoMinified("https://example.org/posts/new/"),
			"old.php/index.html":      hugo("https://example.org/posts/new/#part"),
			"page/1/index.html":       hugo("https://example.org/"),
			"elsewhere/index.html":    hugo("https://other.example/x/?a=1&amp;b=2"),
			"de/index.html":           page("https://example.org/de/"),
			"index.html":              hugo("https://example.org/de/"),
			"css/main.css":            "/* <meta http-equiv=refresh content='0; url=/x'> */",
			"posts/old/feed/rss.html": page("https://example.org/posts/old/feed/rss.html"),
		}, "", []string{
			"/ /de/ 301", "/elsewhere/ https://other.example/x/?a=1&b=2 301", "/elsewhere/index.html https://other.example/x/?a=1&b=2 301",
			"/index.html /de/ 301", "/legacy /posts/new/ 301", "/legacy.html /posts/new/ 301",
			"/old.php/ /posts/new/#part 301", "/old.php/index.html /posts/new/#part 301",
			"/page/1/ / 301", "  index.html:8 forwards from there to \"/de/\"",
			"/page/1/index.html / 301", "  index.html:8 forwards from there to \"/de/\"",
			"/posts/old/ /posts/new/ 301", "/posts/old/index.html /posts/new/ 301",
		}, "aliases; a folder's page has two addresses; entities are read; the first page of a list forwards to the list"},
		{"docusaurus", map[string]string{
			"docs/intro/index.html":   page("https://user.github.io/project/docs/intro/"),
			"index.html":              page("https://user.github.io/project/"),
			"docs/old/index.html":     docusaurus("/project/docs/intro"),
			"docs/x.html/index.html":  docusaurus("/project/docs/x"),
			"docs/x/index.html":       page("https://user.github.io/project/docs/x/"),
			"community/to/index.html": docusaurus("https://discord.example/abc"),
		}, "", []string{
			"/project/community/to/ https://discord.example/abc 301", "/project/community/to/index.html https://discord.example/abc 301",
			"/project/docs/old/ /project/docs/intro 301", "/project/docs/old/index.html /project/docs/intro 301",
			"/project/docs/x.html/ /project/docs/x 301", "/project/docs/x.html/index.html /project/docs/x 301",
		}, "the base path is in the targets, and must be in the sources"},
		{"docusaurus-no-slash", map[string]string{
			"abc.html":      page("https://docs.example.org/abc"),
			"old.html":      docusaurus("/abc"),
			"abc.html.html": docusaurus("/abc"),
		}, "", []string{"/abc.html.html /abc 301", "/old /abc 301", "/old.html /abc 301"},
			"with trailingSlash: false the page of /old is old.html, and /abc.html is a page of its own"},
		{"jekyll", map[string]string{
			"new.html":                    page("https://example.org/new.html"),
			"post/123/old":                jekyll("https://example.org/new.html"),
			"post/123/folder/index.html":  jekyll("https://example.org/new.html"),
			"go/away.html":                jekyll("https://away.example/"),
			"2009/01/caf\u00e9 x.html":    jekyll("https://example.org/new.html"),
			"redirects.json":              `{"/post/123/old":"https://example.org/new.html"}`,
			"LICENSE":                     "<meta http-equiv=refresh content='0; url=/new.html'>",
			".well-known/old/index.html":  jekyll("https://example.org/new.html"),
			".git/hooks/index.html":       jekyll("https://example.org/new.html"),
			"2009/01/.hidden.html":        jekyll("https://example.org/new.html"),
			"2009/01/plain-text-file.txt": jekyll("https://example.org/new.html"),
		}, "", []string{
			"/.well-known/old/ /new.html 301", "/.well-known/old/index.html /new.html 301",
			"/2009/01/caf%C3%A9%20x /new.html 301", "/2009/01/caf%C3%A9%20x.html /new.html 301",
			"/go/away https://away.example/ 301", "/go/away.html https://away.example/ 301",
			"/post/123/folder/ /new.html 301", "/post/123/folder/index.html /new.html 301",
			"/post/123/old /new.html 301",
		}, "a file without extension is a page if it begins as one; hidden files are no part of the site"},
		{"mkdocs", map[string]string{
			"guide/new/index.html": page("https://docs.example.org/guide/new/"),
			"guide/old/index.html": mkdocs("../new/"),
			"old/index.html":       mkdocs("../guide/new/#setup"),
		}, "", []string{
			"/guide/old/ /guide/new/ 301", "/guide/old/index.html /guide/new/ 301",
			"/old/ /guide/new/#setup 301", "/old/index.html /guide/new/#setup 301",
		}, "relative targets"},
		{"sphinx", map[string]string{
			"agents/new.html":   page("https://docs.example.org/agents/new.html"),
			"agents/old.html":   sphinx("new.html"),
			"a/b/c/setup.html":  sphinx("../../../agents/new.html#x"),
			"needs-script.html": `<noscript><meta http-equiv=refresh content="0; url=/no-script.html"></noscript><script>start("app")</script>`,
		}, "", []string{
			"/a/b/c/setup /agents/new.html#x 301", "/a/b/c/setup.html /agents/new.html#x 301",
			"/agents/old /agents/new.html 301", "/agents/old.html /agents/new.html 301",
			`- needs-script.html:1: the refresh to "/no-script.html" is in a noscript element, and no script of the page leads there`,
		}, "in noscript, with a script that leads to the same; a page that needs scripts is no redirect"},
		{"astro", map[string]string{
			"old/index.html":  astro("0", "/new/"),
			"temp/index.html": astro("2", "/new/"),
			"new/index.html":  page("https://example.org/new/"),
		}, "", []string{
			"/old/ /new/ 301", "/old/index.html /new/ 301",
			"/temp/ /new/ 302", "  it forwards after 2 seconds, so the redirect is a temporary one",
			"/temp/index.html /new/ 302", "  it forwards after 2 seconds, so the redirect is a temporary one",
		}, "a delay of two seconds is a redirect with 302"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site, err := crawl.Dir(tree(tt.files), crawl.Options{Base: tt.base})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, lines(site)); diff != "" {
				t.Errorf("redirects (-want +got), %s:\n%s", tt.why, diff)
			}
		})
	}
}

const longPage = "<html><head><meta http-equiv=refresh content='0; url=/new.html'></head>"

func TestPages(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string
		why   string
	}{
		{"self", map[string]string{
			"a/index.html": meta("0; url=/a/"), "b/index.html": meta("0; url=index.html"), "c/index.html": meta("0; url=?again#x"),
			"d.html": meta("0; url=/d"), "e.html": meta("0; url=/e"), "e/index.html": page(""),
		}, []string{
			"/e.html /e 301",
			`- a/index.html:1: it leads to itself, "/a/"`, `- b/index.html:1: it leads to itself, "/b/index.html"`,
			`- c/index.html:1: it leads to itself, "/c/index.html?again#x"`, `- d.html:1: it leads to itself, "/d"`,
		}, "a page that loads itself again; /e is another page"},
		{"circle", map[string]string{
			"a/index.html": meta("0; url=/b/"), "b/index.html": meta("0; url=/c.html"), "c.html": meta("0; url=/a"), "d.html": meta("0; url=/b/"),
		}, []string{
			"/a/index.html /b/ 301", "/b/index.html /c.html 301", "/c /a 301", "/d /b/ 301", "/d.html /b/ 301",
			"- a/index.html:1: /a/: leads in a circle: /a/ -> /b/ -> /c.html -> /a/",
			"- b/index.html:1: /b/: leads in a circle: /a/ -> /b/ -> /c.html -> /a/",
			"- c.html:1: /c.html: leads in a circle: /a/ -> /b/ -> /c.html -> /a/",
		}, "only what is in the circle is left out"},
		{"chain", map[string]string{"a.html": meta("0; url=/b.html?x"), "b.html": meta("0; url=/c.html"), "c.html": page("")}, []string{
			"/a /b.html?x 301", `  b.html:1 forwards from there to "/c.html"`, "/a.html /b.html?x 301", `  b.html:1 forwards from there to "/c.html"`,
			"/b /c.html 301", "/b.html /c.html 301",
		}, "a chain that ends is a redirect to the next page, with a note"},
		{"same-path", map[string]string{"a.html": meta("0; url=/x"), "a/index.html": meta("0; url=/y"), "b.htm": meta("0; url=/x"), "b.html": meta("0; url=/x")}, []string{
			"/a.html /x 301", "/a/ /y 301", "/a/index.html /y 301", "/b /x 301", "/b.htm /x 301", "/b.html /x 301",
		}, "/a is the folder's"},
		{"index-htm", map[string]string{"a/index.htm": meta("0; url=/x"), "b/index.htm": meta("0; url=/x"), "b/index.html": page("")}, []string{
			"/a/ /x 301", "/a/index.htm /x 301", "/b/index.htm /x 301",
		}, "index.html comes first"},
		{"not-http", map[string]string{
			"mail.html": meta("0; url=mailto:a@b.example"), "js.html": meta("0; url=javascript:alert(1)"), "none.html": meta("0; url=https:///"),
			"user.html": meta("0; url=https://a:b@c.example/"), "idn.html": meta("0; url=https://\u00e4.example/"), "bytes.html": meta("0; url=/\xff"),
		}, []string{
			`- bytes.html:1: it leads to "/\xff": not valid UTF-8`,
			"- idn.html:1: it leads to \"https://\u00e4.example/\": host \"\u00e4.example\"; only letters, digits, hyphens and dots are allowed (write other hosts in their xn-- form)",
			`- js.html:1: it leads to the scheme "javascript"; only http and https can be redirected to`,
			`- mail.html:1: it leads to the scheme "mailto"; only http and https can be redirected to`,
			`- none.html:1: it leads to the target "https:///", which has no host`,
			`- user.html:1: it leads to "https://a:b@c.example/": host "a:b@c.example"; must not have user information before it`,
		}, "what is no http URL, or no honest one"},
		{"not-a-redirect", map[string]string{
			"slow.html": meta("30; url=/next.html"), "reload.html": meta("5"), "odd.html": meta("now; url=/x"), "comment.html": "<!-- " + meta("0; url=/x") + " -->",
			"script.html": "<script>s = '" + meta("0; url=/x") + "'</script>", "template.html": "<template>" + meta("0; url=/x") + "</template>",
			"text.html": "<textarea>" + meta("0; url=/x") + "</textarea>", "name.html": `<meta name="refresh" content="0; url=/x">`, "empty.html": "",
		}, []string{
			`- odd.html:1: the refresh "now; url=/x" is none that browsers follow`,
			`- slow.html:1: the page is shown for 30 seconds before it leads to "/next.html", so it is no redirect`,
		}, "what is shown, loaded again, ignored or only text"},
		{"several", map[string]string{
			"a.html": meta("0; url=/first.html") + meta("0; url=/second.html"), "b.html": meta("x") + meta("0; url=/good.html"),
			"c.html": meta("60") + meta("0; url=/x"), "d.html": "<noscript>" + meta("0; url=/plain.html") + "</noscript>" + meta("0; url=/script.html"),
		}, []string{
			"/a /first.html 301", "/a.html /first.html 301", "/b /good.html 301", "/b.html /good.html 301", "/d /script.html 301", "/d.html /script.html 301",
		}, "the first that browsers follow counts"},
		{"base-element", map[string]string{
			"a/b/x.html": `<base href="/root/">` + meta("0; url=new.html"), "y.html": `<base href="https://cdn.example/">` + meta("0; url=new.html"),
			"z.html": `<base href="data:x">` + meta("0; url=new.html"),
		}, []string{
			"/a/b/x /root/new.html 301", "/a/b/x.html /root/new.html 301", "/y https://cdn.example/new.html 301", "/y.html https://cdn.example/new.html 301",
			"/z /new.html 301", "/z.html /new.html 301",
		}, "targets are relative to it, if it is a base"},
		{"canonical", map[string]string{
			"new.html": page("https://example.org/new.html"),
			"a.html":   `<link rel="Canonical nofollow" href=" /other.html ">` + meta("0; url=/new.html"),
			"b.html":   `<link rel="canonical" href="https://example.org/new.html">` + meta("0; url=http://example.org/new.html#x"),
			"c.html":   `<link rel="canonical" href="https://mirror.example/new.html">` + meta("0; url=/new.html"),
			"d.html":   `<link rel="canonical" href="mailto:x">` + meta("0; url=/new.html"),
			"e.html":   `<link rel="alternate" href="/other.html">` + meta("0; url=/new.html"),
		}, []string{
			"/a /new.html 301", `  the canonical link names "https://example.org/other.html"; the refresh counts, since it is where viewers have been led`,
			"/a.html /new.html 301", `  the canonical link names "https://example.org/other.html"; the refresh counts, since it is where viewers have been led`,
			"/b /new.html#x 301", "/b.html /new.html#x 301",
			"/c /new.html 301", `  the canonical link names "https://mirror.example/new.html"; the refresh counts, since it is where viewers have been led`,
			"/c.html /new.html 301", `  the canonical link names "https://mirror.example/new.html"; the refresh counts, since it is where viewers have been led`,
			"/d /new.html 301", `  the canonical link "mailto:x" is no page; the refresh counts`, "/d.html /new.html 301", `  the canonical link "mailto:x" is no page; the refresh counts`,
			"/e /new.html 301", "/e.html /new.html 301",
		}, "said if it is another page, not for a fragment or the scheme"},
		{"error-page", map[string]string{"404.html": meta("0; url=/")}, []string{
			"/404 / 301", "  many hosts show this page for all that is not there; the rule is for its own path alone",
			"/404.html / 301", "  many hosts show this page for all that is not there; the rule is for its own path alone",
		}, "a rule does not do what the page did"},
		{"odd-names", map[string]string{
			"a:b/*.html": meta("0; url=/x:y/*"), "100%/?#.html": meta("0; url=/x"), "a\\b.html": meta("0; url=/x"), "line\nfeed.html": meta("0; url=/x"),
			"x/\x1b[31m.html": meta("mailto"),
		}, []string{
			"/100%25/%3F%23 /x 301", "/100%25/%3F%23.html /x 301", "/a%5Cb /x 301", "/a%5Cb.html /x 301", "/a:b/* /x:y/* 301", "/a:b/*.html /x:y/* 301",
			"/line%0Afeed /x 301", "/line%0Afeed.html /x 301", `- "x/\x1b[31m.html":1: the refresh "mailto" is none that browsers follow`,
		}, "names are escaped as browsers ask for them; nothing reaches the terminal"},
		{"broken", map[string]string{
			"a.html": "<html><head><meta http-equiv=refresh content='0; url=/new.html'", "b.html": "<<<meta><meta http-equiv=refresh content=0;url=/new.html></b></html",
			"c.html": "\ufeff</noscript></template>\n\n" + longPage,
		}, []string{"/b /new.html 301", "/b.html /new.html 301", "/c /new.html 301", "/c.html /new.html 301"}, "a tag that does not end is none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site, err := crawl.Dir(tree(tt.files), crawl.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, lines(site)); diff != "" {
				t.Errorf("redirects (-want +got), %s:\n%s", tt.why, diff)
			}
		})
	}
}
