package csphtml_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/google/go-cmp/cmp"
)

func hashPage(t *testing.T, text string) csphtml.Page {
	t.Helper()
	p, err := csphtml.HashHTML(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const (
	strictRest = "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
	siteRest   = "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)

func TestStrictByHash(t *testing.T) {
	t.Parallel()
	a, b := hashes([]string{"a"})[0], hashes([]string{"b"})[0]
	tests := []struct{ name, page, want string }{
		{"nothing", "<p>", "script-src 'none'" + strictRest},
		{"inline", "<script>a</script>", "script-src '" + a + "' 'strict-dynamic' 'unsafe-inline' https:" + strictRest},
		{"integrity", "<script src=x integrity='" + a + "'></script>", "script-src '" + a + "' 'strict-dynamic' 'unsafe-inline' https:" + strictRest},
		{"own-elements", "<base href=/x/><form action=https://f.example/y></form><object data=https://o.example/z></object>",
			"script-src 'none'; object-src https://o.example; base-uri 'self'; form-action 'self' https://f.example; frame-ancestors 'self'"},
		{"handler", "<p onclick=a><script>b</script>", "script-src '" + b + "' '" + a + "' 'unsafe-hashes' 'strict-dynamic' 'unsafe-inline' https:" + strictRest},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := csphtml.StrictByHash(hashPage(t, tt.page))
			if err != nil || p.String() != tt.want {
				t.Errorf("got  %s, %v\nwant %s", p, err, tt.want)
			}
		})
	}
	_, err := csphtml.StrictByHash(hashPage(t, "<script src=x></script><script src=y></script>"))
	if err == nil || !strings.Contains(err.Error(), `"x"`) || !strings.Contains(err.Error(), `"y"`) {
		t.Errorf("got %v; want both scripts without integrity", err)
	}
}

// TestStrictByHashModules has what a strict policy by hash makes of modules. blocked has
// the findings about what Chromium 156 and Firefox 153 block; WebKitGTK 2.50.6 does not.
// Pages like these were shown to them.
func TestStrictByHashModules(t *testing.T) {
	t.Parallel()
	const hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	const importMap = `<script type=importmap>{"imports": {"a": "/a.js"}, "integrity": {"/a.js": "` + hash + `"}}</script>`
	tests := []struct {
		name, reason, page string
		blocked            []string // codes and values
		wantErr            string
	}{
		{"import", "parser-inserted is inherited", `<script type=module>import "/a.js"</script>`, []string{"import-by-hash /a.js"}, ""},
		{"import-call", "likewise", `<script>import("/a.js")</script>`, []string{"import-by-hash /a.js"}, ""},
		{"import-call-in-handler", "no element of the parser's", `<p onclick="import('/a.js')">`, []string{"event-handler onclick"}, ""},
		{"import-call-in-both", "", `<p onclick="import('/a.js')"><script>import("/a.js"); import("/a.js")</script>`, []string{"event-handler onclick", "import-by-hash /a.js"}, ""},
		{"import-map", "", `<script type=importmap>{"imports": {"a": "/a.js"}}</script><script type=module>import "a"</script>`,
			[]string{"import-map-by-hash /a.js", "import-by-hash /a.js"}, ""},
		{"integrity", "6.7.2.4", importMap + `<script type=module>import "a"; import("./x.js")</script>`, []string{"import-by-hash ./x.js"}, ""},
		{"external-module", "its imports are not seen", `<script type=module src=/a.js integrity=` + hash + `></script>`, []string{"module-by-hash /a.js"}, ""},
		{"external-module-in-map", "", importMap + `<script type=module src=/a.js></script>`, nil, ""},
		{"external-script-in-map", "the map is for modules", importMap + `<script src=/a.js></script>`, nil, `script "/a.js"`},
		{"modulepreload", "not parser-inserted: HTML, 8.1.3.4", `<script>a</script><link rel=modulepreload href=/a.js>`, nil, ""},
		{"preload", "Chromium alone", `<script>a</script><link rel=preload as=script href=/a.js>`, []string{"preload-by-hash /a.js"}, ""},
		{"preload-with-integrity", "", `<script>a</script><link rel=preload as=script href=/a.js integrity=` + hash + `>`, nil, ""},
		{"json", "no script", `<script type=module>import "/a.json" with {type: "json"}</script>`, nil, ""},
	}
	for _, tt := range tests {
		page := hashPage(t, tt.page)
		var blocked []string
		for _, f := range page.Findings {
			blocked = append(blocked, f.Code+" "+f.Value)
		}
		if diff := cmp.Diff(tt.blocked, blocked); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.name, tt.reason, diff)
		}
		p, err := csphtml.StrictByHash(page)
		if tt.wantErr == "" && err != nil || tt.wantErr != "" && (err == nil || !strings.Contains(err.Error(), tt.wantErr)) {
			t.Errorf("%s: got error %v; want %q", tt.name, err, tt.wantErr)
		}
		for _, m := range page.Modules {
			r := csp.Request{Directive: "script-src", URL: "https://site.example" + m.URL, Origin: "https://site.example", Integrity: strings.Join(names(m.Hashes), " ")}
			if err == nil && !p.AllowsRequest(r) {
				t.Errorf("%s: %s forbids %s", tt.name, p, m.URL)
			}
		}
	}
}

func TestStaticSite(t *testing.T) {
	t.Parallel()
	a := hashes([]string{"a"})[0]
	const none, self = "default-src 'self'; script-src 'none'; style-src 'none'", "default-src 'self'; script-src 'self'; style-src 'none'"
	tests := []struct{ name, page, want string }{
		{"nothing", "<p>", none + siteRest},
		{"own-script", "<script src=/a.js></script><script src=b.js></script>", self + siteRest},
		{"inline", "<style>a</style><p style=a>", "default-src 'self'; script-src 'none'; style-src '" + a + "' 'unsafe-hashes'" + siteRest},
		{"urls", "<script src='https://c.example:8443/x.js?v=1#y'></script><link rel=stylesheet href='//c.example/a;b,c d\u00e9[.css'>",
			"default-src 'self'; script-src https://c.example:8443/x.js; style-src c.example/a%3Bb%2Cc%20d%C3%A9%5B.css" + siteRest},
		{"base", "<base href=https://b.example/x/><script src=a.js></script>",
			"default-src 'self'; script-src https://b.example; style-src 'none'; object-src 'none'; base-uri https://b.example; form-action 'self'; frame-ancestors 'self'"},
		{"imports", `<script type=importmap>{"imports": {"a/": "https://c.example/a/"}}</script><script type=module>import "./b.js"</script>`,
			"default-src 'self'; script-src '" + hashes([]string{`{"imports": {"a/": "https://c.example/a/"}}`})[0] + "' '" + hashes([]string{`import "./b.js"`})[0] + "' https://c.example/a/ 'self'; style-src 'none'" + siteRest},
		{"fonts", "<style>@font-face{src:url(//f.example/a.woff2)}</style>",
			"default-src 'self'; script-src 'none'; style-src '" + hashes([]string{"@font-face{src:url(//f.example/a.woff2)}"})[0] + "'" + siteRest + "; font-src 'self' f.example"},
		{"prefetch", "<link rel=prefetch href=https://p.example/>", "default-src 'self' https://p.example; script-src 'none'; style-src 'none'" + siteRest +
			"; img-src 'self'; font-src 'self'; media-src 'self'; frame-src 'self'; manifest-src 'self'; connect-src 'self'"},
		{"about-blank", "<iframe src=about:blank></iframe>", none + siteRest},
		{"hosts", "<img src=https://i.example/a.png><img src=https://i.example/b.png><img src=data:image/png,x><img src=c.png><iframe src=https://f.example/>" +
			"</iframe><form action='https://form.example/x?y'>",
			none + "; object-src 'none'; base-uri 'none'; form-action 'self' https://form.example; frame-ancestors 'self'" +
				"; img-src 'self' https://i.example data:; frame-src 'self' https://f.example"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := csphtml.StaticSite(hashPage(t, tt.page))
			if err != nil || p.String() != tt.want {
				t.Errorf("got  %s, %v\nwant %s", p, err, tt.want)
			}
		})
	}
	_, err := csphtml.StaticSite(hashPage(t, "<script src=https://\u00e9.example/></script><object data=data:x></object><img src=https://[::1]/x>"))
	for _, want := range []string{"script-src of the page", "object-src would allow every script", "img-src of the page"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v; want it to have %q", err, want)
		}
	}
}
