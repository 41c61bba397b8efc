package rulefile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// largeFile returns a file of n lines of the kinds that large files have.
func largeFile(n int) string {
	var b strings.Builder
	for i := range n {
		switch i % 3 {
		case 0:
			fmt.Fprintf(&b, "/archive/article-%05d.html   /library/article-%05d   301\n", i, i)
		case 1:
			fmt.Fprintf(&b, "/docs/v%d/*  /manual/%d/:splat  302!\n", i, i)
		case 2:
			fmt.Fprintf(&b, "/shop id=%d   /store/item-%d 301 Country=de,at # moved\n", i, i)
		}
	}
	return b.String()
}

// exactFile returns a file of n lines that have a path, a target and a status.
func exactFile(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "/archive/article-%05d.html   /library/article-%05d   301\n", i, i)
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

func BenchmarkParse(b *testing.B) {
	const lines = 1000
	text := exactFile(lines)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rulefile.Parse(text, rulefile.Netlify); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/lines, "ns/line")
}

func BenchmarkRules(b *testing.B) {
	const lines = 1000
	file, err := rulefile.Parse(exactFile(lines), rulefile.Netlify)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for range file.Rules() {
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/lines, "ns/line")
}

// TestAllocations: a line with nothing special in it costs no memory, neither when
// it is parsed nor when it is read again.
func TestAllocations(t *testing.T) {
	small, large := exactFile(100), exactFile(10_000)
	for name, f := range map[string]func(text string){
		"parse": func(text string) {
			if _, err := rulefile.Parse(text, rulefile.Netlify); err != nil {
				t.Fatal(err)
			}
		},
		"rules": func(text string) {
			file, err := rulefile.Parse(text, rulefile.Cloudflare)
			if err != nil {
				t.Fatal(err)
			}
			for range file.Rules() {
			}
		},
	} {
		few, many := testing.AllocsPerRun(2, func() { f(small) }), testing.AllocsPerRun(2, func() { f(large) })
		if many > few+10 {
			t.Errorf("%s: %v allocations for 100 lines, %v for 10,000; want as many", name, few, many)
		}
	}
}
