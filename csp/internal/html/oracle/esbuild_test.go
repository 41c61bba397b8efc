package oracle_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/internal/css"
	"github.com/edgehelpers/lambdaedge/csp/internal/js"
	"github.com/evanw/esbuild/pkg/api"
)

// bundle gives what esbuild resolves in a text, each with its kind before it. It is not
// ok if the text has a mistake in it.
func bundle(text string, loader api.Loader) (loads []string, ok bool) {
	resolve := func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		if a.Kind == api.ResolveEntryPoint {
			return api.OnResolveResult{}, nil
		}
		loads = append(loads, fmt.Sprintf("%d %s", a.Kind, a.Path))
		return api.OnResolveResult{Path: a.Path, External: true}, nil
	}
	result := api.Build(api.BuildOptions{
		Stdin:       &api.StdinOptions{Contents: text, Loader: loader},
		Bundle:      true,
		Format:      api.FormatESModule,
		TreeShaking: api.TreeShakingFalse,
		LogLevel:    api.LogLevelSilent,
		Plugins: []api.Plugin{{Name: "record", Setup: func(b api.PluginBuild) {
			b.OnResolve(api.OnResolveOptions{Filter: ".*"}, resolve)
		}}},
	})
	return set(loads), len(result.Errors) == 0
}

func set(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}

func scanScript(text string) []string {
	var loads []string
	s := js.Scanner{Module: true, Found: func(i js.Import) {
		kind := api.ResolveJSImportStatement
		if i.Dynamic {
			kind = api.ResolveJSDynamicImport
		}
		loads = append(loads, fmt.Sprintf("%d %s", kind, i.Specifier))
	}}
	s.Write([]byte(text))
	s.Close()
	return set(loads)
}

func scanSheet(text string) []string {
	var loads []string
	s := css.Scanner{Found: func(l css.Load) {
		kind := api.ResolveCSSURLToken
		if l.Kind == css.Sheet {
			kind = api.ResolveCSSImportRule
		}
		loads = append(loads, fmt.Sprintf("%d %s", kind, l.URL))
	}}
	s.Write([]byte(text))
	s.Close()
	return set(loads)
}

// A writer writes random texts. In its pieces E stands for a random expression, S for
// statements, and N for a new name.
type writer struct {
	rand  *rand.Rand
	names int
}

var expressions = []string{
	"N", "1.5e+3", "0x1e", "'import(\"N\")'", "\"import 'N'\"", "`import('N')`", "`a${E}import('N')${E}`", "/import('N')/g", "/[/'\"]import('N')\\//",
	"import('N')", "import(`N`)", "import(N)", "import('N' + a)", "import('\\x4e')", "a.import('N')", "a?.import('N')",
	"(E)", "[E, E]", "{a: E, 'b': E, if: E, class: E}.a", "(E) / (E)", "a / E", "a++ / E", "a[E] / E", "f(E) / E", "`${E}` / E", "a.if / E", "a.return / E",
	"typeof E", "!E", "-E", "(a, E)", "a = E", "a ? E : E", "a in E", "a instanceof E", "() => E", "() => {S}", "async x => {S}", "function() {S}", "async function*() {S}", "(function() {S}) / E",
	"class {a = E; static b() {S} static {S} get c() {S}}", "class extends (E) {}", "new (E)", "{a() {S}, get b() {S}, [E]: E}.a / E", "{} / E", "function() {S} / E", "(class {}) / E", "void E", "f`${E}`",
}

var statements = []string{
	"x = E;", "x = E\n", ";", "if (a) E;", "if (a) {S} else {S}", "if (a) /import('N')/.test(x);", "while (a) {S}", "do {S} while (a)\n", "for (;;) {S}", "for (const N of E) {S}", "for (x in E) {S}", "for (x of /import('N')/) {S}",
	"{S}", "{S} /import('N')/;", "N: {S}", "switch (a) {case E: {S} default: S}", "try {x; S} catch {S} finally {S}", "try {x; S} catch (e) {S}", "function N() {S}", "function N() {S} /import('N')/;", "class N {Sstatic a() {S}}", "class N extends (E) {}",
	"var N = E, N = E;", "let {N} = E;", "const N = E;", "throw E;", "// import('N')\n", "/* import('N')\n*/", "x\n++\ny;", "async function N() { await import('N'); for await (x of E) {S} return E; }", "function N() { return /import('N')/; }",
	"function* N() { yield E; yield /import('N')/; }",
}

var declarations = []string{
	"import 'N';", "import N from 'N'\n", "import * as N from \"N\";", "import {a as N, 'b c' as N, default as N} from 'N'; ", "import N, {from as N} from 'N' ; ", "import/**/N/**/from/**/'N';",
	"export * from 'N';", "export * as N from 'N';", "export {a as N, 'b' as N} from 'N';", "export {};", "export let N = E;", "export function N() {S}", "export class N {}", "import N from 'N' with {type: 'json'};",
}

func (w *writer) write(b *strings.Builder, depth int, pieces []string) {
	for _, c := range pieces[w.rand.IntN(len(pieces))] {
		switch c {
		case 'E':
			if depth == 0 {
				b.WriteByte('x')
				break
			}
			b.WriteByte('(')
			w.write(b, depth-1, expressions)
			b.WriteByte(')')
		case 'S':
			for range w.rand.IntN(min(depth, 2) + 1) {
				w.write(b, depth-1, statements)
			}
		case 'N':
			w.names++
			fmt.Fprintf(b, "n%d", w.names)
		default:
			b.WriteRune(c)
		}
	}
}

// TestRandomScripts compares what random modules import. esbuild is not asked about what
// is no script.
func TestRandomScripts(t *testing.T) {
	t.Parallel()
	w := writer{rand: rand.New(rand.NewPCG(1, 2))}
	compared := 0
	for range 300 {
		var b strings.Builder
		for range 1 + w.rand.IntN(6) {
			pieces := statements
			if w.rand.IntN(3) == 0 {
				pieces = declarations
			}
			w.write(&b, 4, pieces)
		}
		want, ok := bundle(b.String(), api.LoaderJS)
		if !ok {
			continue
		}
		compared++
		if got := scanScript(b.String()); !slices.Equal(got, want) {
			t.Fatalf("script %s\nesbuild has %q; got %q", &b, want, got)
		}
	}
	if compared < 150 {
		t.Errorf("compared %d scripts; want 150", compared)
	}
}

// Left out are strings of image-set, which esbuild does not take for URLs, escapes in the
// name url, of which it takes a part for the URL, and what is wrong.
var (
	atRules = []string{"@import 'N';", "@import url(N) layer(a) screen;", "@import url( \"N\" ) ;", "@IMPORT \"N\" supports(a: b);", "@charset 'utf-8';", "@layer a, b;", "/* url(N) */", "@\\69mport 'N';"}
	rules   = []string{"a {D}", "@font-face {D}", "@media (a) {a {D} b {D}}", "@supports (a: b) {a {D}}", "@layer a {a {D}}", "@keyframes a {from {D} to {D}}", "@page {D}", "a {& b {D} D}",
		"a[b='url(N)'] {D}", "/* a { b: url(N) } */", "a:is(b, c) {D}"}
	values = []string{"url(N)", "url( N )", "url('N')", "url( \"N\" )", "URL(N)", "url(\\4eN)", "url(N\\)b)", "url('N\\'b')", "url(data:image/png,N)", "linear-gradient(a, b), url(N)", "'url(N)'", "\"a\\\"url(N)\"",
		"/* url(N) */ b", "image-set(url(N) 1x, url('N') 2x)", "url(N) format('b')", "var(--a, url(N))", "calc(1px + 2px)", "[a] b", "curl(N)", "c#url (N)", "1px"}
)

// TestRandomSheets compares what random style sheets load.
func TestRandomSheets(t *testing.T) {
	t.Parallel()
	w := writer{rand: rand.New(rand.NewPCG(3, 4))}
	for range 300 {
		var b strings.Builder
		for range w.rand.IntN(3) {
			w.write(&b, 0, atRules)
		}
		for range w.rand.IntN(5) {
			var rule strings.Builder
			w.write(&rule, 0, rules)
			for before, after, more := strings.Cut(rule.String(), "D"); ; before, after, more = strings.Cut(after, "D") {
				b.WriteString(before)
				if !more {
					break
				}
				for range w.rand.IntN(3) {
					b.WriteString("src: ")
					w.write(&b, 0, values)
					b.WriteByte(';')
				}
			}
		}
		want, ok := bundle(b.String(), api.LoaderCSS)
		if got := scanSheet(b.String()); !ok || !slices.Equal(got, want) {
			t.Fatalf("style sheet %s\nesbuild (%v) has %q; got %q", &b, ok, want, got)
		}
	}
}
