package redirect_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/google/go-cmp/cmp"
)

// mistakes returns kind and number of all mistakes in err, as "loop 1".
func mistakes(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("%v is not a list of mistakes", err)
	}
	var list []string
	for _, err := range joined.Unwrap() {
		m, ok := errors.AsType[*redirect.Mistake](err)
		if !ok {
			t.Fatalf("%v is not a mistake", err)
		}
		list = append(list, fmt.Sprintf("%s %d", m.Kind, m.Rule+1))
	}
	return list
}

func TestMistakes(t *testing.T) {
	type rules = []redirect.Rule
	country := func(c string) redirect.When { return redirect.When{Country: []string{c}} }
	query := redirect.When{HasQuery: true}
	tests := []struct {
		name   string
		rules  rules
		want   []string
		text   string // in the error
		reason string
	}{
		{"none", rules{{From: "/a", To: "/b"}}, nil, "", "fine"},
		{"all-at-once", rules{{From: "a", To: "/b"}, {From: "/c", To: "javascript:x"}, {From: "/d", To: "/e", Status: 200}},
			[]string{"invalid 1", "invalid 2", "invalid 3"}, "javascript", "each is reported"},
		{"several-in-one", rules{{From: "a", To: "//b", Status: 9}}, []string{"invalid 1"}, "status 9", "all of one rule in one mistake"},
		{"from-query", rules{{From: "/a?b", To: "/c"}}, []string{"invalid 1"}, "When.Query", "From is a path"},
		{"from-scheme", rules{{From: "ftp://a/b", To: "/c"}}, []string{"invalid 1"}, "scheme", "the web's only"},
		{"from-host", rules{{From: "//a b/c", To: "/c"}}, []string{"invalid 1"}, "host", "not a host"},
		{"two-splats", rules{{From: "/*/*", To: "/c"}}, []string{"invalid 1"}, "more than one", "one splat"},
		{"two-names", rules{{From: "/:a/:a", To: "/c"}}, []string{"invalid 1"}, "two placeholders", "a name is one value"},
		{"two-splat-names", rules{{From: "/:splat/*", To: "/c"}}, []string{"invalid 1"}, "two placeholders", "a name is one value"},
		{"names-touch", rules{{From: "/:a:b", To: "/c"}}, []string{"invalid 1"}, "text must stand", "no way to cut them"},
		{"name-splat", rules{{From: "/:a*", To: "/c"}}, []string{"invalid 1"}, "no end", "no way to cut them"},
		{"splat-name", rules{{From: "/*:a", To: "/c"}}, []string{"invalid 1"}, "no beginning", "no way to cut them"},
		{"unknown-name", rules{{From: "/:a", To: "/x/:b"}}, []string{"placeholder 1"}, ":b is not in From", "a typo"},
		{"unknown-splat", rules{{From: "/a", To: "/x/:splat"}}, []string{"placeholder 1"}, ":splat is not in From", "a typo"},
		{"to-relative", rules{{From: "/a", To: "b"}}, []string{"invalid 1"}, "must begin with /", "relative to what"},
		{"to-empty", rules{{From: "/a"}}, []string{"invalid 1"}, "empty", "forgotten"},
		{"to-newline", rules{{From: "/a", To: "/b\r\nX: y"}}, []string{"invalid 1"}, "control character", "header injection"},
		{"to-dots", rules{{From: "/a", To: "/b/../c"}}, []string{"invalid 1"}, "..", "browsers resolve it"},
		{"to-name-in-host", rules{{From: "/:a", To: "https://:a/"}}, []string{"invalid 1"}, "", "an open redirect"},
		{"to-after-distribution", rules{{From: "/a", To: "https://{distribution}.evil.example/"}}, []string{"invalid 1"}, "{distribution}", "another host"},
		{"off-site", rules{{From: "/a", To: "https://other.example/b"}}, []string{"off-site 1"}, `add "https://other.example" to Origins`, "not allowed"},
		{"off-site-slashes", rules{{From: "/a", To: "//other.example/b"}}, []string{"invalid 1"}, "https://", "which scheme"},
		{"off-site-backslash", rules{{From: "/a", To: `/\other.example/b`}}, []string{"invalid 1"}, "https://other.example", "as browsers read it"},
		{"too-long", rules{{From: "/a", To: "/" + strings.Repeat("b", 8191)}}, []string{"too-long 1"}, "8192", "CloudFront's limit"},
		{"too-long-escaped", rules{{From: "/a", To: "/" + strings.Repeat("é", 2000)}}, []string{"too-long 1"}, "must be less", "when escaped"},
		{"from-too-long", rules{{From: "/" + strings.Repeat("a", 8191), To: "/b"}}, []string{"invalid 1"}, "414", "no such request"},
		{"method", rules{{From: "/a", To: "/b", When: redirect.When{Method: []string{"get"}}}}, []string{"invalid 1"}, "upper case", "methods have case"},
		{"country", rules{{From: "/a", To: "/b", When: country("Germany")}}, []string{"invalid 1"}, "two letters", "a code"},
		{"language", rules{{From: "/a", To: "/b", When: redirect.When{Language: []string{"fr_FR"}}}}, []string{"invalid 1"}, "pt-BR", "a tag"},
		{"header", rules{{From: "/a", To: "/b", When: redirect.When{Header: []redirect.Field{{Name: "a b"}}}}}, []string{"invalid 1"}, "name of a header", "not a name"},
		{"referer", rules{{From: "/a", To: "/b", When: redirect.When{Referer: []string{"https://a/", "a?b", "a/*b", "a b", ""}}}}, []string{"invalid 1"}, "scheme", "host and path only"},
		{"cache-control", rules{{From: "/a", To: "/b", CacheControl: "a\nb"}}, []string{"invalid 1"}, "CacheControl", "header injection"},

		{"self", rules{{From: "/a", To: "/a"}}, []string{"loop 1"}, "already is", "never redirects"},
		{"self-escaped", rules{{From: "/%7Ea", To: "/~a"}}, []string{"loop 1"}, "already is", "the same path"},
		{"self-splat", rules{{From: "/a/*", To: "/a/:splat"}}, []string{"loop 1"}, "already is", "never redirects"},
		{"loop-two", rules{{From: "/a", To: "/b"}, {From: "/b", To: "/a"}}, []string{"loop 1"}, "/a -> /b -> /a (rule 1, rule 2)", "reported once"},
		{"loop-three", rules{{From: "/a", To: "/b"}, {From: "/b", To: "/c"}, {From: "/c", To: "/a"}}, []string{"loop 1"}, "rule 3", "over several rules"},
		{"loop-wildcards", rules{{From: "/a/*", To: "/b/:splat"}, {From: "/b/:x", To: "/a/:x"}}, []string{"loop 1"}, "/a/:splat -> /b/:splat -> /a/:splat", "over patterns"},
		{"loop-growing", rules{{From: "/a/*", To: "/a/b/:splat"}}, []string{"loop 1"}, "more than 16", "never the same twice"},
		{"loop-into", rules{{From: "/x", To: "/a"}, {From: "/a", To: "/b"}, {From: "/b", To: "/a"}}, []string{"loop 1"}, "goes on without end", "leads into one"},
		{"loop-query", rules{{From: "/a", To: "/b"}, {From: "/b", To: "/a", When: query}}, []string{"loop 1"}, "", "only with a query"},
		{"loop-same-condition", rules{{From: "/a", To: "/b", When: country("DE")}, {From: "/b", To: "/a", When: country("DE")}}, []string{"loop 1"}, "", "the same viewer"},
		{"loop-distribution", rules{{From: "/a", To: "https://{distribution}/b"}, {From: "/b", To: "/a"}}, []string{"loop 1"}, "", "over its own domain"},
		{"no-loop-conditions", rules{{From: "/a", To: "/b", When: country("DE")}, {From: "/b", To: "/a", When: country("FR")}}, nil, "", "never the same viewer"},
		{"no-loop-drop", rules{{From: "/a", To: "/a", When: query, Query: redirect.Drop}}, nil, "", "strips the query and ends"},
		{"no-loop-all", rules{{From: "/*", To: "/home"}}, nil, "", "ends at its own target"},
		{"no-loop-index", rules{{From: "/", To: "/index.html"}}, nil, "", "another path"},

		{"chain", rules{{From: "/a", To: "/b"}, {From: "/b", To: "/c"}}, []string{"chain 1"}, `leads to "/b", which rule 2 redirects again; write "/c"`, "flattened"},
		{"chain-three", rules{{From: "/a", To: "/b"}, {From: "/b", To: "/c"}, {From: "/c", To: "/d"}}, []string{"chain 1", "chain 2"}, `write "/d"`, "flattened to its end"},
		{"chain-wildcards", rules{{From: "/a/*", To: "/b/:splat"}, {From: "/b/*", To: "/c/:splat"}}, []string{"chain 1"}, `write "/c/:splat"`, "flattened with names"},
		{"chain-maybe", rules{{From: "/a", To: "/b"}, {From: "/b", To: "/c", When: country("DE")}}, nil, "", "for some viewers only"},
		{"chain-same-condition", rules{{From: "/a", To: "/b", When: country("DE")}, {From: "/b", To: "/c", When: country("DE")}}, []string{"chain 1"}, `write "/c"`, "for all its viewers"},

		{"duplicate", rules{{From: "/a", To: "/b"}, {From: "/a", To: "/c"}}, []string{"duplicate 2"}, "rule 1", "never has its turn"},
		{"duplicate-escaped", rules{{From: "/~a", To: "/b"}, {From: "/%7ea", To: "/c"}}, []string{"duplicate 2"}, "rule 1", "the same path"},
		{"duplicate-conditional", rules{{From: "/a", To: "/b", When: country("DE")}, {From: "/a", To: "/c", When: country("DE")}}, []string{"duplicate 2"}, "rule 1", "the same viewers"},
		{"no-duplicate", rules{{From: "/a", To: "/b", When: country("DE")}, {From: "/a", To: "/c"}}, nil, "", "for the others"},
		{"unreachable-after", rules{{From: "/a", To: "/b"}, {From: "/a", To: "/c", When: country("DE")}}, []string{"duplicate 2"}, "rule 1", "the first takes all"},
		{"unreachable", rules{{From: "/a/*", To: "/b/:splat"}, {From: "/a/x", To: "/c"}}, []string{"unreachable 2"}, `rule 1, "/a/*"`, "under a wildcard"},
		{"unreachable-wildcard", rules{{From: "/*", To: "/home"}, {From: "/a/*", To: "/c"}}, []string{"unreachable 2"}, `rule 1, "/*"`, "under a wider wildcard"},
		{"reachable-wildcard", rules{{From: "/a/:x", To: "/b"}, {From: "/a/*", To: "/c"}}, nil, "", "longer paths"},
		{"reachable-method", rules{{From: "/a", To: "/b", When: redirect.When{Method: []string{"GET"}}}, {From: "/a", To: "/c"}}, nil, "", "other methods"},
		{"reachable-unless", rules{{From: "/a", To: "/b", Unless: redirect.When{Cookie: []redirect.Field{{Name: "x"}}}}, {From: "/a", To: "/c"}}, nil, "", "those with the cookie"},
		{"impossible", rules{{From: "/a", To: "/b", When: query, Unless: query}}, []string{"unreachable 1"}, "exclude each other", "never both"},
		{"host-apart", rules{{From: "//a.example/x", To: "/b"}, {From: "//b.example/x", To: "/c"}}, nil, "", "other hosts"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table, err := redirect.Compile(redirect.Config{Rules: tt.rules, Trigger: edge.OriginRequest})
			if diff := cmp.Diff(tt.want, mistakes(t, err)); diff != "" {
				t.Fatalf("mistakes (-want +got), %s:\n%s\n%v", tt.reason, diff, err)
			}
			if (table == nil) != (err != nil) {
				t.Errorf("table = %v with error %v", table, err)
			}
			if err != nil && !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error %q does not say %q", err, tt.text)
			}
		})
	}
}

func TestTolerate(t *testing.T) {
	rules := []redirect.Rule{{From: "/a", To: "/b"}, {From: "/a", To: "/c"}, {From: "/b", To: "/d"}}
	if _, err := redirect.Compile(redirect.Config{Rules: rules, Tolerate: []string{"duplicate", "chain"}}); err != nil {
		t.Errorf("tolerated mistakes are reported: %v", err)
	}
	for _, kind := range []string{"loop", "off-site", "invalid", "Chain", ""} {
		if _, err := redirect.Compile(redirect.Config{Tolerate: []string{kind}}); err == nil {
			t.Errorf("Tolerate %q: no error", kind)
		}
	}
}

func TestConfigErrors(t *testing.T) {
	for name, c := range map[string]redirect.Config{
		"origin":   {Origins: []string{"example.com"}},
		"index":    {Index: "/index.html"},
		"language": {Languages: []string{"fr_FR"}},
	} {
		if table, err := redirect.Compile(c); err == nil || table != nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestCacheKey(t *testing.T) {
	rule := redirect.Rule{From: "https://a.example/x", To: "/y", When: redirect.When{
		Referer:  []string{"self"},
		Country:  []string{"DE"},
		Language: []string{"de"},
		Header:   []redirect.Field{{Name: "X-Test"}},
		Cookie:   []redirect.Field{{Name: "lang", Value: "de"}},
	}, Unless: redirect.When{Query: []redirect.Field{{Name: "keep"}}}}
	want := []string{
		"cookie:lang", "header:accept-language", "header:cloudfront-forwarded-proto", "header:cloudfront-viewer-country",
		"header:host", "header:referer", "header:x-test", "query:*", "query:keep",
	}
	if diff := cmp.Diff(want, rule.CacheKey()); diff != "" {
		t.Errorf("CacheKey (-want +got):\n%s", diff)
	}
	_, err := redirect.Compile(redirect.Config{Rules: []redirect.Rule{rule}, CacheKey: []string{"header:Host", "query:*", "cookie:*"}})
	if diff := cmp.Diff([]string{"uncached 1"}, mistakes(t, err)); diff != "" {
		t.Fatalf("mistakes (-want +got):\n%s", diff)
	}
	if text := err.Error(); !strings.Contains(text, "depends on header:accept-language, header:cloudfront-forwarded-proto, header:cloudfront-viewer-country, header:referer, header:x-test,") {
		t.Errorf("error %q", text)
	}
	if _, err := redirect.Compile(redirect.Config{Rules: []redirect.Rule{rule}, CacheKey: want}); err != nil {
		t.Errorf("everything is in the key: %v", err)
	}
	if _, err := redirect.Compile(redirect.Config{Rules: []redirect.Rule{rule}, CacheKey: []string{}}); err == nil {
		t.Error("nothing but the path is in the key: no error")
	}
}

// TestCallersLists: Compile neither changes nor keeps what it is given.
func TestCallersLists(t *testing.T) {
	rules := []redirect.Rule{{From: "/a", To: "/b", When: redirect.When{Referer: []string{"self/%7ex"}}}}
	table := compile(t, redirect.Config{Rules: rules})
	if got := rules[0].When.Referer[0]; got != "self/%7ex" {
		t.Errorf("the caller's list is now %q", got)
	}
	rules[0].When.Referer[0] = "none"
	if got := where(table, request("/a", "", "Referer", "https://"+domain+"/~x")); got != "302 /b" {
		t.Errorf("got %q; want the table unchanged", got)
	}
}
