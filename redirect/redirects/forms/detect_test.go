package forms_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
)

func TestDetect(t *testing.T) {
	const any = "_redirects" // a name that leaves it to the content
	tests := []struct {
		name, text string
		want       forms.Format
		why        string // its beginning
		reason     string
	}{
		{"site/vercel.json", "", forms.Vercel, "its name", "the name says it"},
		{"now.json", "[]", forms.Vercel, "its name", "its older name"},
		{`C:\site\netlify.toml`, "", forms.Netlify, "its name", "Windows"},
		{".htaccess", "/a /b", forms.Htaccess, "its name", "the name says it"},
		{"_headers", "/a /b", forms.Headers, "its name", "the name says it"},
		{"list.CSV", "", forms.CSV, "its name", "no content"},
		{"list.json", "{", forms.JSON, "line 1", "broken content"},
		{"x.yaml", "# a", forms.YAML, "its name", "no content"},
		{"-", "", forms.Unknown, "", "nothing"},
		{"-", "hello world", forms.Unknown, "", "nothing known"},
		{any, "", forms.Redirects, "its name", "no content"},
		{any, "hello world", forms.Redirects, "its name", "nothing else"},

		{any, "# old\n/a /b 301\n", forms.Redirects, `line 2: "/a /b 301"`, "a path and a path"},
		{any, "/a/* id=:id /b\n", forms.Redirects, "line 1", "with a parameter"},
		{any, "/* 200\n", forms.Redirects, "line 1", "without a target"},
		{any, "https://a.example/* https://b.example/:splat 301!", forms.Redirects, "line 1", "URLs"},
		{any, "/a;b /c,d\n", forms.Redirects, "line 1", "signs of others in paths"},

		{any, "/a,/b\n", forms.CSV, `line 1: "/a,/b"`, "pairs"},
		{any, "/old page,/new page\n", forms.CSV, "line 1", "with blanks"},
		{any, "/a, /b, 301\n", forms.CSV, "line 1", "a blank behind the comma"},
		{any, "/a;/b\n", forms.CSV, "line 1", "semicolons"},
		{any, "from,to\n", forms.CSV, "line 1", "names"},
		{any, "example.com/a,https://example.com/b,301\n", forms.CSV, "line 1", "Cloudflare's"},

		{any, `{"/a": "/b"}`, forms.JSON, "line 1", "pairs"},
		{any, `[["/a", "/b"]]`, forms.JSON, "line 1", "pairs"},
		{any, `{"redirects": [{"from": "/a", "to": "/b"}]}`, forms.JSON, "line 1", "pairs"},
		{any, "[\n  {\"source\": \"/a\", \"destination\": \"/b\", \"permanent\": true}]", forms.Next, "line 1", "a list alone"},
		{any, `{"basePath": "", "redirects": [{"source": "/a", "destination": "/b"}]}`, forms.Next, "line 1", "a routes-manifest.json"},
		{any, `{"redirects": [{"source": "/a", "destination": "/b"}]}`, forms.Vercel, "line 1", "an object"},
		{any, `{"cleanUrls": true}`, forms.Vercel, "line 1", "Vercel's names"},
		{any, `{"RoutingRules": []}`, forms.S3, "line 1", "a website configuration"},
		{any, `[{"Redirect": {"HostName": "a.example"}}]`, forms.S3, "line 1", "rules alone"},
		{any, "<RoutingRules/>", forms.S3, "line 1", "XML"},
		{any, "<?xml version=\"1.0\"?>\n<WebsiteConfiguration><RedirectAllRequestsTo/></WebsiteConfiguration>", forms.S3, "line 1", "XML"},
		{any, "<configuration><rewrite/></configuration>", forms.XML, "line 1", "IIS' web.config"},
		{any, "<!DOCTYPE html><p>", forms.HTML, "line 1", "an error page"},
		{any, "[[redirects]]\nfrom = \"/a\"\n", forms.Netlify, "line 1", "TOML"},
		{any, "[build]\npublish = \"x\"\n[[redirects]]\n", forms.Netlify, "line 1", "TOML"},
		{any, "base = \"/\"\n[[redirects]]\n", forms.Netlify, "line 1", "TOML"},
		{any, "[package]\nname = \"x\"\n", forms.TOML, "line 1", "not Netlify's"},
		{any, "Redirect 301 /a /b\n", forms.Htaccess, "line 1", "Apache"},
		{any, "RewriteEngine On\n", forms.Htaccess, "line 1", "Apache"},
		{any, "<IfModule mod_alias.c>\n", forms.Htaccess, "line 1", "Apache"},

		{any, "map $uri $new {\n  /a /b;\n}\n", forms.Nginx, `line 1: "map $uri $new {"`, "a map"},
		{any, "/a /b;\n", forms.Nginx, "line 1", "what is in one"},
		{any, "~^/a/(.*)$ /b/$1;\n", forms.Nginx, "line 1", "what is in one"},
		{any, "location = /a { return 301 /b; }\n", forms.Nginx, "line 1", "a location"},
		{any, "rewrite ^/a$ /b permanent;\n", forms.Nginx, "line 1", "a rewrite"},
		{any, "/*\n  X-Frame-Options: DENY\n", forms.Headers, "line 2", "a _headers file"},
		{any, "redirects:\n  - from: /a\n", forms.YAML, "line 1", "YAML"},
		{any, "module.exports = {\n", forms.JavaScript, "line 1", "next.config.js"},
		{any, "[\n  {\n    source: '/a',\n", forms.JSON, "line 1", "its mistake says what it is"},
	}
	for _, tt := range tests {
		got, why := forms.Detect(tt.name, tt.text)
		if got != tt.want || !strings.HasPrefix(why, tt.why) {
			t.Errorf("%s, %q: got %v, %q; want %v, %q (%s)", tt.name, tt.text, got, why, tt.want, tt.why, tt.reason)
		}
	}
}

// TestRead: what is read by its name or content, and what is said of other files.
func TestRead(t *testing.T) {
	tests := []struct {
		name, text string
		format     forms.Format
		rules      int
		err        string // its beginning
	}{
		{"list.csv", "\ufeff/a,/b\n", forms.CSV, 1, ""},
		{"x.txt", `{"/a": "/b"}`, forms.JSON, 1, ""},
		{"_redirects", "/a /b\n", forms.Redirects, 0, `1:0: unsupported: this is a _redirects file (line 1: "/a /b"); forms that are read are csv, json, s3, vercel, next, netlify.toml, htaccess`},
		{"_redirects", "map $uri $new {\n", forms.Nginx, 0, `1:0: unsupported: this is a configuration of nginx (line 1: "map $uri $new {")`},
		{"x", "?", forms.Unknown, 0, "1:0: unsupported: this is a file of no form known here; forms that are read are csv"},
	}
	for _, tt := range tests {
		file, err := forms.Read(tt.name, tt.text)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if file.Format != tt.format || len(file.Rules) != tt.rules || !strings.HasPrefix(got, tt.err) || (tt.err == "") != (err == nil) {
			t.Errorf("%s, %q: got %v, %d rules, %v; want %v, %d, %q", tt.name, tt.text, file.Format, len(file.Rules), err, tt.format, tt.rules, tt.err)
		}
	}
}

func TestFormats(t *testing.T) {
	for _, f := range forms.Formats() {
		if got := forms.ParseFormat(f.String()); got != f {
			t.Errorf("%v is read as %v", f, got)
		}
		if _, err := forms.ReadAs(f, ""); err == nil || !strings.Contains(err.Error(), "syntax") {
			t.Errorf("%v: an empty file gives %v", f, err)
		}
	}
	if got := forms.ParseFormat("what"); got != forms.Unknown {
		t.Errorf("what is read as %v", got)
	}
}

// TestLocate: what is wrong with a rule stands where that is in the file.
func TestLocate(t *testing.T) {
	file, err := forms.ReadAs(forms.Next, `[
  {"source": "/a",
   "destination": "/b", "permanent": true},
  {"source": "/b", "destination": "/a", "permanent": true}]`)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		field        string
		rule, line   int // of the mistake
		want, column int
	}{
		{"From", 0, 2, 2, 14},
		{"To", 0, 2, 3, 19},
		{"To", 1, 4, 4, 35},
		{"From", 2, 7, 7, 0},
	} {
		e := file.Locate(&redirect.Mistake{Kind: "loop", Rule: tt.rule, Line: tt.line, Field: tt.field, Message: "m"})
		if e.Line != tt.want || e.Column != tt.column || e.Kind != "loop" || e.Message != "m" {
			t.Errorf("rule %d, %s: got %v; want %d:%d", tt.rule, tt.field, e, tt.want, tt.column)
		}
	}

	file, err = forms.ReadAs(forms.Netlify, "[[redirects]]\nfrom = \"/*\"\nto = \"/en/:splat\"\n")
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]bool{"duplicate": false, "unreachable": false, "invalid": true} {
		if e := file.Locate(&redirect.Mistake{Kind: kind, Rule: 0, Line: 2, Field: "From"}); (e != nil) != want {
			t.Errorf("%s of a rule that is not in the file: got %v", kind, e)
		}
	}
}
