package rulefile_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// TestLookup: what comes of requests is what comes of them at the host.
func TestLookup(t *testing.T) {
	const netlify, cloudflare = "netlify", "cloudflare"
	const both = netlify + " " + cloudflare
	const pass = "pass"
	tests := []struct {
		name, dialects string
		text           string
		request, want  string // want is the location, or pass
		reason         string
	}{
		{"after-letter", both, "/faq/old* /faq/new:splat", "/faq/old/page", "/faq/new/page", "a captured name is replaced wherever its colon stands"},
		{"after-letter-splat", both, "/a/* /b:splat", "/a/x/y", "/bx/y", "a captured name is replaced wherever its colon stands"},
		{"before-underscore", both, "/p/:year/:month /p/:year_:month", "/p/2026/11", "/p/2026_11", "an underscore ends the name that is captured"},
		{"after-x", both, "/p/:year/:month /p/x:month", "/p/2026/11", "/p/x11", "a captured name is replaced wherever its colon stands"},
		{"in-query", both, "/x/:id /y?q=a:id", "/x/7", "/y?q=a7", "a captured name is replaced wherever its colon stands"},
		{"in-fragment", both, "/x/:id /y#a:id", "/x/7", "/y#a7", "a captured name is replaced wherever its colon stands"},
		{"after-escape", both, "/x/* /h%20:splat", "/x/7", "/h%207", "the digits of an escape end it"},
		{"hyphen", both, "/p/:a/:b /p/:a-:b", "/p/1/2", "/p/1-2", "a hyphen ends a name"},
		{"prefix", both, "/a/:slug /b/:slugs", "/a/hello", "/b/hellos", "the name and an s"},
		{"colon-text", both, "/sharepoint https://x.example/:b:/g/y", "/sharepoint", "https://x.example/:b:/g/y", "nothing is captured"},
		{"uncaptured", both, "/a/:id /b/:Id", "/a/7", "/b/:Id", "names are case-sensitive"},

		{"letter-before", netlify, "/v:major /w", "/v2", pass, "a name begins after a slash only"},
		{"letter-before-literal", netlify, "/v:major /w", "/v:major", "/w", "a name begins after a slash only"},
		{"letter-before", cloudflare, "/v:major /w/:major", "/v2", "/w/2", "a name begins anywhere"},
		{"part", netlify, "/post:num.html /p", "/post7.html", pass, "a name begins after a slash only"},
		{"part", cloudflare, "/post:num.html /p/:num", "/post7.html", "/p/7", "a name begins anywhere"},
		{"hyphen-before", netlify, "/issue-:id /i", "/issue-7", pass, "a name begins after a slash only"},
		{"hyphen-before", cloudflare, "/issue-:id /i/:id", "/issue-7", "/i/7", "a name begins anywhere"},
		{"two-names", netlify, "/:a:b /x/:a:b", "/12", "/x/12", "one name, a:b"},
		{"two-names", cloudflare, "/:a:b /x/:a/:b", "/123", "/x/12/3", "the first takes as much as it can"},
		{"dotted-name", netlify, "/:a.html /b/:a.html", "/q", "/b/q", "the name is a.html"},
		{"dotted-name", cloudflare, "/:a.html /b/:a", "/q.html", "/b/q", "the name is a"},
		{"special", netlify, "/wiki/Special:Search /s", "/wiki/Special:Search", "/s", "text"},
		{"special-other", netlify, "/wiki/Special:Search /s", "/wiki/SpecialX", pass, "text"},
		{"special-other", cloudflare, "/wiki/Special:Search /s", "/wiki/SpecialX", "/s", "a name"},
		{"star-inside", netlify, "/*.txt /:splat.md", "/a/x.txt", pass, "text"},
		{"star-inside", cloudflare, "/*.txt /:splat.md", "/a/x.txt", "/a/x.md", "a splat"},

		{"proxy-first", netlify, "/api/* https://api.example.com/:splat 200\n/* https://new.example.com/:splat 301!", "/api/u", pass, "the line for it is the first"},
		{"proxy-first-rest", netlify, "/api/* https://api.example.com/:splat 200\n/* https://new.example.com/:splat 301!", "/x", "https://new.example.com/x", "the line for it is the second"},
		{"rewrite-first", cloudflare, "/app/* /app/main 200\n/* https://new.example/:splat 301", "/app/u", pass, "the line for it is the first"},
		{"error-page-first", netlify, "/x/* /404.html 404\n/x/y /z", "/x/y", pass, "the line for it is the first"},
		{"role-first", netlify, "/admin/* /admin/:splat 200 Role=admin\n/* https://in.example/:splat", "/admin/x", pass, "whoever sends it"},
		{"refused-rewrite", cloudflare, "/* /index.html 200\n/x /y", "/x", "/y", "Cloudflare refuses the first line"},
		{"refused-status", cloudflare, "/* /404.html 404\n/x /y", "/x", "/y", "Cloudflare refuses the first line"},
		{"condition-first", netlify, "/ /de/ 200 Language=de\n/ /en/", "/", "/en/", "the first line is not for all"},

		{"slash", netlify, "/blog/* /news/:splat", "/blog/x/", "/news/x/", "matched without the slash, captured with it"},
		{"slash-name", netlify, "/blog/:id /news/:id", "/blog/x/", "/news/x", "a name is a segment"},
		{"slash", cloudflare, "/blog/* /news/:splat", "/blog/x/", "/news/x/", "the splat takes it"},
		{"fragment", cloudflare, "/a#frag /b", "/a", "/b", "cut off"},
		{"fragment", netlify, "/a#frag /b", "/a", pass, "part of the path there"},
		{"cookie-either", netlify, "/a /b 302 Cookie=x,y", "/a Cookie=y=1", "/b", "any is enough"},
		{"cookie-neither", netlify, "/a /b 302 Cookie=x,y", "/a Cookie=z=1", pass, "one must be there"},
		{"query-hyphen", netlify, "/x go-get=:go-get /y?v=:go-get", "/x?go-get=1", "/y?v=1", "a hyphen in a name"},
		{"parameter-cut", netlify, "/s x=a=b /p", "/s?x=a", "/p", "the parser splits at each ="},
	}
	for _, tt := range tests {
		for dialect := range strings.FieldsSeq(tt.dialects) {
			t.Run(tt.name+"-"+dialect, func(t *testing.T) {
				d := rulefile.Netlify
				if dialect == cloudflare {
					d = rulefile.Cloudflare
				}
				file, err := rulefile.Parse(tt.text, d)
				if err != nil {
					t.Fatal(err)
				}
				for _, h := range file.Hosts {
					file.Config.Origins = append(file.Config.Origins, h.Origin)
				}
				table, err := file.Compile()
				if err != nil {
					t.Fatal(err)
				}
				words := strings.Fields(tt.request)
				r, err := rulefile.NewRequest("GET", words[0], words[1:]...)
				if err != nil {
					t.Fatal(err)
				}
				got := pass
				if m, ok := table.Lookup(r); ok {
					got = m.Location
				}
				if got != tt.want {
					t.Errorf("%s: got %s; want %s: %s", tt.request, got, tt.want, tt.reason)
				}
			})
		}
	}
}
