package rulefile_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
	"github.com/google/go-cmp/cmp"
)

// summary returns what a rule says, in words.
func summary(r redirect.Rule) string {
	var b strings.Builder
	if r.Pass {
		fmt.Fprintf(&b, "%d: %s passes", r.Line, r.From)
	} else {
		fmt.Fprintf(&b, "%d: %s -> %s %d %s", r.Line, r.From, r.To, r.Status, r.Query)
	}
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
		said    []string // what each mistake, and each note, begins with
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
		{"query-value", netlify, "/s x=a=b /p", []string{"1: /s -> /p 301 Drop ?x=a"}, []string{`note 1:4: syntax: Netlify leaves "=b" out and asks for "x=a"`}, "the parser splits at each ="},
		{"conditions", netlify, "/ /cn 302 Country=cn,TW Language=zh", []string{"1: / -> /cn 302 TargetWins country=cn,TW language=zh"}, nil, "lists"},
		{"conditions-small", netlify, "/ /cn 302 country=cn", []string{"1: / -> /cn 302 TargetWins country=cn"}, nil, "small letters too"},
		{"conditions-no-status", netlify, "/ /cn Country=cn", []string{"1: / -> /cn 301 TargetWins country=cn"}, []string{"note 1:7: dropped: the site never had this one: Netlify takes no condition without a status"}, "an invalid status there, plain to read here"},
		{"referer", netlify, "/ /cn 302 Referer=/index.html,none", []string{"1: / -> /cn 302 TargetWins referer=/index.html,none"}, nil, "this package's own"},
		{"cookie", netlify, "/ /new 302 Cookie=beta", []string{"1: / -> /new 302 TargetWins cookie=beta"}, nil, "present"},

		{"no-target", netlify, "/a", nil, []string{"1:3: syntax: no target"}, "one part"},
		{"no-target-status", netlify, "/a 301", nil, []string{`1:4: syntax: no target before the status "301"`}, "nothing to lead to"},
		{"forward", netlify, "/a/* 200", []string{"1: /a/* passes"}, []string{"note 1:6: unsupported: status 200 serves what is there, which is no redirect: such requests pass on to the origin"}, "a forward rule serves the paths themselves"},
		{"forward-no-splat", netlify, "/a 200", nil, []string{"note 1:4: dropped: the site never had this one: Netlify refuses a line without a target"}, "forward rules are for splats"},
		{"target-host-name", netlify, "/pr/:n https://pr-:n--x.example/\n/b https://b.example:8080/\n/c/* https://c.example?:splat", []string{"2: /b -> https://b.example:8080/ 301 TargetWins", "3: /c/* -> https://c.example?:splat 301 TargetWins"}, []string{`1:8: syntax: target "https://pr-:n--x.example/"; its host would depend on the request`}, "no list of hosts could allow it"},
		{"no-target-query", netlify, "/a b=c", nil, []string{"1:7: syntax: no target after"}, "a parameter only"},
		{"target-word", netlify, "/a b 301", nil, []string{`1:4: syntax: target "b"; must begin with /, https:// or http://; did you mean "/b"?`}, "no slash"},
		{"target-host", netlify, "/a www.example.com", nil, []string{`1:4: syntax: target "www.example.com"; must begin with /, https:// or http://; did you mean "/www.example.com" or "https://www.example.com"?`}, "no scheme"},
		{"target-scheme", netlify, "/a htps://b.example/c", nil, []string{`1:4: syntax: target "htps://b.example/c"; must begin with /, https:// or http://; did you mean "https://b.example/c"?`}, "a typo"},
		{"headers-file", netlify, "/a\n  X-Frame-Options: DENY", nil, []string{"1:3: syntax: no target", "2:20: syntax: target"}, "a _headers file"},
		{"rewrite", netlify, "/* /index.html 200", []string{"1: /* passes"}, []string{"note 1:16: unsupported: status 200 asks for a rewrite, which is no redirect: such requests pass on to the origin; for pages of an application"}, "no redirect"},
		{"rewrite-paths", netlify, "/img/* /:splat 200\n/a /b 200", []string{"1: /img/* passes", "2: /a passes"}, []string{"note 1:16: unsupported: status 200 asks for a rewrite, which is no redirect: such requests pass on to the origin; to serve another path, change it in a function of your own", "note 2:7: unsupported:"}, "no page for all"},
		{"rewrite-itself", netlify, "/img/* /img/:splat 200\n/a /a 200\n/b/* /b/* 200", []string{"1: /img/* passes", "2: /a passes", "3: /b/* passes"}, []string{"note 1:20: unsupported: status 200 serves what is there", "note 2:7: unsupported: status 200 serves what is there", "note 3:11: unsupported: status 200 serves what is there"}, "no hint is needed"},
		{"proxy", netlify, "/api/* https://api.example/:splat 200!", []string{"1: /api/* passes"}, []string{"note 1:35: unsupported: status 200 fetches from another host"}, "no redirect, and no host to allow"},
		{"rewrite-conditions", netlify, "/ /de 200 Country=de", []string{"1: / passes country=de"}, []string{"note 1:7: unsupported:"}, "others get to later lines"},
		{"rewrite-query", netlify, "/s id=:id /s/:id 200", []string{"1: /s passes ?id=:id"}, []string{"note 1:18: unsupported:"}, "others get to later lines"},
		{"error-page", netlify, "/* /404.html 404", []string{"1: /* passes"}, []string{"note 1:14: unsupported: status 404 asks for an error page, which is no redirect: such requests pass on"}, "no redirect"},
		{"gone", netlify, "/a / 410", []string{"1: /a passes"}, []string{"note 1:6: unsupported: status 410 is no redirect: such requests pass on"}, "no redirect"},
		{"status-typo", netlify, "/a /b 3O1", nil, []string{`1:7: syntax: status "3O1"; must be 301, 302, 303, 307 or 308; did you mean 301?`}, "a letter"},
		{"status-other", netlify, "/a /b 305", nil, []string{`1:7: syntax: status "305"`}, "deprecated"},
		{"status-digits", netlify, "/a /b 301!!\n/c /d 301.7\n/e /f 301# c", []string{"1: /a -> /b 301 TargetWins", "2: /c -> /d 301 TargetWins", "3: /e -> /f 301 TargetWins"}, []string{`note 1:7: syntax: Netlify reads "301!!" as 301`, "note 2:7:", "note 3:7:"}, "Netlify reads the digits"},
		{"status-short", netlify, "/a /b 30\n/a /b 3\n/a /b 0\n/a /b 999", nil, []string{`1:7: syntax: status "30"; must be 301, 302, 303, 307 or 308; did you mean 301?`, "2:7: syntax:", "3:7: syntax:", "4:7: syntax:"}, "Netlify takes them, but to what end?"},
		{"status-comment-condition", netlify, "/a /b 301# Country=de", []string{"1: /a -> /b 301 TargetWins country=de"}, []string{"note 1:7:"}, "no comment for Netlify"},
		{"condition-typo", netlify, "/ /cn 302 Contry=cn", nil, []string{`1:11: syntax: unknown condition "Contry"; did you mean "Country"?`}, "a typo"},
		{"condition-other", netlify, "/ /cn 302 Weather=fine", nil, []string{`1:11: syntax: unknown condition "Weather"`}, "nothing near"},
		{"condition-empty", netlify, "/ /cn 302 Country=cn,,tw", nil, []string{"1:11: syntax: got"}, "an empty value"},
		{"condition-twice", netlify, "/ /cn 302 Country=cn country=tw", nil, []string{"1:22: syntax: a second Country"}, "one would be lost"},
		{"condition-word", netlify, "/ /cn 302 Country", nil, []string{`1:11: syntax: got "Country"; must be a condition`}, "no value"},
		{"role", netlify, "/a /b 302 Role=admin", []string{"1: /a passes"}, []string{"note 1:11: unsupported: Role asks for Netlify's own identity service"}, "Netlify's own"},
		{"sign", netlify, "/a https://b.example 302 Sign=KEY\n/b /c 200 signed=KEY", []string{"1: /a passes", "2: /b passes"}, []string{"note 1:26: unsupported: Sign", "note 2:7: unsupported: status 200", "note 2:11: unsupported: signed"}, "Netlify's own"},
		{"cookies", netlify, "/a /b 302 Cookie=x,y", []string{"1: /a -> /b 302 TargetWins cookie=x", "1: /a -> /b 302 TargetWins cookie=y"}, nil, "netlify-redirector asks for each in turn"},
		{"netlify-path", netlify, "/.netlify/functions/x /b\nhttps://a.example/.netlify/x /b", nil, []string{"note 1:1: dropped: the site never had this one: Netlify refuses", "note 2:1: dropped:"}, "Netlify's own"},
		{"source-query", netlify, "/a?b=c&d=e#f /d", nil, []string{`note 1:1: dropped: the site never had this one: Netlify takes "?b=c&d=e#f" for a part of the path, which no request has there; write "/a b=c d=e" if it is to be asked for; it is left out here, too`}, "never matches"},
		{"source-url-query", netlify, "https://a.example/b?c#d /d", []string{"1: https://a.example/b -> /d 301 TargetWins"}, []string{`note 1:1: syntax: Netlify cuts "?c#d" off the source`}, "of a URL Netlify takes the path"},
		{"source-fragment", netlify, "/a#b /d", nil, []string{`note 1:1: dropped: the site never had this one: Netlify takes "#b" for a part of the path`}, "never sent"},
		{"source-slashes", netlify, "//a /d", nil, []string{`1:1: syntax: source "//a"; begins with two slashes, by which neither host means a site; write "/a" or "https://a"`}, "a host or a path"},
		{"target-slashes", netlify, "/a //b.example/c", nil, []string{`1:4: syntax: target "//b.example/c"; leads to another site, which nobody sees; write "https://b.example/c", or "/b.example/c" if a path is meant`}, "a host or a path"},
		{"source-dots", netlify, "/a/../b /c\n/./b /c\n/a/.. /c\n/.well-known/x /c\n/a...b/..c /d", []string{"4: /.well-known/x -> /c 301 TargetWins", "5: /a...b/..c -> /d 301 TargetWins"}, []string{`1:1: syntax: source "/a/../b"; browsers do not send . and ..`, "2:1: syntax:", "3:1: syntax:"}, "browsers resolve them"},
		{"source-colon-slashes", netlify, "/x/http://y /z\nftp://a.example/b /c", []string{"1: /x/http://y -> /z 301 TargetWins", "2: ftp://a.example/b -> /c 301 TargetWins"}, nil, "a path; and a scheme that Compile refuses"},
		{"query-joined", netlify, "/a b=c&d=e /f", nil, []string{`1:4: syntax: got "b=c&d=e"; separate parameters with spaces: "b=c d=e"`}, "one by one"},
		{"query-word", netlify, "/a b /c", []string{"1: /a -> /c 301 TargetWins"}, []string{`note 1:4: syntax: Netlify leaves "b" out`}, "a parameter without a value is none"},
		{"query-empty", netlify, "/a b= /c\n/a =b /c", nil, []string{`1:4: syntax: got "b="`, `2:4: syntax: got "=b"`}, "Netlify asks for an empty value, which no rule can"},
		{"blanks", netlify, "\u00a0/a\u3000/b\v302\u2009# c\n/c\u00e9 /d", []string{"1: /a -> /b 302 TargetWins", "2: /c\u00e9 -> /d 301 TargetWins"}, nil, "those of \\s in JavaScript"},
		{"all-at-once", netlify, "/a\n/b /c 9\n/d /e", []string{"3: /d -> /e 301 TargetWins"}, []string{"1:3:", "2:7:"}, "the good lines stay"},
		{"both-ends", netlify, "//a /c 9 X=y", nil, []string{"1:1:", "1:8:", "1:10:"}, "all of one line"},
		{"left-out-rest", netlify, "/a?b /c 9 X=y", nil, []string{"note 1:1: dropped:"}, "nobody needs the rest"},

		{"cloudflare-condition", cloudflare, "/a /b 302 Country=de", nil, []string{"1:11: syntax: got"}, "Netlify's"},
		{"cloudflare-no-status", cloudflare, "/a /b Country=de", nil, []string{"1:7: syntax: status"}, "Netlify's"},
		{"cloudflare-force", cloudflare, "/a /b 302!", nil, []string{`1:7: syntax: status "302!"; must be 301, 302, 303, 307 or 308; the exclamation mark is Netlify's`}, "Netlify's"},
		{"cloudflare-query", cloudflare, "/a b=c /d", nil, []string{"1:4: syntax: got"}, "Netlify's"},
		{"cloudflare-source-url", cloudflare, "https://a.example/b /c", nil, []string{"1:1: syntax: source"}, "no hosts"},
		{"cloudflare-spaces", cloudflare, "/some page /some where", nil, []string{"1:7: syntax: got"}, "to be escaped"},
		{"cloudflare-rewrite", cloudflare, "/a /b 200", []string{"1: /a passes"}, []string{"note 1:7: unsupported:"}, "no redirect"},
		{"cloudflare-proxy", cloudflare, "/api/* https://api.example/:splat 200", []string{"1: /api/* passes"}, []string{"note 1:35: unsupported: status 200 fetches from another host, which is no redirect: such requests pass on to the origin, though Cloudflare refuses the line"}, "rather than to have a later line take them"},
		{"cloudflare-error-page", cloudflare, "/* /404.html 404", nil, []string{"note 1:14: dropped: the site never had this one: Cloudflare takes no status 404"}, "later lines get its requests"},
		{"cloudflare-source-rest", cloudflare, "/a#b /c\n/d?e#f /g", []string{"1: /a -> /c 302 TargetWins", "2: /d -> /g 302 TargetWins"}, []string{`note 1:1: syntax: Cloudflare cuts "#b" off the source, so the rule is for "/a" with any query`, `note 2:1: syntax: Cloudflare cuts "?e#f" off`}, "Cloudflare keeps the path"},
		{"cloudflare-loops", cloudflare, "/* /index.html 200\n/ /index.html\n/y/* /y/index.html 301\n/b/ /index\n/c/* https://c.example/index 301", []string{"5: /c/* -> https://c.example/index 301 TargetWins"}, []string{"note 1:4: dropped: the site never had this one: Cloudflare refuses it", "note 2:3: dropped:", "note 3:6: dropped:", "note 4:5: dropped:"}, "it serves /index.html as /"},
		{"netlify-no-loops", netlify, "/ /index.html\n/b/ /index", []string{"1: / -> /index.html 301 TargetWins", "2: /b/ -> /index 301 TargetWins"}, nil, "Netlify takes them"},
		{"cloudflare-clash", cloudflare, "/p/*/b/* /c\n/:a/:a /c\n/:a/:ab /c\n/:ab/:a /c\n/:splat/* /c\n/:splatter/* /c", []string{"4: /:ab/:a -> /c 302 TargetWins", "6: /:splatter/* -> /c 302 TargetWins"}, []string{`note 1:1: dropped: the site never had this one: Cloudflare makes a regular expression of the source, which fails since two parts of it are called "splat"`, `note 2:1: dropped:`, `note 3:1: dropped:`, `note 5:1: dropped:`}, "duplicate groups"},
		{"cloudflare-http", cloudflare, "/a http://b.example/", []string{"1: /a -> http://b.example/ 302 TargetWins"}, []string{"note 1:4: dropped: the site never had this one: Cloudflare takes no target with http://"}, "plain to read"},
		{"cloudflare-long", cloudflare, "/a /b # " + strings.Repeat("x", 1992) + "\n/c /d # " + strings.Repeat("x", 1993) + "\n/e /f # " + strings.Repeat("é", 1992), []string{"1: /a -> /b 302 TargetWins", "2: /c -> /d 302 TargetWins", "3: /e -> /f 302 TargetWins"}, []string{"note 2:1: dropped: the site never had this one: Cloudflare leaves out lines of more than 2,000 characters"}, "comment and all"},
		{"cloudflare-two-slashes", cloudflare, "//a/b /c\n/c //d.example/e", nil, []string{`1:1: syntax: source "//a/b"; begins with two slashes, by which neither host means a site; write "/a/b"`, "2:4: syntax:"}, "hosts or paths"},

		{"expect-form", netlify, "# expect: GET /a\n# expect: get /a -> pass\n# expect: GET /a -> no\n# expect: GET a -> pass\n# expect: GET /a b -> pass", nil, []string{"1:1:", "2:1:", "3:1:", "4:1:", "5:1:"}, "each is wrong"},
		{"origin", netlify, "# origin: https://a.example http://b.example:8080\n# origin: b.example", nil, []string{`2:1: syntax: origin "b.example": must be scheme and host`}, "checked where it stands"},
		{"expect-typo", netlify, "# expct: GET /a -> pass\n# orgin: https://a.example\n# note: /a -> b\n# see http://example.com", nil, []string{`1:1: syntax: comment "# expct:"; did you mean "# expect:"?`, "2:1:"}, "would be silent"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, err := rulefile.Parse(tt.text, tt.dialect)
			var rules []string
			for r := range file.Rules() {
				rules = append(rules, summary(r))
			}
			if diff := cmp.Diff(tt.rules, rules); diff != "" {
				t.Errorf("rules (-want +got), %s:\n%s", tt.reason, diff)
			}
			got := problems(err)
			for _, n := range file.Notes {
				got = append(got, "note "+n.Error())
			}
			for i := range min(len(got), len(tt.said)) {
				if strings.HasPrefix(got[i], tt.said[i]) {
					got[i] = tt.said[i]
				}
			}
			if diff := cmp.Diff(tt.said, got); diff != "" {
				t.Errorf("mistakes and notes (-want +got), %s:\n%s", tt.reason, diff)
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
		rules := map[int]bool{}
		for r := range file.Rules() {
			if reported[r.Line] {
				t.Fatalf("line %d is a rule and a mistake", r.Line)
			}
			rules[r.Line] = true
		}
		if len(rules) != file.Redirects+file.Passes {
			t.Fatalf("%d lines are rules; counted are %d and %d", len(rules), file.Redirects, file.Passes)
		}
		for _, n := range file.Notes {
			reported[n.Line] = true
		}
		for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
			line = strings.TrimFunc(line, func(r rune) bool { return r == '\ufeff' || unicode.IsSpace(r) && r != '\u0085' })
			if line != "" && line[0] != '#' && !reported[i+1] && !rules[i+1] {
				t.Fatalf("line %d, %q, is dropped silently", i+1, line)
			}
		}
		if table, err := file.Compile(); err == nil {
			_ = file.Test(table)
		}
	})
}
