package forms_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
)

func TestNetlify(t *testing.T) {
	tests := []sample{
		{"documented", forms.Netlify, `
[[redirects]]
  from = "/old-path"
  to = "/new-path"
  status = 301
  force = false
  query = {path = ":path"}
  conditions = {Language = ["en"], Country = ["US"]}

# Only from and to are needed.
[[redirects]]
  from = "/news/*"
  to = "/blog/:splat"
`, []string{"3: /old-path -> /new-path 301 Drop ?path=:path country=US language=en", "12: /news/* -> /blog/:splat 301 TargetWins"}, nil, nil, "docs.netlify.com, redirects, syntax for the configuration file"},
		{"role", forms.Netlify, "[[redirects]]\nfrom = '/a'\nto = '/b'\nconditions = {Role = [\"admin\"]}\n", []string{"2: /a passes"}, []string{"4:15: unsupported: Role"}, nil, "Netlify's own"},
		{"signed", forms.Netlify, "[[redirects]]\nfrom = \"/search\"\nto = \"https://api.example.com\"\nstatus = 200\nforce = true\nheaders = {X-From = \"Netlify\"}\nsigned = \"API_SIGNATURE_TOKEN\"\n",
			[]string{"2: /search passes"}, []string{"4:10: unsupported: status 200", "6:11: unsupported: headers", "7:10: unsupported: signed"}, nil, "the same page: a proxy"},
		{"tables", forms.Netlify, "[[redirects]]\nfrom = \"/store\"\nto = \"/blog/:id\"\n[redirects.query]\nid = \":id\"\n[redirects.conditions]\nCookie = [\"a\", \"b\"]\n\n[[redirects]]\nfrom = \"/c\"\nto = \"/d\"\n",
			[]string{"2: /store -> /blog/:id 301 Drop ?id=:id cookie a=", "2: /store -> /blog/:id 301 Drop ?id=:id cookie b=", "10: /c -> /d 301 TargetWins"}, nil, nil, "of their own; any cookie"},
		{"inline", forms.Netlify, "redirects = [\n  {from = \"/a\", to = \"/b\", status = 302}, # x\n  {from = \"/c\", to = \"/d\"},\n]\n", []string{"2: /a -> /b 302 TargetWins", "3: /c -> /d 301 TargetWins"}, nil, nil, "in a list"},
		{"dotted", forms.Netlify, "[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\nconditions.Country = \"ch, de\"\n", []string{"2: /a -> /b 301 TargetWins country=ch,de"}, nil, nil, "keys with dots, lists in texts"},
		{"old-names", forms.Netlify, "[[redirects]]\norigin = \"/a\"\ndestination = \"/b\"\nparams = {x = \":x\"}\n", []string{"2: /a -> /b 301 Drop ?x=:x"}, nil, nil, "as @netlify/redirect-parser takes them"},
		{"rewrite", forms.Netlify, "[[redirects]]\nfrom = \"/*\"\nto = \"/index.html\"\nstatus = 200\n[[redirects]]\nfrom = \"/b/*\"\nstatus = 200\n", []string{"2: /* passes", "6: /b/* passes"}, []string{"4:10: unsupported: status 200", "7:10: unsupported: status 200"}, nil, "no redirects"},
		{"placeholders", forms.Netlify, "[[redirects]]\nfrom = \"/news/:year/:slug.html\"\nto = \"/b/:year\"\n", []string{"2: /news/:year/:slug.html -> /b/:year 301 TargetWins"}, nil, nil, "a name ends at a slash at Netlify"},
		{"blanks", forms.Netlify, "[[redirects]]\nfrom = \"/a b\"\nto = \"/c\\td\"\n", []string{"2: /a%20b -> /c%09d 301 TargetWins"}, nil, nil, "escaped, for a line of _redirects"},
		{"url", forms.Netlify, "[[redirects]]\nfrom = \"https://old.example/*\"\nto = \"https://new.example/:splat\"\n", []string{"2: https://old.example/* -> https://new.example/:splat 301 TargetWins"}, nil, nil, "hosts match"},
		{"context", forms.Netlify, "[[context.production.redirects]]\nfrom = \"/a\"\nto = \"/b\"\n[[redirects]]\nfrom = \"/c\"\nto = \"/d\"\n", []string{"5: /c -> /d 301 TargetWins"}, []string{"1:22: dropped: redirects of the context production"}, nil, "Netlify takes none"},
		{"no-to", forms.Netlify, "[[redirects]]\nfrom = \"/a\"\n[[redirects]]\nto = \"/b\"\n", nil, nil, []string{"1:3: syntax: no target; it is called to", "3:3: syntax: no source; it is called from"}, "parts that are missing"},
		{"guard", forms.Netlify, "[[redirects]]\nfrom = \"/*\"\nto = \"/en/:splat\"\nforce = true\n", []string{"2: /en* passes", "2: /* -> /en/:splat 301 TargetWins"}, nil, nil, "Netlify keeps a rule from leading to itself"},
		{"lone-question", forms.Netlify, "[[redirects]]\nfrom = \"/a\"\nto = \"/b?\"\n", []string{"2: /a -> /b 301 TargetWins"}, nil, nil, "no query to Netlify"},
		{"country", forms.Netlify, "[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\nconditions = {Country = [\"UA-43\"]}\n[[redirects]]\nfrom = \"/c\"\nto = \"/d\"\n", []string{"6: /c -> /d 301 TargetWins"}, []string{"4:15: dropped: the site never had this one"}, nil, "no country; a real file has it"},
		{"typo", forms.Netlify, "[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\nstaus = 302\n", nil, nil, []string{`4:1: unsupported: a redirect with "staus"; known are from`}, "would be lost"},
		{"mistakes", forms.Netlify, "[[redirects]]\nfrom = \"/a\"\nto = \"b\"\nstatus = 999\nconditions = {Contry = [\"ch\"]}\n", nil, nil, []string{`3:6: syntax: target "b"`}, "as in _redirects, in their places"},
		{"conditions", forms.Netlify, "[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\nstatus = \"305\"\nconditions = {Contry = [\"ch\"]}\n", nil, nil, []string{`4:10: syntax: status "305"`, `5:15: syntax: unknown condition "Contry"`}, "the same"},
		{"query", forms.Netlify, "[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\nquery = {1 = \"x\", \"/c\" = \"y\", z = 7}\n", nil, nil, []string{`4:10: unsupported: the parameter "1"`, `4:19: unsupported: the parameter "/c"`, "4:35: syntax: a parameter of query is a number"}, "a line of _redirects cannot say them"},
		{"no-list", forms.Netlify, "redirects = \"/a /b\"\n", nil, nil, []string{"1:13: syntax: redirects is a text; must be a list"}, "no list"},
		{"nothing", forms.Netlify, "[build]\npublish = \"public\"\n", nil, nil, []string{"1:0: syntax: no redirects in a netlify.toml file"}, "nothing to read"},
		{"not-toml", forms.Netlify, "[[redirects]]\nfrom = /a\n", nil, nil, []string{"2:8: syntax: not TOML: "}, "no quotation marks"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.try)
	}
}

func TestNetlifyLookups(t *testing.T) {
	lookUp(t, forms.Netlify, `
[[redirects]]
  from = "/api/*"
  to = "https://api.example.com/:splat"
  status = 200
[[redirects]]
  from = "/store"
  to = "/products/:id"
  query = {id = ":id"}
[[redirects]]
  from = "/blog/*"
  to = "/news/:splat"
  status = 302
  force = true
[[redirects]]
  from = "/*"
  to = "https://new.example.com/:splat"
`, lookups{
		"/api/u":          "",
		"/store?id=7&x=1": "301 /products/7",
		"/store?x=1":      "301 https://new.example.com/store?x=1",
		"/blog/x/":        "302 /news/x/",
		"/blog":           "302 /news/",
		"/a/b?c":          "301 https://new.example.com/a/b?c",
	})
	lookUp(t, forms.Netlify, `
[[redirects]]
  from = "/docs/*"
  to = "/docs/latest/:splat"
  force = true
[[redirects]]
  from = "/x"
  to = "/y?"
`, lookups{
		"/docs/a":        "301 /docs/latest/a",
		"/docs/latest/a": "",
		"/x?a=1":         "301 /y?a=1",
	})
}
