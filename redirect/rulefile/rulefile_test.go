package rulefile_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
	"github.com/google/go-cmp/cmp"
)

// summary returns what a rule says, in words.
func summary(r redirect.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d: %s -> %s %d %s", r.Line, r.From, r.To, r.Status, r.Query)
	for _, q := range r.When.Query {
		fmt.Fprintf(&b, " ?%s=%s", q.Name, q.Value)
	}
	for _, list := range []struct {
		name   string
		values []string
	}{{"country", r.When.Country}, {"language", r.When.Language}, {"referer", r.When.Referer}} {
		if list.values != nil {
			fmt.Fprintf(&b, " %s=%s", list.name, strings.Join(list.values, ","))
		}
	}
	for _, c := range r.When.Cookie {
		fmt.Fprintf(&b, " cookie=%s", c.Name)
	}
	return b.String()
}

// problems returns the errors of err, one by one.
func problems(err error) []string {
	if err == nil {
		return nil
	}
	var list []string
	for _, err := range err.(interface{ Unwrap() []error }).Unwrap() {
		list = append(list, err.Error())
	}
	return list
}

func TestParse(t *testing.T) {
	const netlify, cloudflare = rulefile.Netlify, rulefile.Cloudflare
	tests := []struct {
		name    string
		dialect rulefile.Dialect
		text    string
		rules   []string
		errors  []string // what each begins with
		reason  string
	}{
		{"empty", netlify, "", nil, nil, "no rules"},
		{"blank", netlify, "\n \t\n\r\n", nil, nil, "no rules"},
		{"comments", netlify, "# a\n  #b\n/a /b # c\n/c /d #e", []string{"3: /a -> /b 301 TargetWins", "4: /c -> /d 301 TargetWins"}, nil, "alone and behind"},
		{"byte-order-mark", netlify, "\ufeff/a /b", []string{"1: /a -> /b 301 TargetWins"}, nil, "editors write it"},
		{"carriage-returns", netlify, "/a /b\r\n/c /d\r\n", []string{"1: /a -> /b 301 TargetWins", "2: /c -> /d 301 TargetWins"}, nil, "editors write them"},
		{"tabs", netlify, "\t/a\t\t/b\t302 ", []string{"1: /a -> /b 302 TargetWins"}, nil, "blanks of all kinds"},
		{"fragment", netlify, "/a /b#c 302", []string{"1: /a -> /b#c 302 TargetWins"}, nil, "no comment within a part"},
		{"force", netlify, "/a /b 302!", []string{"1: /a -> /b 302 TargetWins"}, nil, "every rule is forced"},
		{"default-netlify", netlify, "/a /b", []string{"1: /a -> /b 301 TargetWins"}, nil, "Netlify's default"},
		{"default-cloudflare", cloudflare, "/a /b", []string{"1: /a -> /b 302 TargetWins"}, nil, "Cloudflare's default"},
		{"no-slash", netlify, "a /b", []string{"1: /a -> /b 301 TargetWins"}, nil, "both hosts take it for a path"},
		{"source-url", netlify, "http://old.example/* https://new.example/:splat 301!", []string{"1: http://old.example/* -> https://new.example/:splat 301 TargetWins"}, nil, "hosts match"},
		{"query", netlify, "/s id=:id page=2 /p/:id 302", []string{"1: /s -> /p/:id 302 Drop ?id=:id ?page=2"}, nil, "parameters and captures"},
		{"query-value", netlify, "/s x=a=b /p", []string{"1: /s -> /p 301 Drop ?x=a=b"}, nil, "the first = separates"},
		{"conditions", netlify, "/ /cn 302 Country=cn,TW Language=zh", []string{"1: / -> /cn 302 TargetWins country=cn,TW language=zh"}, nil, "lists"},
		{"conditions-small", netlify, "/ /cn 302 country=cn", []string{"1: / -> /cn 302 TargetWins country=cn"}, nil, "small letters too"},
		{"conditions-no-status", netlify, "/ /cn Country=cn", []string{"1: / -> /cn 301 TargetWins country=cn"}, nil, "the status is optional"},
		{"referer", netlify, "/ /cn 302 Referer=/index.html,none", []string{"1: / -> /cn 302 TargetWins referer=/index.html,none"}, nil, "this package's own"},
		{"cookie", netlify, "/ /new 302 Cookie=beta", []string{"1: / -> /new 302 TargetWins cookie=beta"}, nil, "present"},

		{"no-target", netlify, "/a", nil, []string{"1:3: syntax: no target"}, "one part"},
		{"no-target-status", netlify, "/a 301", nil, []string{"1:4: unsupported: no target"}, "a rewrite to itself"},
		{"no-target-query", netlify, "/a b=c", nil, []string{"1:7: syntax: no target after"}, "a parameter only"},
		{"target-word", netlify, "/a b 301", nil, []string{`1:4: syntax: target "b"; must begin with /, https:// or http://; did you mean "/b"?`}, "no slash"},
		{"target-host", netlify, "/a www.example.com", nil, []string{`1:4: syntax: target "www.example.com"; must begin with /, https:// or http://; did you mean "/www.example.com" or "https://www.example.com"?`}, "no scheme"},
		{"target-scheme", netlify, "/a htps://b.example/c", nil, []string{`1:4: syntax: target "htps://b.example/c"; must begin with /, https:// or http://; did you mean "https://b.example/c"?`}, "a typo"},
		{"headers-file", netlify, "/a\n  X-Frame-Options: DENY", nil, []string{"1:3: syntax: no target", "2:20: syntax: target"}, "a _headers file"},
		{"rewrite", netlify, "/* /index.html 200", nil, []string{"1:16: unsupported: status 200 asks for a rewrite"}, "no redirect"},
		{"error-page", netlify, "/* /404.html 404", nil, []string{"1:14: unsupported: status 404 asks for an error page"}, "no redirect"},
		{"status-typo", netlify, "/a /b 3O1", nil, []string{`1:7: syntax: status "3O1"; must be 301, 302, 303, 307 or 308; did you mean 301?`}, "a letter"},
		{"status-other", netlify, "/a /b 305", nil, []string{"1:7: syntax: status 305"}, "deprecated"},
		{"condition-typo", netlify, "/ /cn 302 Contry=cn", nil, []string{`1:11: syntax: unknown condition "Contry"; did you mean "Country"?`}, "a typo"},
		{"condition-other", netlify, "/ /cn 302 Weather=fine", nil, []string{`1:11: syntax: unknown condition "Weather"`}, "nothing near"},
		{"condition-empty", netlify, "/ /cn 302 Country=cn,,tw", nil, []string{"1:11: syntax: got"}, "an empty value"},
		{"condition-twice", netlify, "/ /cn 302 Country=cn country=tw", nil, []string{"1:22: syntax: a second Country"}, "one would be lost"},
		{"condition-word", netlify, "/ /cn 302 Country", nil, []string{`1:11: syntax: got "Country"; must be a condition`}, "no value"},
		{"role", netlify, "/a /b 302 Role=admin", nil, []string{"1:11: unsupported: Role"}, "Netlify's own"},
		{"sign", netlify, "/a https://b.example 302 Sign=KEY", nil, []string{"1:26: unsupported: Sign"}, "Netlify's own"},
		{"cookies", netlify, "/a /b 302 Cookie=x,y", nil, []string{"1:11: unsupported:"}, "several"},
		{"netlify-path", netlify, "/.netlify/functions/x /b", nil, []string{"1:1: unsupported:"}, "Netlify's own"},
		{"source-query", netlify, "/a?b=c /d", nil, []string{`1:1: syntax: source "/a?b=c"; the query is not part of it; write "/a b=c"`}, "not dropped silently"},
		{"source-fragment", netlify, "/a#b /d", nil, []string{"1:1: syntax: source"}, "never sent"},
		{"source-slashes", netlify, "//a /d", nil, []string{"1:1: syntax: source"}, "a host or a path"},
		{"query-joined", netlify, "/a b=c&d=e /f", nil, []string{`1:4: syntax: got "b=c&d=e"; separate parameters with spaces: "b=c d=e"`}, "one by one"},
		{"query-word", netlify, "/a b /c", nil, []string{`1:4: syntax: got "b" between source and target`}, "no value"},
		{"all-at-once", netlify, "/a\n/b /c 9\n/d /e", []string{"3: /d -> /e 301 TargetWins"}, []string{"1:3:", "2:7:"}, "the good lines stay"},
		{"both-ends", netlify, "/a?b /c 9 X=y", nil, []string{"1:1:", "1:9:", "1:11:"}, "all of one line"},

		{"cloudflare-condition", cloudflare, "/a /b 302 Country=de", nil, []string{"1:11: syntax: got"}, "Netlify's"},
		{"cloudflare-no-status", cloudflare, "/a /b Country=de", nil, []string{"1:7: syntax: status"}, "Netlify's"},
		{"cloudflare-force", cloudflare, "/a /b 302!", nil, []string{`1:7: syntax: status "302!"; must be 301, 302, 303, 307 or 308; the exclamation mark is Netlify's`}, "Netlify's"},
		{"cloudflare-query", cloudflare, "/a b=c /d", nil, []string{"1:4: syntax: got"}, "Netlify's"},
		{"cloudflare-source-url", cloudflare, "https://a.example/b /c", nil, []string{"1:1: syntax: source"}, "no hosts"},
		{"cloudflare-spaces", cloudflare, "/some page /some where", nil, []string{"1:7: syntax: got"}, "to be escaped"},
		{"cloudflare-rewrite", cloudflare, "/a /b 200", nil, []string{"1:7: unsupported:"}, "no redirect"},

		{"expect-form", netlify, "# expect: GET /a\n# expect: get /a -> pass\n# expect: GET /a -> no\n# expect: GET a -> pass\n# expect: GET /a b -> pass", nil, []string{"1:1:", "2:1:", "3:1:", "4:1:", "5:1:"}, "each is wrong"},
		{"expect-typo", netlify, "# expct: GET /a -> pass\n# orgin: https://a.example\n# note: /a -> b\n# see http://example.com", nil, []string{`1:1: syntax: comment "# expct:"; did you mean "# expect:"?`, "2:1:"}, "would be silent"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, err := rulefile.Parse(tt.text, tt.dialect)
			var rules []string
			for _, r := range file.Config.Rules {
				rules = append(rules, summary(r))
			}
			if diff := cmp.Diff(tt.rules, rules); diff != "" {
				t.Errorf("rules (-want +got), %s:\n%s", tt.reason, diff)
			}
			got := problems(err)
			for i := range min(len(got), len(tt.errors)) {
				if strings.HasPrefix(got[i], tt.errors[i]) {
					got[i] = tt.errors[i]
				}
			}
			if diff := cmp.Diff(tt.errors, got); diff != "" {
				t.Errorf("errors (-want +got), %s:\n%s", tt.reason, diff)
			}
		})
	}
}

const sample = `
# origin: https://shop.example https://help.example
/blog/my-post.php   /blog/my-post
/news/*             /blog/:splat             302
/store  id=:id      /products/:id            301
/cart               https://shop.example/    302
/                   /cn                      302  Country=cn,tw
/docs               /manual/                 308

# expect: GET /news/today?page=2 -> 302 /blog/today?page=2
# expect: GET /store?id=a+b&utm=1 -> 301 /products/a%20b
# expect: GET /store?page=2 -> pass
# expect: GET / Country=TW -> 302 /cn
# expect: GET / Country=DE -> pass
# expect: GET /cart?x=%20 -> 302 https://shop.example/?x=%20
# expect: GET /docs/ -> 308 /manual/
# expect: GET https://www.example.com/docs -> 308 /manual/
`

func TestFile(t *testing.T) {
	file, err := rulefile.Parse(sample, rulefile.Netlify)
	if err != nil {
		t.Fatal(err)
	}
	table, err := file.Compile()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(file.Expectations); n != 8 {
		t.Errorf("%d expectations; want 8", n)
	}
	if err := file.Test(table); err != nil {
		t.Error(err)
	}
	file.Expectations[0].Want = "pass"
	err = file.Test(table)
	if err == nil || !strings.HasPrefix(err.Error(), "10:1: expect: got 302 /blog/today?page=2; want pass") {
		t.Errorf("a wrong expectation gives %v", err)
	}
}

// TestQueryCases are the four cases of Netlify's tests for queries (netlify/cli,
// pull request 2017), less the one for its functions, and Cloudflare's one for
// fragments.
func TestQueryCases(t *testing.T) {
	file, err := rulefile.Parse("/foo / 302\n/bar /?a=1&a=2&b=3 302\n/test id=:id /?param=:id\n/hash /there#part 302\n", rulefile.Netlify)
	if err != nil {
		t.Fatal(err)
	}
	table, err := file.Compile()
	if err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]string{
		"/foo?x=1&x=2":   "/?x=1&x=2",
		"/bar?x=1":       "/?a=1&a=2&b=3",
		"/test?id=1&x=2": "/?param=1",
		"/hash?x=1":      "/there?x=1#part",
	} {
		r, err := rulefile.NewRequest("GET", target)
		if err != nil {
			t.Fatal(err)
		}
		if m, _ := table.Lookup(r); m.Location != want {
			t.Errorf("%s: got %q; want %q", target, m.Location, want)
		}
	}
}

// TestCompileErrors: what only the whole table shows has line and column too.
func TestCompileErrors(t *testing.T) {
	file, err := rulefile.Parse("/a /b\n\n/c   https://other.example/\n/b /a\n /d /x/:name\n/a /z", rulefile.Cloudflare)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.Compile()
	want := []string{
		"1:4: loop: goes on without end: /a -> /b -> /a (line 1, line 4); let one of them lead elsewhere",
		`3:6: off-site: To "https://other.example/": leaves the site; add "https://other.example" to Origins if it is meant to`,
		`5:5: invalid: To "/x/:name": :name is not in From; write %3Aname if the colon is a colon`,
		"6:1: duplicate: line 1 is for the same requests and comes first; delete one",
	}
	if diff := cmp.Diff(want, problems(err)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	if _, ok := errors.AsType[*rulefile.Error](err); !ok {
		t.Errorf("%T is no *rulefile.Error", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample, true)
	f.Add(sample, false)
	f.Add("/a b=c&d /e 302! Country=x,y Role=z\n/c\t/d#e #f\r\n# expect: GET /a X=y -> 302 /b", true)
	f.Fuzz(func(t *testing.T, text string, netlify bool) {
		d := rulefile.Cloudflare
		if netlify {
			d = rulefile.Netlify
		}
		file, err := rulefile.Parse(text, d)
		// Every line is a rule, a comment, blank, or in the error.
		reported := map[int]bool{}
		for _, p := range problems(err) {
			line, _, _ := strings.Cut(p, ":")
			n, err := strconv.Atoi(line)
			if err != nil || n < 1 {
				t.Fatalf("error without a line: %s", p)
			}
			reported[n] = true
		}
		for _, r := range file.Config.Rules {
			if reported[r.Line] {
				t.Fatalf("line %d is a rule and a mistake", r.Line)
			}
			reported[r.Line] = true
		}
		for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
			line = strings.Trim(strings.TrimSuffix(line, "\r"), " \t")
			if line != "" && line[0] != '#' && !reported[i+1] {
				t.Fatalf("line %d, %q, is dropped silently", i+1, line)
			}
		}
		if table, err := file.Compile(); err == nil {
			_ = file.Test(table)
		}
	})
}

func largeFile(n int) string {
	var b strings.Builder
	for i := range n {
		switch i % 3 {
		case 0:
			fmt.Fprintf(&b, "/archive/article-%05d.html   /library/article-%05d   301\n", i, i)
		case 1:
			fmt.Fprintf(&b, "/docs/v%d/*  /manual/%d/:splat  302!\n", i, i)
		case 2:
			fmt.Fprintf(&b, "/shop id=%d   /store/:splat-%d 301 Country=de,at # moved\n", i, i)
		}
	}
	return b.String()
}

func BenchmarkParse45000(b *testing.B) {
	text := largeFile(45000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rulefile.Parse(text, rulefile.Netlify); err != nil {
			b.Fatal(err)
		}
	}
}
