package redirect_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// The tables of the benchmarks: paths as in a large documentation site that has
// moved.
const (
	manyExact     = 1_000_000
	manyWildcards = 100_000
)

func exactRule(i int) redirect.Rule {
	return redirect.Rule{
		From:   fmt.Sprintf("/archive/%d/%02d/article-%07d.html", 2000+i%25, 1+i%12, i),
		To:     fmt.Sprintf("/library/article-%07d", i),
		Status: 301,
	}
}

func wildcardRule(i int) redirect.Rule {
	switch i % 4 {
	case 0:
		return redirect.Rule{From: fmt.Sprintf("/docs/product-%06d/*", i), To: fmt.Sprintf("/manual/%06d/:splat", i)}
	case 1:
		return redirect.Rule{From: fmt.Sprintf("/forum/topic-%06d-*", i), To: fmt.Sprintf("/talk/%06d/:splat", i)}
	case 2:
		return redirect.Rule{From: fmt.Sprintf("/:lang/press/%06d", i), To: fmt.Sprintf("/news/:lang/%06d", i)}
	}
	return redirect.Rule{From: fmt.Sprintf("/shop/:section/item-%06d/:tab", i), To: fmt.Sprintf("/store/%06d/:section/:tab", i)}
}

// wildcardPath is a path that wildcardRule(i) is for.
func wildcardPath(i int) string {
	switch i % 4 {
	case 0:
		return fmt.Sprintf("/docs/product-%06d/install/linux.html", i)
	case 1:
		return fmt.Sprintf("/forum/topic-%06d-how-to", i)
	case 2:
		return fmt.Sprintf("/de/press/%06d", i)
	}
	return fmt.Sprintf("/shop/garden/item-%06d/reviews", i)
}

// compiled are the compiled forms of the exact rules alone and of all rules, and
// the length of the text of the latter. It takes some seconds.
var compiled = sync.OnceValues(func() (forms [2]string, text int) {
	var rules []redirect.Rule
	for i := range manyExact {
		rules = append(rules, exactRule(i))
	}
	forms[0] = compileForm(rules)
	for i := range manyWildcards {
		rules = append(rules, wildcardRule(i))
	}
	for _, r := range rules {
		text += len(r.From) + len(r.To)
	}
	forms[1] = compileForm(rules)
	return forms, text
})

func compileForm(rules []redirect.Rule) string {
	form, err := redirect.MustCompile(redirect.Config{Rules: rules}).MarshalBinary()
	if err != nil {
		panic(err)
	}
	return string(form)
}

// The paths of the benchmarks, so many and in such an order that neither rules nor
// the processor's guesses stay in caches.
func scattered(path func(i int) string, n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 1<<18)
	for i := range list {
		list[i] = path(random.IntN(n))
	}
	return list
}

func hot(path string) []string { return []string{path} }

func exactPath(i int) string   { return exactRule(i).From }
func missingPath(i int) string { return fmt.Sprintf("/articles/%d/new-%07d.html", 2000+i%25, i) }

var sink string

// BenchmarkLookup compares the table of a million exact rules, the same with
// 100,000 wildcard rules, a Go map of the exact rules and a loop over them.
func BenchmarkLookup(b *testing.B) {
	forms, _ := compiled()
	exact, err := redirect.Load(forms[0])
	if err != nil {
		b.Fatal(err)
	}
	full, err := redirect.Load(forms[1])
	if err != nil {
		b.Fatal(err)
	}
	hits, misses := scattered(exactPath, manyExact), scattered(missingPath, manyExact)
	for _, bench := range []struct {
		name   string
		paths  []string
		lookup func(*edge.Request) bool
		hit    bool
	}{
		{"hit/map", hits, mapLookup(), true},
		{"hit/table", hits, tableLookup(exact), true},
		{"hit/table-with-wildcards", hits, tableLookup(full), true},
		{"hit/scan", hits, scanLookup(), true},
		{"miss/map", misses, mapLookup(), false},
		{"miss/table", misses, tableLookup(exact), false},
		{"miss/table-with-wildcards", misses, tableLookup(full), false},
		{"hot-miss/map", hot(missingPath(7)), mapLookup(), false},
		{"hot-miss/table", hot(missingPath(7)), tableLookup(exact), false},
		{"hot-miss/table-with-wildcards", hot(missingPath(7)), tableLookup(full), false},
		{"wildcard-hit/table-with-wildcards", scattered(wildcardPath, manyWildcards), tableLookup(full), true},
	} {
		b.Run(bench.name, func(b *testing.B) {
			r := request("/", "")
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				r.URI = bench.paths[i&(len(bench.paths)-1)]
				if bench.lookup(r) != bench.hit {
					b.Fatal(r.URI)
				}
				i++
			}
		})
	}
}

func tableLookup(t *redirect.Table) func(*edge.Request) bool {
	return func(r *edge.Request) bool {
		m, ok := t.Lookup(r)
		sink = m.Location
		return ok
	}
}

// exactMap is the Go map that answers the exact rules, and nothing else.
var exactMap = sync.OnceValue(func() map[string]string {
	m := make(map[string]string)
	for i := range manyExact {
		r := exactRule(i)
		m[r.From] = r.To
	}
	return m
})

func mapLookup() func(*edge.Request) bool {
	m := exactMap()
	return func(r *edge.Request) bool {
		to, ok := m[r.URI]
		sink = to
		return ok
	}
}

// scanLookup compares the path with one rule after the other, as most servers do.
func scanLookup() func(*edge.Request) bool {
	rules := make([][2]string, manyExact)
	for i := range rules {
		r := exactRule(i)
		rules[i] = [2]string{r.From, r.To}
	}
	return func(r *edge.Request) bool {
		for i := range rules {
			if rules[i][0] == r.URI {
				sink = rules[i][1]
				return true
			}
		}
		return false
	}
}

func BenchmarkLoad(b *testing.B) {
	forms, text := compiled()
	form := forms[1]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := redirect.Load(form); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(form)-text)/(manyExact+manyWildcards), "overhead-B/rule")
}

func BenchmarkMapBuild(b *testing.B) {
	text := make([][2]string, manyExact)
	for i := range text {
		r := exactRule(i)
		text[i] = [2]string{strings.Clone(r.From), strings.Clone(r.To)}
	}
	b.ReportAllocs()
	for b.Loop() {
		m := make(map[string]string)
		for _, t := range text {
			m[t[0]] = t[1]
		}
	}
}

func BenchmarkHandleDemo(b *testing.B) {
	r := request("/index.html", "username=octocat")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := demo.Handle(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
}
