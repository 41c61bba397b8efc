package csp_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
)

// sample is a policy of about 300 bytes.
const sample = "default-src 'none'; script-src 'self' https://cdn.example.com/js/ 'sha256-" + digest256 + "'; " +
	"style-src 'self' https://fonts.example.com; img-src 'self' data: https://*.images.example; " +
	"connect-src https://api.example.com wss://live.example.com; font-src 'self'; base-uri 'none'; form-action 'self'"

var sink struct {
	policy csp.Policy
	fields []string
	ok     bool
}

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		sink.policy, _ = csp.Parse(sample)
	}
}

// BenchmarkParseBaseline splits the same text and understands nothing of it.
func BenchmarkParseBaseline(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		for d := range strings.SplitSeq(sample, ";") {
			sink.fields = strings.Fields(d)
		}
	}
}

func BenchmarkAllows(b *testing.B) {
	p, _ := csp.Parse(sample)
	for _, bb := range []struct{ name, directive, url string }{
		{"first-source", "script-src", "https://www.example.com/app.js"},
		{"last-source", "img-src", "https://a.images.example/x/y.png"},
		{"blocked", "connect-src", "https://evil.example/collect?x=1"},
		{"fallback", "media-src", "https://www.example.com/a.mp4"},
		{"path", "script-src-elem", "https://cdn.example.com/js/lib/app.js"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink.ok = p.Allows(bb.directive, bb.url, "https://www.example.com")
			}
		})
	}
}

// BenchmarkAllowsBaseline compares prefixes, as hand-written checks do.
func BenchmarkAllowsBaseline(b *testing.B) {
	prefixes := []string{"https://www.example.com/", "data:", "https://cdn.example.com/js/", "https://api.example.com/"}
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range prefixes {
			sink.ok = strings.HasPrefix("https://evil.example/collect?x=1", p)
		}
	}
}

// BenchmarkParseMegabyte shows that the time is linear: compare the MB/s of
// the two sizes, of text that is odd everywhere.
func BenchmarkParseMegabyte(b *testing.B) {
	for _, bb := range []struct {
		name string
		text string
	}{
		{"sources-100k", "img-src " + strings.Repeat("x_y ", 25_000)},
		{"sources-1M", "img-src " + strings.Repeat("x_y ", 250_000)},
		{"directives-100k", manyDirectives(100_000)},
		{"directives-1M", manyDirectives(1_000_000)},
		{"duplicates-1M", strings.Repeat("img-src;", 125_000)},
		{"spaces-1M", strings.Repeat(" ", 1_000_000)},
		{"semicolons-1M", strings.Repeat(";", 1_000_000)},
		{"commas-1M", strings.Repeat(",", 1_000_000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.text)))
			b.ReportAllocs()
			for b.Loop() {
				csp.ParseList(bb.text)
			}
		})
	}
}

func BenchmarkSubsumes(b *testing.B) {
	p, _ := csp.Parse(sample)
	long, _ := csp.Parse("default-src 'self' " + hosts(100))
	for _, bb := range []struct {
		name string
		p    csp.Policy
	}{{"sample", p}, {"100-hosts", long}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink.ok = csp.Subsumes(bb.p, bb.p)
			}
		})
	}
}

// hosts gives n different host-sources.
func hosts(n int) string {
	var t strings.Builder
	for i := range n {
		t.WriteString(" https://host" + strconv.Itoa(i) + ".example")
	}
	return t.String()
}
