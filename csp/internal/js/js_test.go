package js_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/internal/js"
	"github.com/google/go-cmp/cmp"
)

// programs are modules and what they import, as "specifier", "specifier type=json",
// "call specifier".
var programs = []struct {
	name, reason string
	text         string
	want         []string
}{
	{"import", "16.2.2", `import "a"; import b from 'b'; import * as c from "c"; import {d, e as f, default as g, "h i" as j} from "d"; import k, {l} from "k"`,
		[]string{"a", "b", "c", "d", "k"}},
	{"names", "from, as and with are names too", "import from from 'a'; import {from} from 'b'; import {as as as, from as with} from 'c'\nwith; import type from 'd'", []string{"a", "b", "c", "d"}},
	{"phases", "import defer and import source", `import defer * as a from "a"; import source b from "b"; import.defer("c"); import.source("d"); import.meta("e")`,
		[]string{"a", "b", "call c", "call d"}},
	{"export", "16.2.3", `export * from "a"; export * as b from "b"; export {c, d as "e f", default} from "c"; export {}; export {x}; "d"; export default "e"; export let from = "f"`,
		[]string{"a", "b", "c"}},
	{"spaces", "12.2 to 12.4", "import\n/* from 'x' */ // 'y'\n{a}\tfrom\ufeff\u00a0\u3000'a'\u2028import'b'export*from'c'", []string{"a", "b", "c"}},
	{"attributes", "", `import a from "a" with {type: "json"}; import "b" with {"type": 'css',}; export * from "c" assert {type: "json"}; import "d" with {}`,
		[]string{"a type=json", "b type=css", "c type=json", "d"}},
	{"attributes-of-calls", "", `import("a", {with: {type: "json"}}); import("b", {with: {a: ["type"], type: f("x")}}); import("c",); import("d", {default: "default" / 1 / import("x")})`,
		[]string{"call a type=json", "call b", "call c", "call d"}},
	{"call", "13.3.10", "import('a').then(x); import /* b */ ( `c` ); await import(\"d\"); a = {b: import('e')}; [...import('f')]; if (x) import('g')",
		[]string{"call a", "call c", "call d", "call e", "call f", "call g"}},
	{"no-constant", "", "import(a); import('b' + c); import('d'.e); import(`f${g}`); import(`${h}i`); import((`j`)); import(k ? 'l' : 'm')", nil},
	{"in-arguments", "", "import('a' + import('b')); import(import('c')); import(d, import('e'))", []string{"call b", "call c", "call e"}},
	{"property", "", "a.import('a'); a?.import('b'); a . import('c'); class d { #import() { this.#import('d') } }; ({import: 'e', export: 'f'}).import", nil},
	{"method", "", "class a { import() { return import('a') } static import = 'b' }; b = {import(c) { }, async import() { }}", []string{"call a"}},
	{"cut-off", "", "import a from", nil},
	{"cut-off-after", "", "import 'a' with", []string{"a"}},

	{"escapes", "12.9.4", `import "\x61\u0062\u{63}\
d\'\"\\\/\n\v\0"; import "\ud83d\ude00\ud83d"; import('\101\8\400')`, []string{"abcd'\"\\/\n\v\x00", "\U0001f600\ufffd", "call A8\x200"}},
	{"escaped-keyword", "12.7.2: it is none", `\u0069mport("a"); im\u{70}ort("b"); import("c"); \u{61}import("d")`, []string{"call c"}},
	{"non-ascii", "", "\u00e9import('a'); import\u00e9('b'); \u00e9\u00e9=import('c')", []string{"call c"}},
	{"strings", "", `"import('a')"; 'import("b")'; "\"import('c')"; '\
import("d")'; "a" import("e")`, []string{"call e"}},
	{"templates", "12.9.6", "`import('a')`; `${import('b')} import('c') ${`${import('d')}`} import('e')`; `\\${import('f')}`; `$import('g')`; `$${import('h')}`; `${{}}${{a: import('i')}}`; f`import('j')`",
		[]string{"call b", "call d", "call h", "call i"}},
	{"comments", "", "/* import('a') **/ import('b') // import('c')\n/* // */ import('d') /*/ import('e') */", []string{"call b", "call d"}},
	{"numbers", "12.9.3", "1.e3 + .5 + 0x1e+import('a') + 1e+5 / import('b') / 1_0n; 1..a / import('c')", []string{"call a", "call b", "call c"}},

	{"regular-expressions", "12.9.5", `/import("a")/; a = /[/]import("b")/g; (/import("c")/); [/import("d")/]; a ? /import("e")/ : /import("f")/; !/import("g")/; /\/import("h")/u.test(x)`, nil},
	{"after-keywords", "", `return /import("a")/; typeof /import("b")/; case /import("c")/: yield /import("d")/; x in /import("e")/; else /import("f")/; do /import("g")/; for (a of /import("h")/); await /1/ + import("i")`, []string{"call i"}},
	{"after-heads", "", `if (a) /import("a")/; while (a) /import("b")/; for (;;) /import("c")/; with (a) /import("d")/`, nil},
	{"after-blocks", "", "{} /import('a')/; function f() {} /import('b')/; class C {} /import('c')/; if (a) {} /import('d')/; x: {} /import('e')/; {} {} /import('f')/; () => {}\n/import('g')/; export default function() {} /import('h')/; try {} finally {} /import('i')/; switch (a) { case b: {} /import('j')/ }", nil},
	{"divisions", "", `a / import("a") / 1; (a) / import("b") / 1; a[0] / import("c") / 1; a++ / import("d") / 1; "a" / import("e") / 1; this / import("f") / 1; ` + "`a` / import('g') / 1; `${a}` / import('h') / 1; /a/ / import('i') / 1",
		[]string{"call a", "call b", "call c", "call d", "call e", "call f", "call g", "call h", "call i"}},
	{"divided-values", "", `a = {} / import("a") / 1; a = function() {} / import("b") / 1; a = class {} / import("c") / 1; (function() {}) / import("d") / 1; f({}) / import("e") / 1; return {} / import("f") / 1`,
		[]string{"call a", "call b", "call c", "call d", "call e", "call f"}},
	{"keywords-as-names", "", `a.if / import("a") / 1; ({if: 1, class: 2, function: 3}) / import("b") / 1; a.return / import("c") / 1; a.of / import("d") / 1; class A { function() { } class() { /import("e")/ } }; x = {of: 1}.of / import("f") / 1`,
		[]string{"call a", "call b", "call c", "call d", "call f"}},
	{"classes", "", `class A extends B { static { if (a) {} /import("a")/ } static x = /import("b")/; get y() { return /import("c")/ } } class D extends f({}) {} /import("d")/`, nil},
	{"no-html-comments", "annex B.1.1: not in modules", "a<!--import('a')\n-->import('b')", []string{"call a", "call b"}},
}

// scan gives what a program imports. It writes it in pieces of a size.
func scan(text string, module bool, size int) []string {
	var found []string
	s := js.Scanner{Module: module, Found: func(i js.Import) {
		t := i.Specifier
		if i.Type != "" {
			t += " type=" + i.Type
		}
		if i.Dynamic {
			t = "call " + t
		}
		found = append(found, t)
	}}
	for piece := range slices.Chunk([]byte(text), size) {
		s.Write(piece)
	}
	s.Close()
	return found
}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, tt := range programs {
		for _, size := range []int{1, 7, 1 << 20} {
			if diff := cmp.Diff(tt.want, scan(tt.text, true, size)); diff != "" {
				t.Errorf("%s: %s: %s (-want +got):\n%s", tt.name, tt.reason, tt.text, diff)
			}
		}
	}
}

func TestClassicScripts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"no-declarations", "import 'a'; import b from 'b'; export * from 'c'; import('d')", []string{"call d"}},
		{"html-comments", "<!-- import('a')\nb <!-- import('c')\n --> import('d')\n/*\n*/ --> import('e')\nf --> import('g')\n<! import('h'); <!- import('i')", []string{"call g", "call h", "call i"}},
		{"html-comment-at-the-start", "/* */ --> import('a')", nil},
	}
	for _, tt := range tests {
		for _, size := range []int{1, 1 << 20} {
			if diff := cmp.Diff(tt.want, scan(tt.text, false, size)); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", tt.name, tt.text, diff)
			}
		}
	}
}

// TestOffsets: the offset is that of the quote.
func TestOffsets(t *testing.T) {
	t.Parallel()
	const text = "import 'a'; import(/* */ `b`); \u00e9; export * from \"c\""
	s := js.Scanner{Module: true, Found: func(i js.Import) {
		if got := text[i.Offset+1:][:len(i.Specifier)]; got != i.Specifier {
			t.Errorf("%s: at its offset stands %q", i.Specifier, got)
		}
	}}
	for range 2 { // Close makes it ready for another text
		s.Write([]byte(text))
		s.Close()
	}
}

// TestLimits: what is longer and deeper than a script ever is takes no memory.
func TestLimits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 100<<10)
	tests := []struct {
		name, text string
		want       int // imports found
	}{
		{"long", "import '" + long + "'; import 'a'", 1},
		{"long-data", "import 'data:text/javascript," + long + "'; import 'a'", 2},
		{"deep", strings.Repeat("({[`${", 100<<10) + "import('a')", 0},
		{"deep-enough", strings.Repeat("({[`${", 1<<10) + "import('a')", 1},
		{"long-name", long + "; import 'a'", 1},
	}
	for _, tt := range tests {
		if got := scan(tt.text, true, 1<<10); len(got) != tt.want {
			t.Errorf("%s: got %d imports; want %d", tt.name, len(got), tt.want)
		}
	}
}

// FuzzScanner holds these laws for any text:
//  1. In what pieces it comes makes no difference.
//  2. What MayImport says no to imports nothing.
//  3. At the offset of an import stands a quote.
//  4. In a comment, in a string and in a template, it imports nothing.
func FuzzScanner(f *testing.F) {
	for _, tt := range programs {
		f.Add(tt.text, true, 3)
		f.Add(tt.text, false, 1)
	}
	f.Fuzz(func(t *testing.T, text string, module bool, size int) {
		want := scan(text, module, len(text)+1)
		if got := scan(text, module, 1+size&15); !slices.Equal(got, want) {
			t.Errorf("in pieces: got %q; want %q", got, want)
		}
		if len(want) > 0 && !js.MayImport([]byte(text), module) {
			t.Errorf("MayImport says no; got %q", want)
		}
		s := js.Scanner{Module: module, Found: func(i js.Import) {
			if strings.IndexByte("'\"`", text[i.Offset]) < 0 {
				t.Errorf("%q: got offset %d", i.Specifier, i.Offset)
			}
		}}
		s.Write([]byte(text))
		s.Close()
		quoted := strings.NewReplacer(`\`, `\\`, "`", "\\`", "$", `\$`).Replace(text)
		for _, inert := range []string{"/*" + strings.ReplaceAll(text, "*/", "* /") + "*/", fmt.Sprintf("%+q", text), "`" + quoted + "`"} {
			if got := scan(inert+"\nimport('a')", module, 1<<20); !slices.Equal(got, []string{"call a"}) {
				t.Errorf("%s: got %q; want that of the next line", inert, got)
			}
		}
	})
}
