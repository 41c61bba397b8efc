package csphtml_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/google/go-cmp/cmp"
)

// attributes has every attribute that HTML's index says a URL may be in, the obsolete
// ones of 16.2, and those of SVG that browsers load, with the directives that govern it.
// What browsers do was measured with Chromium 156, Firefox 153 and WebKitGTK 2.50.6: for
// each directive they were shown a page that has all of it under a policy that allows
// nothing but that directive. "" is what none of them loads, or asks no policy about.
var attributes = []struct{ page, want, reason string }{
	{"<a href=u>", "", "navigation"},
	{"<a ping='u u2'>", "connect-src connect-src", "when it is followed; not in Firefox, where ping is off"},
	{"<area href=u ping=u2>", "connect-src", ""},
	{"<a attributionsrc=u>", "", "not loaded"},
	{"<audio src=u>", "media-src", ""},
	{"<base href=u>", "base-uri", ""},
	{"<blockquote cite=u><del cite=u></del><ins cite=u></ins><q cite=u></q>", "", "not loaded"},
	{"<body background=u>", "img-src", ""},
	{"<button formaction=u>", "form-action", ""},
	{"<embed src=u>", "object-src frame-src", "Chromium asks both"},
	{"<embed src=u.PNG?v=1>", "object-src img-src", "WebKit asks both, by the extension"},
	{"<embed src=u type=image/gif>", "object-src img-src", "WebKit asks both"},
	{"<embed src=u.svg>", "object-src frame-src", "no image to Chromium and WebKit"},
	{"<embed src=u type='Image/SVG+xml; x'>", "object-src frame-src", ""},
	{"<embed src=u.png type=application/pdf>", "object-src frame-src", "the type comes first"},
	{"<form action=u>", "form-action", ""},
	{"<frameset><frame src=u longdesc=u2>", "frame-src", ""},
	{"<head profile=u>", "", "not loaded"},
	{"<html manifest=u>", "", "not loaded any more"},
	{"<iframe src=u longdesc=u2>", "frame-src", ""},
	{"<iframe src=about:blank>", "", "nothing is fetched"},
	{"<img src=u longdesc=u2 lowsrc=u3 dynsrc=u4 usemap=#u5>", "img-src", "the others are not loaded"},
	{"<img srcset='u 1x, u2 2x'>", "img-src img-src", ""},
	{"<image src=u srcset=u2>", "img-src img-src", "HTML 13.2.6.4.7: img"},
	{"<input src=u>", "", "not loaded"},
	{"<input type=Image src=u srcset=u2 formaction=u3>", "img-src form-action", "srcset is not loaded"},
	{"<object data=u classid=u2 codebase=u3 archive=u4 usemap=#u5>", "object-src frame-src", "the others are not loaded, codebase not used"},
	{"<object data=u.webp>", "object-src img-src", ""},
	{"<object data=u type=image/png>", "object-src img-src", ""},
	{"<object><param name=movie value=u><param name=src value=u></object>", "", "not loaded"},
	{"<script src=u for=u2>", "script-src", ""},
	{"<script src=u type=module>", "script-src", ""},
	{"<script src=u type=importmap></script><script src=u type=speculationrules></script><script src=u type=text/plain>", "", "not loaded"},
	{"<picture><source srcset=u></picture>", "img-src", ""},
	{"<video><source src=u></video>", "media-src", ""},
	{"<table background=u><colgroup background=u1><col background=u2><thead background=u3><tbody background=u4><tfoot background=u5><tr background=u6><th background=u7><td background=u8>",
		strings.Repeat("img-src ", 8) + "img-src", "HTML 15.3.8; of columns not in Firefox"},
	{"<div background=u>", "", "not loaded"},
	{"<video><track src=u></video>", "media-src", ""},
	{"<video src=u poster=u2>", "media-src img-src", ""},
	{"<audio poster=u>", "", "not loaded"},
	{"<meta http-equiv=refresh content='1; url=u'>", "", "navigation"},

	{"<link href=u>", "", "no rel"},
	{"<link rel=stylesheet href=u>", "style-src", ""},
	{"<link rel='alternate STYLESHEET' disabled href=u>", "style-src", "loaded when it is chosen"},
	{"<link rel='shortcut icon' href=u>", "img-src", ""},
	{"<link rel=apple-touch-icon href=u><link rel=mask-icon href=u2>", "img-src img-src", "loaded in Safari"},
	{"<link rel=manifest href=u>", "manifest-src", ""},
	{"<link rel=modulepreload href=u>", "script-src", ""},
	{"<link rel=modulepreload as=worker href=u>", "script-src", "in all three; HTML has worker-src"},
	{"<link rel=modulepreload as=json href=u>", "connect-src script-src", "Chromium asks the one, WebKit the other; Firefox does not load it"},
	{"<link rel=modulepreload as=style href=u>", "style-src", "in Chromium; the others do not load it"},
	{"<link rel=preload as=script href=u><link rel=preload as=style href=u><link rel=preload as=image href=u>", "script-src style-src img-src", ""},
	{"<link rel=preload as=font href=u><link rel=preload as=FETCH href=u><link rel=preload as=track href=u>", "font-src connect-src media-src", ""},
	{"<link rel=preload as=image imagesrcset='u, u2 2x'>", "img-src img-src", ""},
	{"<link rel=preload as=worker href=u>", "script-src", "in WebKit; the others do not load it"},
	{"<link rel=preload href=u><link rel=preload as=video href=u><link rel=preload as=document href=u><link rel=preload as=json href=u><link rel=preload as=x href=u>",
		"", "not loaded"},
	{"<link rel=prefetch href=u><link rel=prefetch as=image href=u>", "default-src", "Firefox; Chromium is content with any; off in WebKit"},
	{"<link rel=next href=u>", "default-src", "Firefox prefetches it"},
	{"<link rel=compression-dictionary href=u>", "connect-src", "Chromium, Firefox"},
	{"<link rel=dns-prefetch href=u><link rel=preconnect href=u>", "", "no policy is asked: 6.7.2.2 is about requests"},
	{"<link rel=prerender href=u><link rel=prev href=u><link rel=alternate href=u><link rel=canonical href=u><link rel=author href=u>" +
		"<link rel=help href=u><link rel=license href=u><link rel=search href=u><link rel=pingback href=u><link rel=expect href=#u>" +
		"<link rel=privacy-policy href=u><link rel=terms-of-service href=u>", "", "not loaded"},

	{"<svg><image href=u /><image xlink:href=u2 /><filter><feImage href=u3 /></filter></svg>", "img-src img-src img-src", ""},
	{"<svg><use href=u#a /><use xlink:href=#a /></svg>", "img-src", "#a is in the document"},
	{"<svg><script href=u /><a href=u2 /></svg>", "script-src", ""},
	{"<svg><linearGradient href=u#a /><radialGradient href=u1#a /><pattern href=u2#a /><textPath href=u3#a /><mpath href=u4#a /></svg>",
		"img-src img-src img-src img-src img-src", "Firefox"},
	{"<svg><font-face-uri href=u /></svg>", "font-src", "WebKit"},
	{"<svg><rect fill='url(u#a)' stroke='url(#b)' filter='url(u2#a)' mask='url(u3#a)' clip-path='url(u4#a)' cursor='url(u5),auto' marker-end='url(u6#a)' /></svg>",
		strings.Repeat("img-src ", 5) + "img-src", ""},
	{"<svg><image><set attributeName=href to=u /><animate attributeName=xlink:href from=u values='u2; u3' /><animate attributeName=x from=1 to=2 /></image></svg>",
		"img-src img-src img-src", "Chromium, Firefox"},
	{"<svg><cursor href=u /><tref href=u /><video href=u /></svg><math href=u><mglyph src=u></mglyph></math>", "", "not loaded"},
	{"<svg><foreignObject><iframe src=u></iframe></foreignObject></svg>", "frame-src", "HTML again"},
}

func TestAttributes(t *testing.T) {
	t.Parallel()
	for _, tt := range attributes {
		var got []string
		for _, l := range hashPage(t, tt.page).Loads {
			got = append(got, l.Directive)
		}
		if !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%s: got %q; want %q (%s)", tt.page, got, tt.want, tt.reason)
		}
	}
}

// codeLoads has what scripts and styles in pages load.
var codeLoads = []struct {
	name, reason string
	page         string
	want         []csphtml.Load
}{
	{"import", "", `<script type=module>import a from "./a.js"; import "/b.js"; import * as c from 'https://c.example/c.js'</script>`,
		[]csphtml.Load{{"script-src", "./a.js", false, csphtml.ByImport}, {"script-src", "/b.js", false, csphtml.ByImport}, {"script-src", "https://c.example/c.js", false, csphtml.ByImport}}},
	{"export-from", "", `<script type=module>export * from "./a.js"; export {b} from "./b.js"; export let c = "./c.js"</script>`,
		[]csphtml.Load{{"script-src", "./a.js", false, csphtml.ByImport}, {"script-src", "./b.js", false, csphtml.ByImport}}},
	{"import-call", "", `<script>import("./a.js"); import("./b" + c); import(` + "`./d.js`" + `)</script>`,
		[]csphtml.Load{{"script-src", "./a.js", false, csphtml.ByImportCall}, {"script-src", "./d.js", false, csphtml.ByImportCall}}},
	{"no-declarations-in-scripts", "a mistake in their syntax", `<script>import a from "./a.js"</script>`, nil},
	{"in-comments-and-strings", "", "<script type=module>// import './a.js'\n/* import './b.js' */ 'import(\"./c.js\")'; `import('./d.js')`; /import('.\\/e.js')/</script>", nil},
	{"data-block", "", `<script type=text/plain>import("./a.js")</script><script type=module src=x.js>import "./a.js"</script>`,
		[]csphtml.Load{{"script-src", "x.js", false, csphtml.ByElement}}},
	{"name", "no import map knows it", `<script type=module>import "a"; import "b/c.js"</script>`, nil},
	{"import-data", "allowing it would allow every script", `<script type=module>import "data:text/javascript,a"</script>`, nil},
	{"handler", "", `<p onclick="import('./a.js')">`, []csphtml.Load{{"script-src", "./a.js", false, csphtml.ByImportCall}}},
	{"svg-script", "", `<svg><script type=module>import <![CDATA["./a.js"]]></script></svg>`, []csphtml.Load{{"script-src", "./a.js", false, csphtml.ByImport}}},
	{"json", "Chromium and Firefox ask connect-src, WebKit script-src", `<script type=module>import a from "./a.json" with {type: "json"}; import("./b", {with: {"type": "text"}})</script>`,
		[]csphtml.Load{{"connect-src", "./a.json", false, csphtml.ByImport}, {"script-src", "./a.json", false, csphtml.ByImport},
			{"connect-src", "./b", false, csphtml.ByImportCall}, {"script-src", "./b", false, csphtml.ByImportCall}}},
	{"css", "", `<script type=module>import a from "./a.css" with {type: "css"}</script>`, []csphtml.Load{{"style-src", "./a.css", false, csphtml.ByImport}}},
	{"unknown-type", "fails in browsers", `<script type=module>import a from "./a" with {type: "x"}</script>`, nil},

	{"import-map", "", `<script type=importmap>{"imports": {"b/": "/b/", "a": "https://c.example/a.js", "no": "a", "null": null}, "scopes": {"/x/": {"a": "./d.js"}}}</script>` +
		`<script type=module>import "a"; import("b/c/d.js"); import "d"</script>`,
		[]csphtml.Load{{"script-src", "https://c.example/a.js", false, csphtml.ByImportMap}, {"script-src", "/b/", false, csphtml.ByImportMap}, {"script-src", "./d.js", false, csphtml.ByImportMap},
			{"script-src", "https://c.example/a.js", false, csphtml.ByImport}, {"script-src", "/b/c/d.js", false, csphtml.ByImportCall}}},
	{"import-map-for-urls", "HTML 8.1.6.2", `<base href=/x/><script type=importmap>{"imports": {"./a.js": "/b.js"}}</script><script type=module>import "/x/y/../a.js"</script>`,
		[]csphtml.Load{{"base-uri", "/x/", false, csphtml.ByElement}, {"script-src", "/b.js", false, csphtml.ByImportMap}, {"script-src", "/b.js", false, csphtml.ByImport}}},
	{"import-map-mistake", "none at all", `<script type=importmap>{"imports": {"a": "/a.js"}, "scopes": []}</script><script type=importmap>{</script>`, nil},
	{"import-map-integrity", "", `<script type=importmap>{"imports": {"a": "./a.js"}, "integrity": {"./a.js": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}</script>` +
		`<script type=module src=a.js></script><script src=a.js></script><link rel=modulepreload href=a.js><script type=module>import "a"; import("./x/../a.js"); import "/a.js"</script>`,
		[]csphtml.Load{{"script-src", "./a.js", true, csphtml.ByImportMap}, {"script-src", "a.js", true, csphtml.ByElement}, {"script-src", "a.js", false, csphtml.ByElement},
			{"script-src", "a.js", true, csphtml.ByHint}, {"script-src", "./a.js", true, csphtml.ByImport}, {"script-src", "./x/../a.js", true, csphtml.ByImportCall}, {"script-src", "/a.js", false, csphtml.ByImport}}},
	{"import-map-too-late", "a module that was loaded is not asked about again", `<script type=module>import "./a.js"</script>` +
		`<script type=importmap>{"integrity": {"./a.js": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}</script>`,
		[]csphtml.Load{{"script-src", "./a.js", false, csphtml.ByImport}, {"script-src", "./a.js", true, csphtml.ByImportMap}}},
	{"second-import-map", "Firefox takes one", `<script type=importmap>{}</script><script type=importmap>{"integrity": {"./a.js": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}</script>` +
		`<script type=module>import "./a.js"</script>`, []csphtml.Load{{"script-src", "./a.js", false, csphtml.ByImportMap}, {"script-src", "./a.js", false, csphtml.ByImport}}},

	{"style", "", "<style>@import 'a.css'; @font-face { src: url(b.woff2) } p { background: url(c.png) } q { content: image-set('d.png' 1x) }</style>",
		[]csphtml.Load{{"style-src", "a.css", false, csphtml.ByStyle}, {"font-src", "b.woff2", false, csphtml.ByStyle}, {"img-src", "c.png", false, csphtml.ByStyle}, {"img-src", "d.png", false, csphtml.ByStyle}}},
	{"style-attribute", "", `<p style="background: url(&quot;a.png&quot;)"><q style="content: image-set('b.png' 1x)">`,
		[]csphtml.Load{{"img-src", "a.png", false, csphtml.ByStyle}, {"img-src", "b.png", false, csphtml.ByStyle}}},
	{"style-data", "without the data", "<style>p { background: url(data:image/png;base64,AAAA) } q { background: url(data:image/png;base64,BBBB) }</style><img src='DATA:image/gif,x'>",
		[]csphtml.Load{{"img-src", "data:image/png;base64,", false, csphtml.ByStyle}, {"img-src", "DATA:image/gif,", false, csphtml.ByElement}}},
	{"svg-style", "", "<svg><style>a { fill: url(#b); mask: url(c.svg#d) }</style></svg>", []csphtml.Load{{"img-src", "c.svg#d", false, csphtml.ByStyle}}},
	{"other-styles", "", "<style type=text/less>p { background: url(c.png) }</style><template><style>p { background: url(d.png) }</style></template>",
		[]csphtml.Load{{"img-src", "d.png", false, csphtml.ByStyle}}},
	{"noscript-and-srcdoc", "", `<noscript><style>p { background: url(a.png) }</style></noscript><iframe srcdoc="<script>import('./b.js')</script>">`,
		[]csphtml.Load{{"img-src", "a.png", false, csphtml.ByStyle}, {"script-src", "./b.js", false, csphtml.ByImportCall}}},
	{"srcset", "HTML 4.8.4.3.4", `<img srcset=", https://i.example/w_1,h_2/a.png 1x,b.png, c.png 2x , data:image/png;base64,AA 3x,d.png">`,
		[]csphtml.Load{{"img-src", "https://i.example/w_1,h_2/a.png", false, csphtml.ByElement}, {"img-src", "b.png", false, csphtml.ByElement}, {"img-src", "c.png", false, csphtml.ByElement},
			{"img-src", "data:image/png;base64,", false, csphtml.ByElement}, {"img-src", "d.png", false, csphtml.ByElement}}},
	{"hints", "", "<link rel='preload prefetch' as=image href=a.png><link rel=compression-dictionary href=b>",
		[]csphtml.Load{{"img-src", "a.png", false, csphtml.ByHint}, {"default-src", "a.png", false, csphtml.ByHint}, {"connect-src", "b", false, csphtml.ByHint}}},
}

func TestCodeLoads(t *testing.T) {
	t.Parallel()
	for _, tt := range codeLoads {
		if diff := cmp.Diff(tt.want, hashPage(t, tt.page).Loads); diff != "" {
			t.Errorf("%s: %s: %s (-want +got):\n%s", tt.name, tt.reason, tt.page, diff)
		}
	}
}

// TestLongCode: what is looked at only when it has come to some length is found as well,
// and in its place.
func TestLongCode(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 100, 64 << 10, 300 << 10} {
		filler := strings.Repeat("a = /b/.c\n", n/10)
		page := "<script type=module>" + filler + `import "./a.js"` + "</script><style>" + strings.Repeat("a { b: c }\n", n/10) + "a { b: url(d.png) }</style>"
		p := hashPage(t, page)
		want := []csphtml.Load{{"script-src", "./a.js", false, csphtml.ByImport}, {"img-src", "d.png", false, csphtml.ByStyle}}
		if diff := cmp.Diff(want, p.Loads); diff != "" {
			t.Errorf("%d bytes before (-want +got):\n%s", n, diff)
		}
		if len(p.Findings) != 1 || !strings.HasPrefix(page[p.Findings[0].Position.Offset:], `"./a.js"`) {
			t.Errorf("%d bytes before: got findings %v; want one at the import", n, p.Findings)
		}
	}
}

func TestModules(t *testing.T) {
	t.Parallel()
	const hash, other = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
	page := hashPage(t, `<script type=importmap>{"integrity": {"./b.js": "`+hash+" "+other+`?x", "./a.js": "md5-abc", "/c.js": 1, "d": "`+hash+`", "https://e.example/": "`+hash+`"}}</script>`)
	got := map[string][]string{}
	for _, m := range page.Modules {
		got[m.URL] = names(m.Hashes)
	}
	want := map[string][]string{"./b.js": {hash, other}, "https://e.example/": {hash}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// siteURL is where the pages of tests are.
const siteURL = "https://site.example/docs/page.html"

// allowsLoad reports whether a policy allows a load of a page at siteURL.
func allowsLoad(p csp.Policy, page csphtml.Page, l csphtml.Load, e csp.Engine) bool {
	base, _ := url.Parse(siteURL)
	for _, b := range page.Loads {
		if b.Directive == "base-uri" && l.Directive != "base-uri" {
			base, _ = base.Parse(b.URL)
			break
		}
	}
	u, err := base.Parse(l.URL)
	return err == nil && p.AllowsRequest(csp.Request{Directive: l.Directive, URL: u.String(), Origin: "https://site.example", Engine: e})
}

// TestLoadsAreAllowed ties loads to matching: StaticSite's policy of a page allows what the
// page loads, in every engine, and that of another page does not.
func TestLoadsAreAllowed(t *testing.T) {
	t.Parallel()
	other := csp.Must(csp.New(csp.DefaultSrc(csp.None), csp.BaseURI(csp.None), csp.FormAction(csp.None)))
	var pages []string
	for _, tt := range attributes {
		pages = append(pages, tt.page, strings.NewReplacer("=u", "=https://u.example/u", "'u", "'https://u.example/u", "(u", "(https://u.example/u", ", u", ", https://u.example/u").Replace(tt.page))
	}
	for _, tt := range codeLoads {
		pages = append(pages, tt.page, "<base href=https://b.example/c/>"+tt.page)
	}
	for _, tt := range inlinePages {
		pages = append(pages, tt.page)
	}
	for _, text := range pages {
		page := hashPage(t, text)
		p, err := csphtml.StaticSite(page)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for _, l := range page.Loads {
			for e := csp.AllEngines; e <= csp.WebKit; e++ {
				if !allowsLoad(p, page, l, e) {
					t.Errorf("%s: %s forbids the page's own %v in %v", text, p, l, e)
				}
				if allowsLoad(other, page, l, e) {
					t.Errorf("%s: %s allows %v in %v", text, other, l, e)
				}
			}
		}
	}
}
