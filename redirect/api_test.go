package redirect_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

func TestTo(t *testing.T) {
	tests := []struct{ name, location, want, reason string }{
		{"path", "/a?b#c", "/a?b#c", "a path on this site"},
		{"https", "https://www.example.com/a?b=%20c", "https://www.example.com/a?b=%20c", "another site, written out"},
		{"http", "http://www.example.com:8080/", "http://www.example.com:8080/", "another site, written out"},
		{"newline", "/a\r\nSet-Cookie: b=c", "", "header injection"},
		{"nul", "/a\x00", "", "cannot stand in a header"},
		{"javascript", "javascript:alert(1)", "", "runs a script"},
		{"data", "data:text/html,x", "", "not a site"},
		{"slashes", "//evil.example", "", "a path that was put together, or a host"},
		{"backslash", `/\evil.example`, "", "a host"},
		{"one-slash", "http:/evil.example", "", "a host"},
		{"backslashes", `https:\\evil.example`, "", "a host"},
		{"user", "https://good.example@evil.example/", "", "misleading"},
		{"empty", "", "", "nowhere"},
		{"relative", "a", "", "where it leads depends on the page, and a rule's target is refused too"},
		{"query-only", "?page=2", "", "loses the name of the page when it is joined to another path"},
		{"fragment-only", "#top", "", "the page that the request is for"},
		{"bytes", "/\xff", "", "not UTF-8"},
		{"long", "/" + strings.Repeat("a", 9000), "", "too long for CloudFront"},
		{"long-escaped", "/" + strings.Repeat("é", 2000), "", "too long for CloudFront when escaped"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			func() {
				defer func() {
					if p := recover(); p != nil && !strings.HasPrefix(p.(string), "redirect: To(302, ") {
						t.Errorf("panic %v; want one that names the call", p)
					}
				}()
				got = redirect.To(302, tt.location).Header.Get("Location")
			}()
			if got != tt.want {
				t.Errorf("To(302, %.40q) = %.40q; want %q (%s)", tt.location, got, tt.want, tt.reason)
			}
		})
	}
	for _, status := range []int{0, 200, 300, 304, 305, 306, 309, 399} {
		if !panics(func() { redirect.To(status, "/") }) {
			t.Errorf("To(%d, /): no panic", status)
		}
	}
}

func panics(f func()) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	f()
	return false
}

func TestMustPanic(t *testing.T) {
	if !panics(func() { redirect.MustCompile(redirect.Config{Rules: []redirect.Rule{{From: "/a", To: "/a"}}}) }) {
		t.Error("MustCompile with a mistake: no panic")
	}
	if !panics(func() { redirect.Target{}.Redirect(302) }) {
		t.Error("Redirect on the zero Target: no panic")
	}
}

// TestLiterals: configurations cannot be written without field names, compared or
// converted, so that fields may be added.
func TestLiterals(t *testing.T) {
	for _, v := range []any{redirect.Config{}, redirect.Rule{}, redirect.When{}} {
		if typ := reflect.TypeOf(v); typ.Comparable() {
			t.Errorf("%v is comparable", typ)
		}
	}
}

func TestAllocations(t *testing.T) {
	table := compile(t, redirect.Config{Rules: []redirect.Rule{
		{From: "/exact", To: "/there"},
		{From: "/docs/*", To: "/manual/:splat"},
		{From: "/:a/press/:b", To: "https://{distribution}/:b?a=:a"},
	}})
	for uri, most := range map[string]float64{
		"/none": 0, "/a/b/c/d/e/f/g": 0, "/%61/none": 1, // its normal form
		"/exact": 0, "/exact?a=b": 2, "/docs/a/b": 1, "/x/press/y": 2,
	} {
		r := request(uri, "")
		if path, query, ok := strings.Cut(uri, "?"); ok {
			r.URI, r.QueryString = path, query
		}
		if n := testing.AllocsPerRun(100, func() { table.Lookup(r) }); n > most {
			t.Errorf("Lookup of %q allocates %v times; want at most %v", uri, n, most)
		}
	}
}

// TestLimits: what would make lookups slow is refused.
func TestLimits(t *testing.T) {
	var alike, forms []redirect.Rule
	for i := range 1001 {
		alike = append(alike, redirect.Rule{From: "/*/" + itoa(i), To: "/to"})
		// Different in how long the fixed beginnings of two segments are.
		from := "/" + strings.Repeat("a", i/40+1) + ":x/" + strings.Repeat("b", i%40+1) + ":y"
		forms = append(forms, redirect.Rule{From: strings.ReplaceAll(from, ":", "-:"), To: "/to"})
	}
	compile(t, redirect.Config{Rules: alike[:1000]})
	for name, rules := range map[string][]redirect.Rule{"alike": alike, "forms": forms} {
		if _, err := redirect.Compile(redirect.Config{Rules: rules}); err == nil || !strings.Contains(err.Error(), "split the table") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestMarshal(t *testing.T) {
	c := redirect.Config{IgnoreSlash: true, Index: "index.html", Languages: []string{"en", "fr"}, Trigger: edge.OriginRequest, Rules: []redirect.Rule{
		{From: "/a/*", To: "/b/:splat?x", Query: redirect.Merge, AllowQuery: []string{"q"}, DenyQuery: []string{"qq"}, Line: 7},
		{From: "//h.example/c", To: "/d#e", Status: 308, CacheControl: "max-age=1", When: redirect.When{
			Method: []string{"GET"}, HasQuery: true, Header: []redirect.Field{{Name: "X"}}, Cookie: []redirect.Field{{Name: "c", Value: "d*"}},
			Query: []redirect.Field{{Name: "q", Value: ":q"}}, Referer: []string{"none"}, Country: []string{"FR"}, Language: []string{"fr"},
		}, Unless: redirect.When{Method: []string{"HEAD"}}},
		{From: "//h.example/c", To: "/e"},
		{From: "/p/*", Pass: true, When: redirect.When{HasQuery: true}},
	}}
	first, err := compile(t, c).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := redirect.Load(string(first))
	if err != nil {
		t.Fatal(err)
	}
	second, err := compile(t, c).MarshalBinary()
	if err != nil || string(first) != string(second) {
		t.Errorf("two compilations differ, %v", err)
	}
	if !reflect.DeepEqual(loaded, compile(t, c)) {
		t.Error("a table differs from itself when loaded")
	}
	for n := range len(first) {
		if _, err := redirect.Load(string(first[:n])); err == nil {
			t.Fatalf("Load of the first %d bytes: no error", n)
		}
	}
	if _, err := redirect.Load(string(first) + "x"); err == nil {
		t.Error("Load with a byte more: no error")
	}
}
