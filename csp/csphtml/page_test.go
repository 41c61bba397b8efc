package csphtml_test

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/google/go-cmp/cmp"
)

// code is the inline code that a page is expected to have. The tests hash it
// themselves.
type code struct {
	Scripts, Handlers, Styles, StyleAttrs []string
}

var inlinePages = []struct {
	name, reason string
	page         string
	want         code
}{
	{"script", "", "<script>alert(1)</script>", code{Scripts: []string{"alert(1)"}}},
	{"every-byte", "CSP 4.2.3: the child text content", "<script>\n a \n</script>", code{Scripts: []string{"\n a \n"}}},
	{"newlines", "HTML 13.2.3.5", "<script>a\r\nb\rc</script>", code{Scripts: []string{"a\nb\nc"}}},
	{"nul-and-bad-utf-8", "HTML 13.2.5.4, Encoding 8.1.1", "<script>a\x00\xff</script>", code{Scripts: []string{"a\ufffd\ufffd"}}},
	{"no-references-in-scripts", "HTML 13.2.5.4", "<script>a &lt; b</script>", code{Scripts: []string{"a &lt; b"}}},
	{"comment-in-script", "HTML 13.2.5.20", "<script><!--\na\n--></script>", code{Scripts: []string{"<!--\na\n-->"}}},
	{"double-escaped", "HTML 13.2.5.27", "<script><!--<script></script>--></script>", code{Scripts: []string{"<!--<script></script>-->"}}},
	{"empty-script", "HTML 4.12.1.1: nothing to run", "<script></script>", code{}},
	{"external-script", "", "<script src=a.js>b</script>", code{}},
	{"external-script-without-url", "HTML 4.12.1.1: src is there", "<script src>b</script>", code{}},
	{"script-cut-off", "HTML 13.2.6.4.8: does not run", "<script>a", code{}},
	{"twice", "", "<script>a</script><script>a</script>", code{Scripts: []string{"a"}}},
	{"types", "HTML 4.12.1.1", "<script type=''>a</script><script type=module>b</script><script type=' Text/JavaScript '>c</script>" +
		"<script type=importmap>{}</script><script type=speculationrules>{ }</script><script language=javascript1.2>d</script>" +
		"<script type=application/ld+json>x</script><script type=text/template>x</script><script type='text/javascript; charset=x'>x</script>" +
		"<script language=vbscript>x</script>", code{Scripts: []string{"a", "b", "c", "{}", "{ }", "d"}}},
	{"in-comment", "", "<!-- <script>a</script> --><!-- <p onclick=a> -->", code{}},
	{"in-title", "HTML 13.2.6.4.7", "<title><script>a</script></title><textarea><script>a</script></textarea>", code{}},
	{"in-template", "may be cloned", "<template><script>a</script></template>", code{Scripts: []string{"a"}}},

	{"style", "", "<style>a{}</style>", code{Styles: []string{"a{}"}}},
	{"style-types", "HTML 4.2.6", "<style type=TEXT/CSS>a</style><style type=''>b</style><style type=text/less>x</style><style type=' text/css'>x</style>",
		code{Styles: []string{"a", "b"}}},
	{"style-cut-off", "HTML 4.2.6: counts when it is popped", "<style>a", code{Styles: []string{"a"}}},
	{"empty-style", "scripts may fill it", "<style></style>", code{Styles: []string{""}}},
	{"style-attribute", "", `<p style="a:&quot;b&quot;">`, code{StyleAttrs: []string{`a:"b"`}}},
	{"blank-attributes", "all engines report that they block them, and nothing is lost", "<p style onclick><p style='' onclick=''><p style=' ' onclick='\n'>", code{}},

	{"handlers", "HTML 8.1.8.1", "<body onload='a&amp;&amp;b'><a ONCLICK=c onclick=d onx=e on=f on-x=g once1=h onclick>",
		code{Handlers: []string{"a&&b", "c", "e"}}},
	{"handler-newlines", "HTML 13.2.3.5", "<p onclick='a\r\nb&#13;'>", code{Handlers: []string{"a\nb\r"}}},
	{"end-tag-attributes", "HTML 13.2.5: ignored", "<p></p onclick=a style=b>", code{}},
	{"handler-on-script", "", "<script onerror=a src=b></script>", code{Handlers: []string{"a"}}},

	{"noscript", "without scripting its content is markup", "<noscript><style>a</style><p style=b></noscript><script>c</script>",
		code{Styles: []string{"a"}, StyleAttrs: []string{"b"}, Scripts: []string{"c"}}},
	{"srcdoc", "HTML 7.11: it inherits the policy", `<iframe srcdoc="<script>a &amp;amp;</script><iframe srcdoc='<p onclick=b>'></iframe>">x</iframe>`,
		code{Scripts: []string{"a &amp;"}, Handlers: []string{"b"}}},

	{"svg-script", "HTML 13.2.6.5: text as any other", "<svg><script>a &lt; b<!-- c --> d</script></svg>", code{Scripts: []string{"a < b d"}}},
	{"svg-script-comment-parts-references", "HTML 13.2.5.72", "<svg><script>&am<!---->p;</script></svg>", code{Scripts: []string{"&amp;"}}},
	{"svg-script-children", "DOM: child text content", "<svg><script>a<g>b<path/></g>c</script></svg>", code{Scripts: []string{"ac"}}},
	{"svg-cdata", "HTML 13.2.5.69", "<svg><style><![CDATA[a > b &amp;]]></style><script type='text/x'>x</script></svg>",
		code{Styles: []string{"a > b &amp;"}}},
	{"svg-script-external", "SVG 2, 17.3.2", "<svg><script href=a.js>b</script><script xlink:href=a.js>b</script><script href=a.js /></svg>", code{}},
	{"svg-script-self-closing", "HTML 13.2.6.5", "<svg><script/>a</svg><script>b</script>", code{Scripts: []string{"b"}}},
	{"svg-style-broken-out-of", "HTML 13.2.6.5", "<svg><style>a<p>b", code{Styles: []string{"a"}}},
}

func hashes(texts []string) []string {
	var hashes []string
	for _, t := range texts {
		sum := sha256.Sum256([]byte(t))
		hashes = append(hashes, "sha256-"+base64.StdEncoding.EncodeToString(sum[:]))
	}
	return hashes
}

func names(hashes []csp.Hash) []string {
	var names []string
	for _, h := range hashes {
		names = append(names, h.String())
	}
	return names
}

func TestHashHTML(t *testing.T) {
	t.Parallel()
	for _, tt := range inlinePages {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, r := range []io.Reader{strings.NewReader(tt.page), iotest.OneByteReader(strings.NewReader(tt.page))} {
				p, err := csphtml.HashHTML(r)
				if err != nil {
					t.Fatal(err)
				}
				want := [][]string{hashes(tt.want.Scripts), hashes(tt.want.Handlers), hashes(tt.want.Styles), hashes(tt.want.StyleAttrs)}
				got := [][]string{names(p.Scripts), names(p.Handlers), names(p.Styles), names(p.StyleAttrs)}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %q: scripts, handlers, styles, style attributes (-want +got):\n%s", tt.reason, tt.page, diff)
				}
			}
		})
	}
}

func TestHashHTMLLoads(t *testing.T) {
	t.Parallel()
	const page = `<base href="/app/"><link rel="preload stylesheet" href=a.css><link rel=icon href=i.png><link rel=manifest href=m.json>
<link rel=preload as=font href=f.woff2><link rel=modulepreload href=m.mjs><link rel=preload as=script href=p.js><link rel=canonical href=https://c.example/>
<script src="https://cdn.example/x.js" integrity="sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=?x md5-abc"></script>
<script src=//cdn.example/y.js integrity=md5-abc></script><script src=a.js></script><script src=a.js></script><script type=text/x src=x.js></script>
<img src=" i.png " srcset="i2.png 2x, https://img.example/i3.png 3x"><iframe src=https://f.example/></iframe>
<video src=v.mp4 poster=v.jpg></video><object data=o.pdf></object><embed src=e.pdf><form action=https://form.example/><button formaction=/b></form>
<a href=/ignored>x</a><a href=" java&#9;script:alert(1)">x</a><script src="data:text/javascript,a"></script><p nonce=abc>
<svg><script href=s.js></script><image href=s.png /></svg>`
	p, err := csphtml.HashHTML(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	want := []csphtml.Load{
		{Directive: "base-uri", URL: "/app/"},
		{Directive: "style-src", URL: "a.css"},
		{Directive: "img-src", URL: "i.png"},
		{Directive: "manifest-src", URL: "m.json"},
		{Directive: "font-src", URL: "f.woff2", Initiator: csphtml.ByHint},
		{Directive: "script-src", URL: "m.mjs", Initiator: csphtml.ByHint},
		{Directive: "script-src", URL: "p.js", Initiator: csphtml.ByHint},
		{Directive: "script-src", URL: "https://cdn.example/x.js", Integrity: true},
		{Directive: "script-src", URL: "//cdn.example/y.js"},
		{Directive: "script-src", URL: "a.js"},
		{Directive: "img-src", URL: "i2.png"},
		{Directive: "img-src", URL: "https://img.example/i3.png"},
		{Directive: "frame-src", URL: "https://f.example/"},
		{Directive: "media-src", URL: "v.mp4"},
		{Directive: "img-src", URL: "v.jpg"},
		{Directive: "object-src", URL: "o.pdf"},
		{Directive: "frame-src", URL: "o.pdf"},
		{Directive: "object-src", URL: "e.pdf"},
		{Directive: "frame-src", URL: "e.pdf"},
		{Directive: "form-action", URL: "https://form.example/"},
		{Directive: "form-action", URL: "/b"},
		{Directive: "script-src", URL: "s.js"},
		{Directive: "img-src", URL: "s.png"},
	}
	if diff := cmp.Diff(want, p.Loads); diff != "" {
		t.Errorf("loads (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}, names(p.Integrity)); diff != "" {
		t.Errorf("integrity (-want +got):\n%s", diff)
	}
	got := map[string]string{}
	for _, f := range p.Findings {
		got[f.Code] = page[f.Position.Offset:][:8]
	}
	wantFindings := map[string]string{"no-integrity": "src=//cd", "javascript-url": `href=" j`, "data-script": `src="dat`, "static-nonce": "nonce=ab",
		"preload-by-hash": "href=p.j"}
	if diff := cmp.Diff(wantFindings, got); diff != "" {
		t.Errorf("findings and what stands at their offsets (-want +got):\n%s", diff)
	}
}

func TestHashHTMLPolicies(t *testing.T) {
	t.Parallel()
	const page = `<meta http-equiv=content-security-policy content="default-src 'self'; img-src &quot;, script-src 'none'">` +
		`<meta name=x content="default-src 'none'"><meta http-equiv=Content-Security-Policy content="">`
	p, err := csphtml.HashHTML(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Policies.String(), `default-src 'self'; img-src ", script-src 'none'`; got != want {
		t.Errorf("got %s; want %s", got, want)
	}
}

func TestHashHTMLEncodings(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, page, wantErr string }{
		{"utf-8", "<meta charset=UTF-8><script>\u00e9</script>", ""},
		{"utf-16-in-meta-is-utf-8", "<meta charset=utf-16><script>\u00e9</script>", ""},
		{"latin-1-with-ascii-code", "<meta charset=iso-8859-1>\xe9<script>a</script>", ""},
		{"latin-1", "<meta charset=iso-8859-1><script>\xe9</script>", `before byte 34 has characters outside ASCII, and the page is in "iso-8859-1"`},
		{"latin-1-in-content-type", "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'><p onclick=\xe9>", `"iso-8859-1"`},
		{"utf-16", "\xff\xfe<\x00s\x00c\x00r\x00", "utf-16"},
		{"utf-8-byte-order-mark", "\xef\xbb\xbf<script>\u00e9</script>", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := csphtml.HashHTML(strings.NewReader(tt.page))
			if tt.wantErr == "" && err != nil || tt.wantErr != "" && (err == nil || !strings.Contains(err.Error(), tt.wantErr)) {
				t.Errorf("got %v; want %q", err, tt.wantErr)
			}
		})
	}
}

// TestHashedCodeIsAllowed ties hashing to matching: a policy with the hashes of a
// page allows its code, and one with those of another page does not.
func TestHashedCodeIsAllowed(t *testing.T) {
	t.Parallel()
	for _, tt := range inlinePages {
		page, err := csphtml.HashHTML(strings.NewReader(tt.page))
		if err != nil {
			t.Fatal(err)
		}
		p, err := csphtml.StaticSite(page)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		check := func(kind csp.InlineKind, texts []string) {
			for _, text := range texts {
				if !p.AllowsInline(cspcrypto.Inline(kind, text)) {
					t.Errorf("%s: %s forbids %q of its own page", tt.name, p, text)
				}
				if p.AllowsInline(cspcrypto.Inline(kind, text+" ")) {
					t.Errorf("%s: %s allows %q", tt.name, p, text+" ")
				}
			}
		}
		check(csp.InlineScript, tt.want.Scripts)
		check(csp.InlineHandler, tt.want.Handlers)
		check(csp.InlineStyle, tt.want.Styles)
		check(csp.InlineStyleAttribute, tt.want.StyleAttrs)
	}
}
