package redirect_test

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/workload"
)

// compiled are the compiled forms of the exact rules alone and of all rules, and
// the length of the text of the latter. It takes some seconds.
var compiled = sync.OnceValues(func() (forms [2]string, text int) {
	for r := range workload.Rules(workload.ManyExact, workload.ManyWildcards) {
		text += len(r.From) + len(r.To)
	}
	return [2]string{compileForm(0), compileForm(workload.ManyWildcards)}, text
})

func compileForm(wildcards int) string {
	table, err := redirect.CompileSeq(redirect.Config{}, workload.Rules(workload.ManyExact, wildcards))
	if err != nil {
		panic(err)
	}
	form, err := table.MarshalBinary()
	if err != nil {
		panic(err)
	}
	return string(form)
}

func hot(path string) []string { return []string{path} }

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
	hits, misses := workload.Scattered(workload.ExactPath, workload.ManyExact), workload.Scattered(workload.MissingPath, workload.ManyExact)
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
		{"hot-miss/map", hot(workload.MissingPath(7)), mapLookup(), false},
		{"hot-miss/table", hot(workload.MissingPath(7)), tableLookup(exact), false},
		{"hot-miss/table-with-wildcards", hot(workload.MissingPath(7)), tableLookup(full), false},
		{"wildcard-hit/table-with-wildcards", workload.Scattered(workload.WildcardPath, workload.ManyWildcards), tableLookup(full), true},
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
	for i := range workload.ManyExact {
		r := workload.ExactRule(i)
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
	rules := make([][2]string, workload.ManyExact)
	for i := range rules {
		r := workload.ExactRule(i)
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

// BenchmarkWorstLookups looks up what takes longest: rules that a lookup may have to
// try one by one, forms of rules, and redirects that have to be followed.
func BenchmarkWorstLookups(b *testing.B) {
	for _, w := range workload.Worst() {
		b.Run(w.Name, func(b *testing.B) {
			table := redirect.MustCompile(redirect.Config{Rules: w.Rules, Tolerate: workload.Tolerate()})
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := table.Lookup(w.Request); ok != w.Hit {
					b.Fatal(ok)
				}
			}
		})
	}
}

// BenchmarkCompile compiles a tenth of the rules of the other benchmarks.
func BenchmarkCompile(b *testing.B) {
	rules := slices.Collect(workload.Rules(workload.ManyExact/10, workload.ManyWildcards/10))
	for _, bench := range []struct {
		name    string
		compile func() (*redirect.Table, error)
	}{
		{"slice", func() (*redirect.Table, error) { return redirect.Compile(redirect.Config{Rules: rules}) }},
		{"sequence", func() (*redirect.Table, error) {
			return redirect.CompileSeq(redirect.Config{}, slices.Values(rules))
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for b.Loop() {
				if _, err := bench.compile(); err != nil {
					b.Fatal(err)
				}
			}
			runtime.ReadMemStats(&after)
			compiled := float64(b.N * len(rules))
			b.ReportMetric(float64(b.Elapsed())/compiled, "ns/rule")
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/compiled, "B/rule")
			b.ReportMetric(float64(after.Mallocs-before.Mallocs)/compiled, "allocs/rule")
		})
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
	b.ReportMetric(float64(len(form)-text)/(workload.ManyExact+workload.ManyWildcards), "overhead-B/rule")
}

func BenchmarkMapBuild(b *testing.B) {
	text := make([][2]string, workload.ManyExact)
	for i := range text {
		r := workload.ExactRule(i)
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
