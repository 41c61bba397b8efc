package css_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/internal/css"
	"github.com/google/go-cmp/cmp"
)

// sheets are style sheets and what they load, as "image url", "font url", "sheet url".
var sheets = []struct {
	name, reason string
	text         string
	want         []string
}{
	{"url", "CSS Syntax 4.3.6", "a { b: url(c) url( d\n) url(\"e\") url( 'f' ) URL(g) }", []string{"image c", "image d", "image e", "image f", "image g"}},
	{"local", "", "a { b: url(#c) url('#d') url() url('') url( ) }", nil},
	{"bad-url", "4.3.14", "a { b: url(c d) url(e'f) url(g(h) url(i\x01) url(j\\\n) url(k }", nil},
	{"bad-url-escaped", "4.3.14", "a { b: url(c d\\) url(e) f) url(g) }", []string{"image g"}},
	{"comment-in-url", "it is none", "a { b: url(/**/c) url(/**/'d') }", []string{"image /**/c"}},
	{"modifiers", "CSS Values 5, 8.3", `a { b: url("c" crossorigin(anonymous) "d") }`, []string{"image c"}},
	{"cut-off-url", "4.3.6: it counts", "a { b: url(c", []string{"image c"}},
	{"cut-off-string", "4.3.5", `a { b: url("c`, []string{"image c"}},
	{"cut-off-escape", "4.3.7", `a { b: url(c\64`, []string{"image cd"}},
	{"bad-string", "4.3.5", "a { b: url('c\n) } d { e: url(f) }", []string{"image f"}},
	{"escapes", "4.3.7", "a { b: u\\72l(c) \\75\\000052\r\nl(d) url(\\65 f\\g\\)) url('\\68 i\\\nj\\\r\nk\\0 \\110000 \\'') }", []string{"image c", "image d", "image efg)", "image hijk\ufffd\ufffd'"}},
	{"no-escape", "4.3.8", "a { b: url\\\n(c) } d { e: url(f) }", []string{"image f"}},
	{"other-names", "", "a { b: xurl(c) url-(d) #url(e) 1url(f) -url(g) @url(h); i: \\@url(j) } /**/ k { l: urlurl(m) url (n) }", nil},
	{"comments", "4.3.2", "/* url(a) **/ b { c: url(d) /*/ url(e) */ }/", []string{"image d"}},
	{"strings", "", `a[b="url(c)"] { d: "url(e) \" url(f)" '@import "g"' }`, nil},
	{"non-ascii", "", "\u00e9 { b: url(\u00e9) url('\u00ea') }", []string{"image \u00e9", "image \u00ea"}},

	{"import", "CSS Cascade 5, 2", "@import 'a'; @import\"b\"; @IMPORT url(c); @import /**/ url( 'd' ) layer(x) supports(e: url(f)) screen; @\\69mport 'g'", []string{"sheet a", "sheet b", "sheet c", "sheet d", "sheet g"}},
	{"import-one-url", "", "@import 'a' 'b' url(c); @import layer 'd'; @import { 'e' }", []string{"sheet a"}},
	{"import-inside", "it must come first", "@media x { @import 'a'; } b { @import 'c'; d: url(e) }", []string{"image e"}},
	{"import-cut-off", "", "@import 'a", []string{"sheet a"}},
	{"import-unquoted", "", "@import a; @import (b); @import \"\"", nil},
	{"font-face", "CSS Fonts 4, 4", "@font-face { font-family: url(no); src: url(a) format('b'), local(c) } d { e: url(f) } @media x { @Font-Face{src:url(g)} h { i: url(j) } }",
		[]string{"font no", "font a", "image f", "font g", "image j"}},
	{"other-rules", "preludes load nothing", "@namespace a url(b); @namespace 'c'; @document url(d) { e { f: url(g) } } @supports (h: url(i)) { j { k: url(l) } } @media (m) { n { o: url(p) } }",
		[]string{"image g", "image l", "image p"}},
	{"nested", "CSS Nesting", "a { b: url(c); & d { e: url(f) } @media g { h: url(i) } j: url(k) } l { @m; n: url(o) }", []string{"image c", "image f", "image i", "image k", "image o"}},
	{"custom-properties", "", ":root { --a: url(b); --c: { d: url(e) } }", []string{"image b", "image e"}},
	{"image-set", "CSS Images 4, 2.6", "a { b: image-set('c' 1x, url(d) 2x, \"e\" type('f') 3x); g: -WebKit-Image-Set(url(h) 1x, 'i' 2x); j: image('k') 'l' image-set(m('n')) }",
		[]string{"image c", "image d", "image e", "image h", "image i"}},
	{"brackets", "5.4.8", "a { b: [url(c)] (url(d) }) url(e) } f { g: url(h) } ) ] } @import 'i'; j { k: url(l) }", []string{"image c", "image d", "image e", "image h", "sheet i", "image l"}},
	{"open-brackets", "an open bracket goes on", "@media (a { b { c: url(d) } } @import 'e'", nil},
}

var kinds = map[css.Kind]string{css.Image: "image ", css.Font: "font ", css.Sheet: "sheet "}

// scan gives what a style sheet loads. It writes it in pieces of a size.
func scan(text string, declarations bool, size int) []string {
	var found []string
	s := css.Scanner{Declarations: declarations, Found: func(l css.Load) { found = append(found, kinds[l.Kind]+l.URL) }}
	for piece := range slices.Chunk([]byte(text), size) {
		s.Write(piece)
	}
	s.Close()
	return found
}

func TestSheets(t *testing.T) {
	t.Parallel()
	for _, tt := range sheets {
		for _, size := range []int{1, 7, 1 << 20} {
			if diff := cmp.Diff(tt.want, scan(tt.text, false, size)); diff != "" {
				t.Errorf("%s: %s: %s (-want +got):\n%s", tt.name, tt.reason, tt.text, diff)
			}
		}
	}
}

func TestDeclarations(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"url", "a: url(b); c: image-set('d' 1x)", []string{"image b", "image d"}},
		{"no-at-rules", "@import 'a'; b: url(c); @font-face { src: url(d) }", []string{"image c", "image d"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, scan(tt.text, true, 1)); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.name, tt.text, diff)
		}
	}
}

// TestOffsets: the offset is that of the URL, or of its quote.
func TestOffsets(t *testing.T) {
	t.Parallel()
	const text = "@import \"a\"; b { c: url( d ) url( 'e' ); f: image-set('g') }"
	var found []string
	s := css.Scanner{Found: func(l css.Load) { found = append(found, text[l.Offset:][:2]) }}
	for range 2 { // Close makes it ready for another text
		s.Write([]byte(text))
		s.Close()
		if diff := cmp.Diff([]string{`"a`, "d ", "'e", "'g"}, found); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		found = nil
	}
}

// TestLimits: what is longer and deeper than a style ever is takes no memory.
func TestLimits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 100<<10)
	tests := []struct {
		name, text string
		want       int // loads found
	}{
		{"long", "a { b: url(" + long + ") url('" + long + "') url(c) }", 1},
		{"long-data", "a { b: url(data:image/png," + long + ") url('DATA:," + long + "') url(c) }", 3},
		{"deep", strings.Repeat("({[", 100<<10) + "url(c)", 0},
		{"deep-enough", strings.Repeat("({[", 1<<10) + "url(c)", 1},
		{"long-name", long + "url(b)", 0},
	}
	for _, tt := range tests {
		if got := scan(tt.text, false, 1<<10); len(got) != tt.want {
			t.Errorf("%s: got %d loads; want %d", tt.name, len(got), tt.want)
		}
	}
}

// FuzzScanner holds these laws for any text:
//  1. In what pieces it comes makes no difference.
//  2. What MayLoad says no to loads nothing.
//  3. The offset is in the text, and no URL is empty or local.
//  4. In a comment and in a string it loads nothing.
func FuzzScanner(f *testing.F) {
	for _, tt := range sheets {
		f.Add(tt.text, false, 3)
		f.Add(tt.text, true, 1)
	}
	f.Fuzz(func(t *testing.T, text string, declarations bool, size int) {
		want := scan(text, declarations, len(text)+1)
		if got := scan(text, declarations, 1+size&15); !slices.Equal(got, want) {
			t.Errorf("in pieces: got %q; want %q", got, want)
		}
		if len(want) > 0 && !css.MayLoad([]byte(text)) {
			t.Errorf("MayLoad says no; got %q", want)
		}
		s := css.Scanner{Declarations: declarations, Found: func(l css.Load) {
			if l.Offset < 0 || l.Offset >= int64(len(text)) || l.URL == "" || l.URL[0] == '#' {
				t.Errorf("got %+v", l)
			}
		}}
		s.Write([]byte(text))
		s.Close()
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\a `, "\r", `\d `, "\f", `\c `).Replace(text)
		for _, inert := range []string{"/*" + strings.ReplaceAll(text, "*/", "* /") + "*/", `a { b: "` + quoted + `" }`} {
			if got := scan(inert+"c { d: url(e) }", false, 1<<20); !slices.Equal(got, []string{"image e"}) {
				t.Errorf("%s: got %q; want that of the next rule", inert, got)
			}
		}
	})
}
