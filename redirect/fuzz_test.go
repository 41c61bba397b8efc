package redirect_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// FuzzTable compiles two rules of any text, which may lead to the site, the
// distribution and one other origin, and sends any request to them.
func FuzzTable(f *testing.F) {
	f.Add("/old/*", "/:splat", "/x/:a/:b", "/:b?:a#:b", "/old//evil.example", "a=b&&c", "", "", byte(0))
	f.Add("/a/:x", "/b/:x", "/b/:y", "/a/:y", "/a/b", "?", "https://evil.example/a", "www.example.com", byte(1))
	f.Add("/:a/m", "/k/:a", "/k/:b", "/:b/m", "/k/m", "x=%zz", "", "", byte(2))
	f.Add("/*", "https://{distribution}/:splat", "//old.example/*", "https://other.example/:splat", `/\evil.example`, "", "self", "old.example", byte(3))
	f.Add("/p-:a-:b.html", "/:a", "/any/*/end", "https://other.example/:splat?x", "/p-1-2.html", "utm_a=1", "", "", byte(4))
	f.Add("/index.html", "/", "/", "/index.html", "/index.html", "", "", "", byte(5))
	f.Add("/:a.html/*", "/:a/:splat", "/v:b", "/:v:b", "/x/y/", "", "", "", byte(64|8))
	f.Add("/v:a:b/*", "/:splat:a", "/:a-*", "//:a", "/vxy/z", "", "", "", byte(128))
	f.Fuzz(func(t *testing.T, from1, to1, from2, to2, uri, query, referer, host string, options byte) {
		c := redirect.Config{
			Origins:     []string{"https://other.example"},
			IgnoreSlash: options&8 != 0,
			Rules: []redirect.Rule{
				{From: from1, To: to1, Query: redirect.QueryMode(options & 3)},
				{From: from2, To: to2, Query: redirect.QueryMode(options >> 4 & 3)},
			},
			Syntax:   redirect.Syntax(options >> 6 % 3),
			Tolerate: []string{"chain", "duplicate", "placeholder", "trigger", "unreachable"},
		}
		if options&4 != 0 {
			c.Index = "index.html"
		}
		table, err := redirect.Compile(c)
		if err != nil {
			// A single mistake must not hide what the other rule does.
			if m, ok := errors.AsType[*redirect.Mistake](err); ok && m.Rule < 2 {
				c.Rules = c.Rules[1-m.Rule : 2-m.Rule]
			}
			if table, err = redirect.Compile(c); err != nil {
				return
			}
		}
		r := request(uri, query)
		r.Header.Set("Referer", referer)
		if host != "" {
			r.Header.Set("Host", host)
		}
		_ = table.Explain(r)
		follow(t, table, r, c)
	})
}

// follow follows r through the table and checks each redirect on the way.
func follow(t *testing.T, table *redirect.Table, r *edge.Request, c redirect.Config) {
	first := r.URI + "?" + r.QueryString
	for hops := 0; ; hops++ {
		m, ok := table.Lookup(r)
		if !ok {
			return
		}
		if hops > 20 {
			t.Fatalf("%q goes on without end in %+v", first, c.Rules)
		}
		origin := browserOrigin(m.Location)
		if origin != site && origin != "https://other.example" && origin != "https://"+domain {
			t.Fatalf("%q is sent to %q, that is %s, by %+v", first, m.Location, origin, c.Rules)
		}
		if strings.ContainsFunc(m.Location, func(r rune) bool { return r <= ' ' || r == 0x7f }) || len(m.Location) >= 8192 {
			t.Fatalf("Location %q cannot stand in a header", m.Location)
		}
		location, _, _ := strings.Cut(m.Location, "#")
		path, query, has := strings.Cut(location, "?")
		checkQuery(t, r, m.Location, c)
		if origin == "https://other.example" {
			return
		}
		next := *r
		next.URI, next.QueryString = strings.TrimPrefix(path, "https://"+domain), query
		if origin == "https://"+domain {
			next.Header.Set("Host", domain)
		}
		if has && query == "" {
			next.URI += "?"
		}
		r = &next
	}
}

// checkQuery checks that a rule that preserves the query has it in location, byte
// for byte.
func checkQuery(t *testing.T, r *edge.Request, location string, c redirect.Config) {
	for _, rule := range c.Rules {
		if rule.Query != redirect.Preserve {
			return
		}
	}
	_, query, _ := strings.Cut(r.URI, "?")
	if query == "" {
		query = r.QueryString
	}
	// What cannot come in a request line is escaped.
	if query == "" || strings.ContainsFunc(query, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"#<>`, r) }) {
		return
	}
	target, _, _ := strings.Cut(location, "#")
	if !strings.HasSuffix(target, "?"+query) && !strings.HasSuffix(target, "&"+query) {
		t.Fatalf("the query %q of %q is not preserved in %q", query, r.URI, location)
	}
}

// FuzzLoad: no compiled form makes a lookup panic or go on without end.
func FuzzLoad(f *testing.F) {
	form, err := demo.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(form), "/index.html")
	mixed, err := redirect.MustCompile(redirect.Config{IgnoreSlash: true, Rules: []redirect.Rule{
		{From: "/a/*", To: "/b/:splat"}, {From: "/a/:b", To: "/c"}, {From: "//h/:a/x", To: "/:a", Query: redirect.Merge},
		{From: "/c/:x/d", To: "/e", When: redirect.When{HasQuery: true, Language: []string{"de"}}}, {From: "/c/:x/d", To: "/f"},
	}, Tolerate: []string{"unreachable", "chain"}}).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(mixed), "/c/x/d")
	f.Fuzz(func(t *testing.T, form, uri string) {
		table, err := redirect.Load(form)
		if err != nil {
			return
		}
		r := request(uri, "a=b", "Referer", "https://"+domain+"/index.html")
		_ = table.Explain(r)
		if m, ok := table.Lookup(r); ok && m.Location == "" {
			t.Fatal("a redirect without a Location")
		}
	})
}
