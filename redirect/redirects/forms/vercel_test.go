package forms_test

import (
	"encoding/json"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
)

func TestVercel(t *testing.T) {
	tests := []sample{
		{"statuses", forms.Vercel, `{"redirects": [
{"source": "/me", "destination": "/profile.html", "permanent": false},
{"source": "/user", "destination": "/api/user", "statusCode": 301},
{"source": "/view-source", "destination": "https://github.com/vercel/vercel"},
{"source": "/a", "destination": "/b", "permanent": true}]}`,
			[]string{"2: /me -> /profile.html 307 Merge", "3: /user -> /api/user 301 Merge", "4: /view-source -> https://github.com/vercel/vercel 308 Merge", "5: /a -> /b 308 Merge"}, nil, nil, "vercel.com/docs/project-configuration, redirects"},
		{"country", forms.Vercel, `{"redirects": [{"source": "/:path*", "has": [{"type": "header", "key": "x-vercel-ip-country", "value": "GB|IE"}], "destination": "https://uk.example/:path*", "permanent": false}]}`,
			[]string{"1: /* -> https://uk.example/:splat 307 Merge country=GB,IE"}, nil, nil, "the same, but for its pattern"},
		{"lookahead", forms.Vercel, `{"redirects": [{"source": "/:path((?!uk/).*)", "destination": "/uk/:path*"}]}`, nil, nil, []string{`1:27: unsupported: source "/:path((?!uk/).*)" has the pattern ((?!uk/).*)`}, "no rule can say it"},
		{"class", forms.Vercel, `{"redirects": [{"source": "/post/:id(\\d{1,})", "destination": "/p/:id"}]}`, nil, nil, []string{`1:27: unsupported: source "/post/:id(\\d{1,})" has the pattern (\d{1,}), which has something else than text`}, "no rule can say it"},
		{"choices", forms.Vercel, `{"redirects": [{"source": "/docs(/|)", "destination": "/d"}, {"source": "/:lang(en|de)/:path*", "destination": "/l/:lang/:path*"}]}`,
			[]string{"1: /docs/ -> /d 308 Merge", "1: /docs -> /d 308 Merge", "1: /en -> /l/en/ 308 Merge", "1: /en/* -> /l/en/:splat 308 Merge", "1: /de -> /l/de/ 308 Merge", "1: /de/* -> /l/de/:splat 308 Merge"}, nil, nil, "a rule for each"},
		{"signs", forms.Next, `[{"source": "/english\\(default\\)/:slug", "destination": "/en-us/:slug", "permanent": false}]`, []string{"1: /english(default)/:slug -> /en-us/:slug 307 Merge"}, []string{caseNote}, nil, "nextjs.org/docs, redirects"},
		{"names", forms.Vercel, `{"redirects": [{"source": "/:0/:a/:splat", "destination": "/x/:a/:0/$3?:b"}]}`, []string{"1: /:p1/:a/:p3 -> /x/:a/:p1/:p3?:b 308 Merge"}, nil, nil, "one that rules cannot have gets another; :b is none"},
		{"same-names", forms.Vercel, `{"redirects": [{"source": "/:p2/:0/:1", "destination": "/x/:0/:1/:p2"}]}`, []string{"1: /:p2/:p3/:p4 -> /x/:p3/:p4/:p2 308 Merge"}, nil, nil, "none is there twice"},
		{"name-in-word", forms.Vercel, `{"redirects": [{"source": "/v:major", "destination": "/w/:major"}, {"source": "/:a-:b", "destination": "/:b"}]}`,
			[]string{"1: /v:major -> /w/:major 308 Merge"}, nil, []string{"1:79: unsupported: several placeholders in one segment"}, "the two need different syntaxes"},
		{"adjacent", forms.Vercel, `{"redirects": [{"source": "/:a:b", "destination": "/c"}, {"source": "/:a(.*)/:b(.*)", "destination": "/c"}, {"source": "/:a([^/]+)b", "destination": "/c"}]}`,
			nil, nil, []string{`1:27: unsupported: source "/:a:b" has two placeholders with no text`, `1:69: unsupported: source "/:a(.*)/:b(.*)" has two placeholders that may take slashes`, `1:120: unsupported: source "/:a([^/]+)b" has a placeholder with "b" right behind it`}, "no rule can say it"},
		{"syntax", forms.Vercel, `{"redirects": [{"source": "/a*", "destination": "/c"}, {"source": "/a?b=1", "destination": "/c"}, {"source": "/{a}?", "destination": "/c"}, {"source": "/a(b", "destination": "/c"}, {"source": "/:", "destination": "/c"}, {"source": "/a:b*", "destination": "/c"}]}`,
			nil, nil, []string{`1:27: unsupported: source "/a*" has "*"`, `1:67: unsupported: source "/a?b=1" has a question mark; ask for the query with has`, `1:110: unsupported: source "/{a}?" has "{"`, `1:152: unsupported: source "/a(b" has a parenthesis`, `1:193: unsupported: source "/:" has a colon without a name`, `1:232: unsupported: source "/a:b*" has :b*, which is not for whole segments`}, "not escaped, or not known"},
		{"no-source", forms.Vercel, `{"redirects": [{"destination": "/b"}, {"source": "a", "destination": "/b"}, {"source": "/a", "destination": "b"}, {"source": 7}, 7]}`,
			nil, nil, []string{"1:16: syntax: a redirect without source", `1:50: syntax: source "a"; must begin with /`, `1:109: syntax: destination "b"`, "1:126: syntax: source is a number; must be a text", "1:130: syntax: a redirect is a number; must be an object"}, "parts that are missing"},
		{"status", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b", "statusCode": 300}, {"source": "/c", "destination": "/b", "permanent": "yes"}, {"source": "/d", "destination": "/b", "statusCode": 410}]}`,
			[]string{"1: /d passes"}, []string{"1:185: unsupported: status 410"}, []string{`1:68: syntax: status "300"`, "1:125: syntax: permanent is a text; must be a boolean"}, "no redirects"},
		{"typo", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b", "permament": true}]}`, nil, nil, []string{`1:54: unsupported: a redirect with "permament"; known are source,`}, "would be lost"},
		{"has", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b", "has": [{"type": "header", "key": "X-A", "value": "b.*"}, {"type": "cookie", "key": "c", "value": "d\\.e"}, {"type": "query", "key": "f"}, {"type": "query", "key": "g", "value": {"eq": "h"}}, {"type": "query", "key": "i", "value": {"pre": "j"}}, {"type": "header", "key": "k", "value": "1.0"}]}]}`,
			[]string{"1: /a -> /b 308 Merge ?f= ?g=h ?i=j* X-A: b* k: 1.0 cookie c=d.e"}, nil, nil, "values that rules can ask for"},
		{"has-capture", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b/:page/:id", "has": [{"type": "query", "key": "page"}, {"type": "query", "key": "n", "value": "(?<id>.*)"}]}]}`,
			[]string{"1: /a -> /b/:page/:id 308 Merge ?page=:page ?n=:id"}, nil, nil, "whole values of parameters"},
		{"has-capture-other", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b/:x", "has": [{"type": "header", "key": "x"}]}, {"source": "/c", "destination": "/b/:y", "has": [{"type": "query", "key": "q", "value": "v-(?<y>.*)"}]}]}`,
			nil, nil, []string{"1:74: unsupported: the destination takes :x from a header", "1:157: unsupported: the destination takes :y from a query"}, "rules capture no others"},
		{"has-host", forms.Vercel, `{"redirects": [{"source": "/:path*", "destination": "https://example.com/:path*", "has": [{"type": "host", "value": "(www|old)\\.example.com"}]}]}`,
			[]string{"1: //www.example.com/* -> https://example.com/:splat 308 Merge", "1: //old.example.com/* -> https://example.com/:splat 308 Merge"}, nil, nil, "a rule for each"},
		{"has-host-any", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b", "has": [{"type": "host", "value": "(?<sub>.*)\\.example\\.com"}]}, {"source": "/a", "destination": "/b", "has": [{"type": "host"}]}]}`,
			nil, nil, []string{`1:88: unsupported: the value "(?<sub>.*)\\.example\\.com"`, "1:167: syntax: a host without a value"}, "a rule is for one"},
		{"has-pattern", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b", "has": [{"type": "cookie", "key": "a", "value": "x|y"}, {"type": "query", "key": "b", "value": {"neq": "c"}}, {"type": "cookie", "key": "d", "value": ":e"}, {"type": "path", "key": "e"}, {"type": "query"}]}]}`,
			nil, nil, []string{`1:102: unsupported: the value "x|y"`, "1:149: unsupported: a value that is an object", `1:204: unsupported: the value ":e"`, `1:220: syntax: type "path"`, "1:241: syntax: a condition without a key"}, "what rules cannot ask for"},
		{"has-vercel", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b", "has": [{"type": "header", "key": "x-vercel-ip-city", "value": "Bern"}]}]}`, nil, nil, []string{"1:62: unsupported: the header x-vercel-ip-city, which comes from Vercel only"}, "it would never hold"},
		{"missing", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b", "missing": [{"type": "cookie", "key": "c"}]}, {"source": "/:p*", "destination": "https://www.example.com/:p*", "missing": [{"type": "host", "value": "www.example.com"}]}]}`,
			[]string{"1: /a -> /b 308 Merge unless cookie c=", "1: /* -> https://www.example.com/:splat 308 Merge unless Host: www.example.com"}, nil, nil, "one that must not hold"},
		{"missing-two", forms.Vercel, `{"redirects": [{"source": "/a", "destination": "/b", "missing": [{"type": "cookie", "key": "c"}, {"type": "cookie", "key": "d"}]}]}`, nil, nil, []string{"1:65: unsupported: several conditions that must not hold"}, "Unless is for all of them together"},
		{"settings", forms.Vercel, `{"cleanUrls": true, "trailingSlash": false, "bulkRedirectsPath": "r.csv", "headers": [], "redirects": [{"source": "/a", "destination": "/b"}]}`,
			[]string{"1: /a -> /b 308 Merge"}, []string{"1:2: unsupported: cleanUrls", "1:21: unsupported: trailingSlash", "1:45: unsupported: bulkRedirectsPath"}, nil, "they redirect, too"},
		{"routes", forms.Vercel, `{"routes": [{"src": "/(.*)", "dest": "/$1"}, {"src": "/a", "status": 308, "headers": {"Location": "/b"}}]}`, nil, nil, []string{"1:46: unsupported: routes are not read"}, "the ones that redirect"},
		{"no-redirects", forms.Vercel, `{"cleanUrls": false}`, nil, nil, []string{"1:0: syntax: no redirects in a vercel.json file"}, "nothing to read"},

		{"next", forms.Next, `[{"source": "/about", "destination": "/", "permanent": true}]`, []string{"1: /about -> / 308 Merge"}, []string{caseNote}, nil, "nextjs.org/docs, redirects"},
		{"next-status", forms.Next, `[{"source": "/about", "destination": "/"}]`, nil, []string{caseNote}, []string{"1:2: syntax: neither permanent nor statusCode"}, "it has no default"},
		{"base-path", forms.Next, `{"basePath": "/docs", "redirects": [{"source": "/with-basePath", "destination": "/another", "permanent": false},
{"source": "/without-basePath", "destination": "https://example.com", "basePath": false, "permanent": false}, {"source": "/", "destination": "/home", "permanent": false}]}`,
			[]string{"1: /docs/with-basePath -> /docs/another 307 Merge", "2: /without-basePath -> https://example.com 307 Merge", "2: /docs -> /docs/home 307 Merge"}, []string{"1:36: syntax: Next.js takes"}, nil, "redirects with basePath support"},
		{"i18n", forms.Next, `{"i18n": {"locales": ["en"]}, "redirects": [{"source": "/a", "destination": "/b", "permanent": false}, {"source": "/en/a", "destination": "/en/b", "permanent": false, "locale": false}]}`,
			[]string{"1: /en/a -> /en/b 307 Merge"}, []string{"1:44: syntax: Next.js takes"}, []string{"1:56: unsupported: a source for each locale"}, "redirects with i18n support"},
		{"internal", forms.Next, `[{"source": "/:path+/", "destination": "/:path+", "internal": true, "statusCode": 308, "regex": "^(?:/((?:[^/]+?)(?:/(?:[^/]+?))*))/$"}, {"source": "/a", "destination": "/b", "statusCode": 308, "regex": "^/a$"}]`,
			[]string{"1: /a -> /b 308 Merge"}, []string{caseNote, "1:2: unsupported: internal"}, nil, "of a routes-manifest.json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.try)
	}
}

const caseNote = "1:1: syntax: Next.js takes small and capital letters of a source for the same; here they differ"

// TestPathToRegexp has what Vercel (@vercel/routing-utils 6.6.0) and Next.js
// (path-to-regexp 6.3.0, strict) make of sources and destinations; measured.
func TestPathToRegexp(t *testing.T) {
	tests := []struct {
		source, destination, path string
		vercel, next              string // "" for no match
	}{
		{"/old/:path*", "/new/:path*", "/old", "/new/", "/new"},
		{"/old/:path*", "/new/:path*", "/old/a/b", "/new/a/b", "/new/a/b"},
		{"/old/:path*", "/new/:path", "/old/a/b", "/new/a/b", ""}, // Next.js refuses it
		{"/old/:path*", "/new/:path*", "/older", "", ""},
		{"/old/:path+", "/new/:path+", "/old", "", ""},
		{"/old/:path+", "/new/:path+", "/old/", "", ""},
		{"/old/:path+", "/new/:path+", "/old/a", "/new/a", "/new/a"},
		{"/old/:path+", "/new/:path+", "/old/a/b", "/new/a/b", "/new/a/b"},
		{"/x/:a*/y", "/z/:a*", "/x/y", "/z/", "/z"},
		{"/x/:a*/y", "/z/:a*", "/x/1/2/y", "/z/1/2", "/z/1/2"},
		{"/m/:a/:b*", "/n/:b*/:a", "/m/1/2/3", "/n/2/3/1", "/n/2/3/1"},
		{"/p/:id?", "/q/:id", "/p/7", "/q/7", "/q/7"},
		{"/p/:id?", "/q/:id?", "/p", "/q/", "/q"}, // Next.js cuts the sign off and fails
		{"/p/:id?", "/q/:id", "/p/7/8", "", ""},
		{"/f.:ext?", "/g", "/f", "/g", "/g"},
		{"/f.:ext?", "/g", "/f.txt", "/g", "/g"},
		{"/(.*)", "https://x.example/$1", "/a/b/", "https://x.example/a/b/", ""},
		{"/a/(.*)", "/b/$1", "/a/", "/b/", ""},
		{"/a/(.*)", "/b/$1", "/a", "", ""},
		{"/:path(.*)", "https://x.example/n/:path", "/a/b", "https://x.example/n/a/b", "https://x.example/n/a/b"},
		{"/:path(.*)", "https://x.example/n/:path", "/", "https://x.example/n/", "https://x.example/n/"},
		{"/w/:a(.+)", "/v/:a", "/w/x/y", "/v/x/y", "/v/x/y"},
		{"/w/:a(.+)", "/v/:a", "/w/", "", ""},
		{"/k/(|v0.5/)eng", "/e/$1", "/k/eng", "/e/", ""},
		{"/k/(|v0.5/)eng", "/e/$1", "/k/v0.5/eng", "/e/v0.5/", ""},
		{"/v:major", "/w/:major", "/v3", "/w/3", "/w/3"},
		{"/:a-:b", "/x/:b/:a", "/1-2", "/x/2/1", "/x/2/1"},
		{"/@:u", "/u/:u", "/@me", "/u/me", "/u/me"},
		{"/:x/blog/:y", "/blog/:y/:x", "/q/blog/z", "/blog/z/q", "/blog/z/q"},
		{"/a.b/:c.html", "/d?q=:c#:c", "/a.b/c.html", "/d?q=c#c", "/d?q=c#c"},
		{"/english\\(default\\)/:slug", "/en/:slug", "/english(default)/s", "/en/s", "/en/s"},
		{"/caf%C3%A9/:x", "/y/:x", "/caf%C3%A9/%20z", "/y/%20z", "/y/%20z"},
	}
	for _, tt := range tests {
		text, err := json.Marshal([]map[string]any{{"source": tt.source, "destination": tt.destination, "permanent": true}})
		if err != nil {
			t.Fatal(err)
		}
		for format, want := range map[forms.Format]string{forms.Vercel: tt.vercel, forms.Next: tt.next} {
			if want != "" {
				lookUp(t, format, string(text), lookups{tt.path: "308 " + want})
			} else if tt.vercel == "" {
				lookUp(t, format, string(text), lookups{tt.path: ""})
			}
		}
	}
}

func TestVercelLookups(t *testing.T) {
	text := `{"redirects": [
  {"source": "/specific/:path*", "has": [{"type": "query", "key": "page", "value": "home"}, {"type": "cookie", "key": "authorized", "value": "true"}], "permanent": false, "destination": "/another/:path*"},
  {"source": "/q", "destination": "/list/:page?sort=a", "has": [{"type": "query", "key": "page"}]},
  {"source": "/:path*", "destination": "https://example.com/:path*", "has": [{"type": "host", "value": "www.example.com"}]},
  {"source": "/private/:path*", "missing": [{"type": "header", "key": "x-do-not-redirect"}], "permanent": false, "destination": "/login"}]}`
	lookUp(t, forms.Vercel, text, lookups{
		"/specific/a?page=home Cookie=authorized=true": "307 /another/a?page=home",
		"/specific/a?page=home":                        "",
		"/q?sort=b&page=7&z=1":                         "308 /list/7?sort=a&page=7&z=1",
		"https://www.example.com/a/b?c=%20":            "308 https://example.com/a/b?c=%20",
		"https://example.com/a/b":                      "",
		"/private":                                     "307 /login",
		"/private/x x-do-not-redirect=1":               "",
	})
}

// TestSlashes: where a host makes /a of /a/ before it looks at redirects, both are
// the same here.
func TestSlashes(t *testing.T) {
	const list = `[{"source": "/a", "destination": "/b", "permanent": true}]`
	lookUp(t, forms.Next, list, lookups{"/a": "308 /b", "/a/": "308 /b"})
	lookUp(t, forms.Vercel, list, lookups{"/a": "308 /b", "/a/": ""})
	lookUp(t, forms.Vercel, `{"trailingSlash": true, "redirects": `+list+`}`, lookups{"/a": "308 /b", "/a/": "308 /b"})
}

// TestSyntax: a name right behind a letter takes another syntax.
func TestSyntax(t *testing.T) {
	for source, want := range map[string]redirect.Syntax{"/a/:b": redirect.Standard, "/a:b": redirect.Cloudflare} {
		file, err := forms.ReadAs(forms.Vercel, `[{"source": "`+source+`", "destination": "/x"}]`)
		if err != nil || file.Syntax != want {
			t.Errorf("%s: syntax %v, %v; want %v", source, file.Syntax, err, want)
		}
	}
}
