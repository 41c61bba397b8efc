package redirect_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/google/go-cmp/cmp"
)

// TestPass: a rule that lets requests pass keeps them from later ones.
func TestPass(t *testing.T) {
	table := compile(t, redirect.Config{Origins: []string{"https://new.example"}, Rules: []redirect.Rule{
		{From: "/api/login", To: "/api/in"},
		{From: "/api/*", Pass: true},
		{From: "/beta/*", Pass: true, When: redirect.When{Cookie: []redirect.Field{{Name: "beta"}}}},
		{From: "/chain", To: "/api/x"},
		{From: "/*", To: "https://new.example/:splat", Status: 301},
	}})
	tests := []struct{ name, uri, cookie, want, reason string }{
		{"passes", "/api/u", "", "", "the wildcard behind it does not get it"},
		{"before", "/api/login", "", "302 /api/in", "an earlier rule does"},
		{"other", "/u", "", "301 https://new.example/u", "it is for its own paths"},
		{"condition", "/beta/x", "beta=1", "", "its condition holds"},
		{"condition-not", "/beta/x", "", "301 https://new.example/beta/x", "its condition does not"},
		{"leads-to", "/chain", "", "302 /api/x", "what it lets pass ends there"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request(tt.uri, "")
			if tt.cookie != "" {
				r.Header.Set("Cookie", tt.cookie)
			}
			if got := where(table, r); got != tt.want {
				t.Errorf("got %q; want %q (%s)\n%s", got, tt.want, tt.reason, table.Explain(r))
			}
		})
	}
	r := request("/api/u", "")
	if outcome, err := table.Handle(t.Context(), r); outcome != edge.Outcome(r) || err != nil {
		t.Errorf("Handle = %v, %v; want the request", outcome, err)
	}
	if m, ok := table.Lookup(r); ok || m != (redirect.Match{}) {
		t.Errorf("Lookup = %+v, %v; want nothing", m, ok)
	}
	if text := table.Explain(r); !strings.Contains(text, "rule /api/*: lets the request pass") || !strings.Contains(text, "answer: none") {
		t.Errorf("Explain says %q", text)
	}
	// What a condition has decided, caches have to know.
	if m, _ := table.Lookup(request("/beta/x", "")); m.Vary != "cookie" {
		t.Errorf("Vary %q; want cookie", m.Vary)
	}
}

// TestWarnings are mistakes that a single rule has and that may be tolerated.
func TestWarnings(t *testing.T) {
	type when = redirect.When
	referer := func(list ...string) redirect.Rule {
		return redirect.Rule{From: "/a", To: "/b", When: when{Referer: list}}
	}
	tests := []struct {
		name   string
		config redirect.Config
		rule   redirect.Rule
		want   []string
		text   string
		reason string
	}{
		{"country", redirect.Config{}, redirect.Rule{From: "/a", To: "/b", When: when{Country: []string{"DE"}}}, []string{"trigger 1"}, "cloudfront-viewer-country", "not known before the cache"},
		{"country-unless", redirect.Config{}, redirect.Rule{From: "/a", To: "/b", Unless: when{Country: []string{"DE"}}}, []string{"trigger 1"}, "cloudfront-viewer-country", "not known before the cache"},
		{"country-viewer", redirect.Config{Trigger: edge.ViewerRequest}, redirect.Rule{From: "/a", To: "/b", When: when{Country: []string{"DE"}}}, []string{"trigger 1"}, "run the table at origin-request", "as by default"},
		{"country-origin", redirect.Config{Trigger: edge.OriginRequest}, redirect.Rule{From: "/a", To: "/b", When: when{Country: []string{"DE"}}}, nil, "", "known there"},
		{"country-key", redirect.Config{CacheKey: []string{"header:*", "query:*"}}, redirect.Rule{From: "/a", To: "/b", When: when{Country: []string{"DE"}}}, nil, "", "a cache key is for origin-request"},
		{"http", redirect.Config{}, redirect.Rule{From: "http://a.example/*", To: "/b"}, []string{"trigger 1"}, "cloudfront-forwarded-proto", "https is taken for granted"},
		{"https", redirect.Config{}, redirect.Rule{From: "https://a.example/*", To: "/b"}, nil, "", "which is right here"},
		{"header", redirect.Config{}, redirect.Rule{From: "/a", To: "/b", When: when{Header: []redirect.Field{{Name: "CloudFront-Is-Mobile-Viewer", Value: "true"}}}}, []string{"trigger 1"}, "cloudfront-is-mobile-viewer", "what stands there is the viewer's own"},
		{"header-other", redirect.Config{}, redirect.Rule{From: "/a", To: "/b", When: when{Header: []redirect.Field{{Name: "X-A"}}}}, nil, "", "not CloudFront's"},
		{"pass", redirect.Config{}, redirect.Rule{From: "/a", Pass: true, When: when{Country: []string{"DE"}}}, []string{"trigger 1"}, "", "a rule like others"},

		{"referer-path", redirect.Config{}, referer("partner.example/deals"), []string{"referer 1"}, `write "partner.example"`, "browsers send the origin only"},
		{"referer-prefix", redirect.Config{}, referer("partner.example/deals/*"), []string{"referer 1"}, "strict-origin-when-cross-origin", "the same"},
		{"referer-wild", redirect.Config{}, referer("self", "*.partner.example/x"), []string{"referer 1"}, "", "the same"},
		{"referer-unless", redirect.Config{}, redirect.Rule{From: "/a", To: "/b", Unless: when{Referer: []string{"partner.example/x"}}}, []string{"referer 1"}, "", "the same"},
		{"referer-host", redirect.Config{}, referer("partner.example", "*.partner.example"), nil, "", "what they do send"},
		{"referer-root", redirect.Config{}, referer("partner.example/", "partner.example/*"), nil, "", "the path that is left is /"},
		{"referer-index", redirect.Config{Index: "index.html"}, referer("partner.example/index.html"), nil, "", "the same page as /"},
		{"referer-self", redirect.Config{}, referer("/deals", "self/deals/*"), nil, "", "a site tells itself everything"},

		{"placeholder", redirect.Config{}, redirect.Rule{From: "/:slug", To: "/x/:Slug"}, []string{"placeholder 1"}, ":Slug is not in From", "names have case"},
		{"placeholder-braces", redirect.Config{}, redirect.Rule{From: "/:id", To: "/x/{id}"}, []string{"placeholder 1"}, "write :id", "another language"},
		{"placeholder-dollar", redirect.Config{}, redirect.Rule{From: "/a/*", To: "/x/$1"}, []string{"placeholder 1"}, "such as :splat", "another language"},
		{"placeholder-star", redirect.Config{}, redirect.Rule{From: "/a/*", To: "/x/*"}, []string{"placeholder 1"}, "write :splat", "a star is one"},
		{"placeholder-between", redirect.Config{}, redirect.Rule{From: "/a", To: "/sites/:b:/g"}, nil, "", "a document library's address"},
		{"placeholder-text", redirect.Config{}, redirect.Rule{From: "/a", To: "/wiki/Special:Find"}, nil, "", "a title"},
		{"placeholder-money", redirect.Config{}, redirect.Rule{From: "/a", To: "/for/$1"}, nil, "", "nothing could stand there"},
		{"query-hyphen", redirect.Config{}, redirect.Rule{From: "/a", To: "/b/:go-get", When: when{Query: []redirect.Field{{Name: "go-get", Value: ":go-get"}}}}, nil, "", "a name with a hyphen"},

		{"pass-to", redirect.Config{}, redirect.Rule{From: "/a", To: "/b", Pass: true}, []string{"invalid 1"}, "leave To", "both at once"},
		{"pass-status", redirect.Config{}, redirect.Rule{From: "/a", Status: 301, Pass: true}, []string{"invalid 1"}, "leave To, Status", "of what answer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := tt.config
			c.Rules = []redirect.Rule{tt.rule}
			_, err := redirect.Compile(c)
			if diff := cmp.Diff(tt.want, mistakes(t, err)); diff != "" {
				t.Fatalf("mistakes (-want +got), %s:\n%s\n%v", tt.reason, diff, err)
			}
			if err != nil && !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error %q does not say %q", err, tt.text)
			}
			for _, m := range tt.want {
				kind, _, _ := strings.Cut(m, " ")
				c.Tolerate = append(c.Tolerate, kind)
			}
			if _, err := redirect.Compile(c); err != nil && tt.want[0] != "invalid 1" {
				t.Errorf("tolerated: %v", err)
			}
		})
	}
}

// TestNeedsOriginRequest: what a rule needs it says in the words of a cache key.
func TestNeedsOriginRequest(t *testing.T) {
	rule := redirect.Rule{From: "http://a.example/x", To: "/y", When: redirect.When{
		Country: []string{"DE"}, Referer: []string{"self"}, Header: []redirect.Field{{Name: "CloudFront-Viewer-City"}, {Name: "X-A"}},
	}}
	want := []string{"header:cloudfront-forwarded-proto", "header:cloudfront-viewer-city", "header:cloudfront-viewer-country"}
	if diff := cmp.Diff(want, rule.NeedsOriginRequest()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if needs := (&redirect.Rule{From: "https://a.example/x", To: "/y"}).NeedsOriginRequest(); needs != nil {
		t.Errorf("a rule that can be at viewer-request needs %v", needs)
	}
}

// TestCompileSeq: rules that come one at a time give the same table as a list, and
// the same mistakes.
func TestCompileSeq(t *testing.T) {
	rules := []redirect.Rule{{From: "/a", To: "/b", Line: 3}, {From: "/x/*", To: "/y/:splat"}, {From: "/n", Pass: true}}
	each := func(yield func(redirect.Rule) bool) {
		for _, r := range rules {
			if !yield(r) {
				return
			}
		}
	}
	seq, err := redirect.CompileSeq(redirect.Config{}, each)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := compile(t, redirect.Config{Rules: rules}).MarshalBinary()
	var got strings.Builder
	if n, err := seq.WriteTo(&got); err != nil || n != int64(len(want)) || got.String() != string(want) {
		t.Errorf("WriteTo gives %d bytes, %v; want the %d of Compile", n, err, len(want))
	}
	rules = append(rules, redirect.Rule{From: "bad", To: "/"}, redirect.Rule{From: "/a", To: "/c", Line: 9})
	_, err = redirect.CompileSeq(redirect.Config{Rules: []redirect.Rule{{From: "/0", To: "/1"}}}, each)
	if diff := cmp.Diff([]string{"invalid 5", "duplicate 6"}, mistakes(t, err)); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
	if err != nil && !strings.Contains(err.Error(), `line 9, "/a": duplicate: line 3 is for`) {
		t.Errorf("error %q", err)
	}
}
