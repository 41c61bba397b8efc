package redirect_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// slowMatch reports whether pattern matches path, by trying everything.
func slowMatch(pattern, path string) bool {
	switch {
	case pattern == "":
		return path == ""
	case pattern[0] == '*':
		for i := range len(path) + 1 {
			if slowMatch(pattern[1:], path[i:]) {
				return true
			}
		}
		return false
	case pattern[0] == ':' && len(pattern) > 1 && isAlpha(pattern[1]):
		name := 2
		for name < len(pattern) && isAlpha(pattern[name]) {
			name++
		}
		for i := 1; i <= len(path) && path[i-1] != '/'; i++ {
			if slowMatch(pattern[name:], path[i:]) {
				return true
			}
		}
		return false
	}
	return path != "" && path[0] == pattern[0] && slowMatch(pattern[1:], path[1:])
}

// TestIndex holds tables of random rules against a loop over these rules.
func TestIndex(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	text := func() string { return pick("a", "b", "aa", "ab", "a-b", "", "longer-than-eight-bytes") }
	for range 40 {
		var rules []redirect.Rule
		for i := range 60 {
			from := ""
			for range 1 + random.IntN(4) {
				name := ":" + string(rune('p'+len(from)%11))
				from += "/" + pick(text(), text(), name, text()+"-"+name, name+"-"+text())
			}
			if random.IntN(4) == 0 {
				from += pick("/*", "-*", "*", "/*/"+text(), "/*-"+text())
			}
			if strings.HasPrefix(from, "//") {
				from = "/c" + from // two slashes begin a host
			}
			rules = append(rules, redirect.Rule{From: from, To: "/to/" + itoa(i) + "/x/y/z/0", Line: i + 1})
		}
		table := compileValid(rules)
		for range 400 {
			path := ""
			for range 1 + random.IntN(5) {
				path += "/" + pick(text(), text(), text()+"-"+text())
			}
			want := 0
			for _, r := range table.rules {
				if slowMatch(r.From, path) {
					want = r.Line
					break
				}
			}
			if m, _ := table.Lookup(request(path, "")); m.Line != want {
				t.Fatalf("%s: rule %d; want %d, %s\n%s", path, m.Line, want, rules[max(want, 1)-1].From, table.Explain(request(path, "")))
			}
		}
	}
}

// tableOf is a table and its rules.
type tableOf struct {
	*redirect.Table
	rules []redirect.Rule
}

// compileValid compiles those of the rules that are valid by themselves.
func compileValid(rules []redirect.Rule) tableOf {
	tolerate := []string{"chain", "duplicate", "unreachable"}
	var valid []redirect.Rule
	for _, r := range rules {
		if _, err := redirect.Compile(redirect.Config{Rules: []redirect.Rule{r}, Tolerate: tolerate}); err == nil {
			valid = append(valid, r)
		}
	}
	return tableOf{redirect.MustCompile(redirect.Config{Rules: valid, Tolerate: tolerate}), valid}
}

// TestPatterns holds single patterns against trying everything, on all short paths
// of few bytes.
func TestPatterns(t *testing.T) {
	var paths []string
	for _, a := range []string{"", "x", "-", "x-", "-x", "x-x", "--", "x-x-x"} {
		for _, b := range []string{"", "/", "/x", "/-x", "//x", "/x/"} {
			paths = append(paths, "/"+a+b)
		}
	}
	for _, pattern := range []string{
		"/", "/x", "/*", "/x*", "/*x", "/*/x", "/x/*", "/*-x", "/-*-", "/:a", "/:a/x", "/:a/:b", "/:a-:b", "/:a-:b-:c", "/x-:a", "/:a-x", "/-:a-", "/:a/*", "/*/:a", "/:a-x/*-x",
	} {
		table := compileValid([]redirect.Rule{{From: pattern, To: "/to/nowhere/else", Line: 1}})
		if len(table.rules) == 0 {
			t.Errorf("%s does not compile", pattern)
		}
		for _, path := range paths {
			m, ok := table.Lookup(request(path, ""))
			if want := slowMatch(pattern, path); ok != want {
				t.Errorf("%s on %s: %v, %+v; want %v", pattern, path, ok, m, want)
			}
		}
	}
}

// TestAlike holds tables of rules that begin alike against a loop over these rules:
// rules that differ in what is behind their wildcard, and rules for one path that
// differ in their conditions.
func TestAlike(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	value := func() string { return pick("1", "2", "a b", "é", "x") }
	for range 60 {
		var rules []redirect.Rule
		tails := random.IntN(2) == 0
		for i := range 60 {
			r := redirect.Rule{From: "/shop/item", To: "https://other.example/" + itoa(i), Line: i + 1, Status: 301}
			if tails {
				r.From = pick("/a/*", "/a/*/", "/a/*-", "/a/*/end-") + pick("1", "2", "33", ".html", "")
				if random.IntN(3) == 0 {
					r.From = "/a/*/s" + pick("1", "2", "33") + "/:tab" + pick("", "/:x")
				}
			}
			for range random.IntN(3) {
				field := []redirect.Field{{Name: pick("p", "q"), Value: pick(value(), value(), value()+"*", "")}}
				switch random.IntN(6) {
				case 0, 1:
					r.When.Query = field
				case 2:
					r.When.Cookie = field
				case 3:
					r.When.Header = []redirect.Field{{Name: "X-" + field[0].Name, Value: field[0].Value}}
				case 4:
					r.When.Country = []string{pick("DE", "FR", "at")}
				case 5:
					r.Unless.Query = field
				}
			}
			if random.IntN(20) == 0 {
				r.From = pick("/*", "/shop/:x", "/a/:x/*", "//"+domain+"/*")
			}
			rules = append(rules, r)
		}
		c := redirect.Config{Trigger: edge.OriginRequest, Origins: []string{"https://other.example"}, Rules: rules, Tolerate: []string{"duplicate", "unreachable", "chain"}}
		table, err := redirect.Compile(c)
		if err != nil {
			t.Fatal(err)
		}
		single := make([]*redirect.Table, len(rules))
		for i := range rules {
			c.Rules = rules[i : i+1]
			single[i] = redirect.MustCompile(c)
		}
		for range 300 {
			r := request("/shop/item", pick("", "p="+pick("1", "2", "a+b", "a%20b", "%C3%A9", "x"), "q=x&p=1", "q"))
			if tails {
				r.URI = "/a/" + pick("x", "x/y", "x-1") + pick("/end-1", "-2", "/33", ".html", "/", "-", "/s1/t", "/s33/t/u", "/s2/s2")
			}
			for _, name := range []string{"p", "q"} {
				if random.IntN(2) == 0 {
					r.Header.Add("Cookie", name+"="+value()+"; "+name+"="+value())
					r.Header.Add("X-"+name, value())
				}
			}
			r.Header.Set("CloudFront-Viewer-Country", pick("DE", "FR", "AT", "US"))
			want := 0
			vary := ""
			for i := range single {
				if _, ok := single[i].Lookup(r); ok {
					want = i + 1
					break
				}
			}
			m, _ := table.Lookup(r)
			if m.Line != want {
				t.Fatalf("%s?%s %v: rule %d; want %d\n%s", r.URI, r.QueryString, r.Header, m.Line, want, table.Explain(r))
			}
			if want == 0 {
				continue
			}
			// Explain tries every rule, and its answer has the same Vary.
			if _, answer, ok := strings.Cut(table.Explain(r), "  Vary: "); ok {
				vary = strings.TrimSpace(answer)
			}
			if m.Vary != vary {
				t.Fatalf("%s?%s: Vary %q; want %q\n%s", r.URI, r.QueryString, m.Vary, vary, table.Explain(r))
			}
		}
	}
}
