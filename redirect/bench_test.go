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

// compileMany compiles the large table; it takes some seconds.
var compileMany = sync.OnceValues(func() (string, int) {
	rules := make([]redirect.Rule, 0, manyExact+manyWildcards)
	text := 0
	for i := range manyExact {
		rules = append(rules, exactRule(i))
	}
	for i := range manyWildcards {
		rules = append(rules, wildcardRule(i))
	}
	for _, r := range rules {
		text += len(r.From) + len(r.To)
	}
	form, err := redirect.MustCompile(redirect.Config{Rules: rules}).MarshalBinary()
	if err != nil {
		panic(err)
	}
	return string(form), text
})

func loadMany(b *testing.B) *redirect.Table {
	form, _ := compileMany()
	table, err := redirect.Load(form)
	if err != nil {
		b.Fatal(err)
	}
	return table
}

// paths returns 4096 paths in random order, so that processors do not guess them.
func paths(path func(i int) string, n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 4096)
	for i := range list {
		list[i] = path(random.IntN(n))
	}
	return list
}

func exactPath(i int) string   { return exactRule(i).From }
func missingPath(i int) string { return fmt.Sprintf("/articles/%d/new-%07d.html", 2000+i%25, i) }

func benchmarkTable(b *testing.B, list []string, hit bool) {
	table := loadMany(b)
	r := request("/", "")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.URI = list[i&4095]
		if _, ok := table.Lookup(r); ok != hit {
			b.Fatal(r.URI)
		}
		i++
	}
}

func BenchmarkExactHit(b *testing.B)     { benchmarkTable(b, paths(exactPath, manyExact), true) }
func BenchmarkMiss(b *testing.B)         { benchmarkTable(b, paths(missingPath, manyExact), false) }
func BenchmarkWildcardHit(b *testing.B)  { benchmarkTable(b, paths(wildcardPath, manyWildcards), true) }
func BenchmarkHotMiss(b *testing.B)      { benchmarkTable(b, hot(missingPath(7)), false) }
func BenchmarkMapHotMiss(b *testing.B)   { benchmarkMap(b, hot(missingPath(7)), false) }
func BenchmarkMapExactHit(b *testing.B)  { benchmarkMap(b, paths(exactPath, manyExact), true) }
func BenchmarkMapMiss(b *testing.B)      { benchmarkMap(b, paths(missingPath, manyExact), false) }
func BenchmarkScanExactHit(b *testing.B) { benchmarkScan(b, paths(exactPath, manyExact)) }

func hot(path string) []string {
	list := make([]string, 4096)
	for i := range list {
		list[i] = path
	}
	return list
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

var sink string

// benchmarkMap does with a Go map what is needed for exact rules: the path is looked
// up and the query is put behind the target.
func benchmarkMap(b *testing.B, list []string, hit bool) {
	m := exactMap()
	r := request("/", "")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.URI = list[i&4095]
		to, ok := m[r.URI]
		if ok != hit {
			b.Fatal(r.URI)
		}
		if ok {
			sink = to + r.QueryString
		}
		i++
	}
}

// benchmarkScan compares the path with one rule after the other, as most servers
// do.
func benchmarkScan(b *testing.B, list []string) {
	rules := make([]redirect.Rule, manyExact)
	for i := range rules {
		rules[i] = exactRule(i)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		for k := range rules {
			if rules[k].From == list[i&4095] {
				sink = rules[k].To
				break
			}
		}
		i++
	}
}

func BenchmarkLoad(b *testing.B) {
	form, text := compileMany()
	b.ReportMetric(float64(len(form)-text)/(manyExact+manyWildcards), "overhead-B/rule")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := redirect.Load(form); err != nil {
			b.Fatal(err)
		}
	}
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

var _ edge.RequestHandler = demo.Handle
