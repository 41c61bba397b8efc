package csphtml_test

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/csphtml"
)

// benchPages are pages of about a megabyte.
var benchPages = []struct{ name, part string }{
	{"text", "<p class=\"lead\">" + strings.Repeat("Words that a page is made of, with a <b>bold</b> one. ", 8) + "</p>\n"},
	{"scripts", "<script>" + strings.Repeat("if (a < b) { document.title = 'x' }\n", 200) + "</script>\n<style>" + strings.Repeat("p > a { color: red }\n", 100) + "</style>\n"},
	{"imports", "<script type=module>import a from './a.js'\n" + strings.Repeat("if (a < b) { document.title = 'x' }\n", 200) + "</script>\n<style>p { background: url(a.png) }" + strings.Repeat("p > a { color: red }\n", 100) + "</style>\n"},
	{"markup", `<div class="card" id="x1"><a href="/docs/page.html?a=1&amp;b=2"><img src="/i/1.png" alt="An image" width="10" height="20"></a></div>` + "\n"},
}

func BenchmarkHashHTML(b *testing.B) {
	for _, bb := range benchPages {
		page := []byte(strings.Repeat(bb.part, 1<<20/len(bb.part)))
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := csphtml.HashHTML(bytes.NewReader(page)); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(bb.name+"-sha256-alone", func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				sinkSum = sha256.Sum256(page)
			}
		})
	}
}

var sinkSum [sha256.Size]byte
