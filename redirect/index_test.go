package redirect_test

import (
	"math/rand/v2"
	"strings"
	"testing"

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
