package cffunction_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/cffunction"
)

// need skips a test when a program is missing, unless everything is to be tested.
func need(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatalf("%s is not installed", program)
		}
		t.Skipf("%s is not installed", program)
	}
}

// start starts a function. body is what stands in handler, or the whole source when it has one.
func start(t testing.TB, version int, body string) (*cffunction.Process, error) {
	t.Helper()
	need(t, "node")
	if !strings.Contains(body, "handler") {
		body = "function handler(event) {" + body + "}"
	}
	p, err := cffunction.Start(cffunction.Program{Source: body, File: "function.js", Version: version, Node: "node", Timeout: 20 * time.Second, Store: &cffunction.Store{
		ID: "store-1", Pairs: map[string]string{"key": "värde", "json": `{"a":[1]}`}, Updated: time.UnixMilli(0),
	}})
	if err == nil {
		t.Cleanup(func() { p.Close() })
	}
	return p, err
}

// run runs the function on an event and gives what it returned as JSON, or its error.
func run(t testing.TB, p *cffunction.Process, e *cffunction.Event) (cffunction.Result, string) {
	t.Helper()
	line, _ := e.Encode()
	r, err := p.Run(line)
	if err != nil {
		t.Fatal(err)
	}
	return r, r.Answer + r.Err
}

// TestRuntime holds what a function finds around it to functions-javascript-runtime-20.html and -10.html. Each function
// returns a value, which a process takes whatever it is.
func TestRuntime(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		versions []int
		body     string
		want     string
		reason   string
	}{
		{"strict", []int{1, 2}, `try { undeclared = 1; return 'sloppy' } catch (e) { return e.name }`, `"ReferenceError"`, "functions operate in strict mode"},
		{"no-node", []int{1, 2}, `return [typeof process, typeof setTimeout, typeof setImmediate, typeof fetch, typeof performance, typeof global].join()`,
			`"undefined,undefined,undefined,undefined,undefined,undefined"`, "restricted features"},
		{"no-fs", []int{1, 2}, `try { require('fs') } catch (e) { return e.message }`, `"Cannot load module \"fs\""`, "file system access"},
		{"eval", []int{1, 2}, `try { return eval('1') } catch (e) { return e.name }`, `"EvalError"`, "dynamic code evaluation throws"},
		{"function-constructor", []int{1, 2}, `try { return new Function('return 1')() } catch (e) { return e.name }`, `"EvalError"`, "the same"},
		{"console", []int{1, 2}, `return Object.keys(console)`, `["log"]`, "it only supports log"},
		{"date", []int{1, 2}, `var a = Date.now(); for (var i = 0; i < 1e6; i++); return [a, new Date().getTime(), Date.now(), new Date(7).getTime(), typeof Date()]`,
			`[5,5,5,7,"string"]`, "Date always returns the same value"},
		{"sha256", []int{1, 2}, `return require('crypto').createHash('sha256').update('a').update('bc').digest('hex')`,
			`"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"`, "FIPS 180-2, appendix B.1"},
		{"hmac", []int{1, 2}, `return require('crypto').createHmac('md5', 'Jefe').update('what do ya want for nothing?').digest('hex')`,
			`"750c783e6ab0b503eaa86e310a5db738"`, "RFC 2104, appendix"},
		{"sha512", []int{1, 2}, `try { require('crypto').createHash('sha512') } catch (e) { return e.name }`, `"TypeError"`, "md5, sha1 or sha256"},
		{"querystring", []int{1, 2}, `return require('querystring').stringify({ name: 'value', abc: ['xyz', '123'], anotherName: '' })`,
			`"name=value&abc=xyz&abc=123&anotherName="`, "the page's example"},
		{"power", []int{1, 2}, `return 2 ** 10`, `1024`, "Operators: exponentiation"},
		{"statements", []int{1, 2}, `var s = ''; out: for (var i in { a: 1, b: 2 }) { switch (i) { case 'a': s += i; continue out; default: s += i; break out } } do { s += '.' } while (s.length < 4); return s`,
			`"ab.."`, "Statements: for-in, switch, labels, continue, break, do-while"},
		{"finally", []int{1, 2}, `var s = ''; try { throw new RangeError('a') } catch (e) { s += e.name } finally { s += '!' } return s`, `"RangeError!"`, "Statements: try, catch, finally, throw"},
		{"template", []int{1, 2}, "return `a ${1 + 1} ${`b`}\nc`", `"a 2 b\nc"`, "Literals: multiline strings, interpolation, nesting"},
		{"functions", []int{1, 2}, `return [1, 2].map((n) => n + 1).concat((function (a, ...rest) { return rest })(1, 2, 3))`, `[2,3,2,3]`, "Functions: arrow functions, rest parameters"},
		{"unicode", []int{1, 2}, `return 'ä\u00e4'`, `"ää"`, "Unicode"},
		{"named-groups", []int{1, 2}, `return /(?<year>\d{4})/.exec('in 2026').groups.year`, `"2026"`, "ES 9 named capture groups"},
		{"separators", []int{2}, `return 1_000`, `1000`, "ES 12 numeric separators are new in 2.0"},
		{"let-const", []int{2}, `const a = 1; let b = 2; return a + b`, `3`, "const and let"},
		{"internal-error", []int{1, 2}, `try { throw new InternalError('x') } catch (e) { return [e.name, e.message, e instanceof Error] }`, `["InternalError","x",true]`, "Error types"},
		{"split", []int{1}, `return 'a, b'.split(/, /)`, `["a","b"]`, "works without what is new in 2.0"},
		{"digest-bytes", []int{1}, `return require('crypto').createHash('md5').update('').digest().length`, `16`, "a byte string"},
		{"digest-buffer", []int{2}, `return Buffer.isBuffer(require('crypto').createHash('md5').update('').digest())`, `true`, "return type is changed to Buffer"},
		{"bytes-from", []int{1}, `return [String.bytesFrom('SGVsbG8', 'base64url'), String.bytesFrom([0xc3, 0xa4]).fromUTF8(), 'ä'.toUTF8().length, 'Ā'.toBytes()]`,
			`["Hello","ä",2,null]`, "nonstandard methods on strings"},
		{"bytes-hashed", []int{1}, `return require('crypto').createHash('sha1').update(String.bytesFrom('ff', 'hex')).digest('hex')`,
			`"85e53271e14006f0265921d02d4d736cdc580b0b"`, "the byte 255, and not the UTF-8 of ÿ"},
		{"no-bytes-from", []int{2}, `return typeof String.bytesFrom`, `"undefined"`, "not available in 2.0"},
		{"no-buffer", []int{1}, `return typeof Buffer + typeof atob`, `"undefinedundefined"`, "new in JavaScript runtime 2.0"},
		{"buffer", []int{2}, `return Buffer.from('aGk=', 'base64').toString() + atob('aGk=') + new TextDecoder().decode(new TextEncoder().encode('!'))`, `"hihi!"`, "new in JavaScript runtime 2.0"},
		{"imports", []int{2}, "import cf from 'cloudfront';\nimport crypto from 'crypto'\nimport qs from \"querystring\";\nfunction handler() { return [typeof cf.kvs, typeof crypto.createHash, qs.escape('ä')] }",
			`["function","function","%C3%A4"]`, "built-in modules"},
		{"kvs", []int{2}, `return (async function () {
				const kvs = cf.kvs('store-1');
				let missing;
				try { await kvs.get('none') } catch (e) { missing = 'error' }
				return [await kvs.get('key'), await kvs.get('json', { format: 'json' }), (await kvs.get('key', { format: 'bytes' })).length, await kvs.exists('key'), await kvs.exists('none'), missing, await kvs.meta()];
			})()`,
			`["värde",{"a":[1]},6,true,false,"error",{"creationDateTime":"1970-01-01T00:00:00.000Z","lastUpdatedDateTime":"1970-01-01T00:00:00.000Z","keyCount":2}]`, "functions-custom-methods.html"},
		{"kvs-of-another", []int{2}, `try { cf.kvs('store-2') } catch (e) { return e.message }`, `"KVSNamespaceNotFound"`, "the store is not associated"},
		{"edge-location", []int{2}, `return cf.edgeLocation.name`, `"ZRH"`, "general-helper-methods.html"},
		{"raw-query", []int{2}, `return event.request.rawQueryString()`, `"ID=42&NoValue&querymv=val1&querymv=val2,val3&7=x"`, "the same"},
		{"promise", []int{2}, `return Promise.all([1, Promise.resolve(2)]).then((all) => all.concat(3))`, `[1,2,3]`, "promises are waited for"},
		{"async", []int{2}, `async function handler(event) { const all = await Promise.all([1, Promise.resolve(2)]); return all }`, `[1,2]`, "async and await"},
		{"never", []int{2}, `return new Promise(() => {})`, `the promise is never settled: there is nothing in a function that it could wait for`, "no timers"},
		{"promise", []int{1}, `return Promise.resolve(1)`, `{}`, "1.0 does not wait"},
		{"throw", []int{1, 2}, "throw new TypeError('no such table')", `TypeError: no such table (function.js:`, "where it is"},
		{"throw-string", []int{1, 2}, `throw 'x'`, `thrown: 'x'`, ""},
		{"deep", []int{1, 2}, `function f() { return f() } f()`, "", "the stack ends, the process does not"},
		{"circular", []int{1, 2}, `var a = {}; a.a = a; return a`, "", "no JSON"},
		{"undefined", []int{1, 2}, `return`, `null`, ""},
	}
	for _, version := range []int{1, 2} {
		source := "var rows = {};\n" // one process for all rows that have no handler of their own
		if version == 2 {
			source += "import cf from 'cloudfront';\n"
		}
		for _, tc := range tests {
			if slices.Contains(tc.versions, version) && !strings.Contains(tc.body, "handler") {
				source += fmt.Sprintf("rows[%q] = function (event) {%s\n};\n", tc.name, tc.body)
			}
		}
		shared, err := start(t, version, source+"function handler(event) { return rows[event.request.uri](event) }")
		if err != nil {
			t.Fatal(err)
		}
		for _, tc := range tests {
			if !slices.Contains(tc.versions, version) {
				continue
			}
			t.Run(fmt.Sprintf("%s/%d", tc.name, version), func(t *testing.T) {
				p, e := shared, event()
				e.Request.URI = tc.name
				if strings.Contains(tc.body, "handler") {
					if p, err = start(t, version, tc.body); err != nil {
						t.Fatal(err)
					}
				}
				if _, got := run(t, p, e); !strings.HasPrefix(got, tc.want) || got == "" {
					t.Errorf("got %s, want %s (%s)", got, tc.want, tc.reason)
				}
			})
		}
	}
}

func TestSourceIsRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		version int
		source  string
		want    string
	}{
		{"syntax", 2, "function handler(event) {\n  return event.request;\n", "function.js:3"},
		{"braces", 2, "function handler() {} }); (function () {", "SyntaxError"},
		{"return-outside", 2, "function handler() {}\nreturn 1;", "SyntaxError"},
		{"no-handler", 2, "function main() {} // no handler", "no function named handler"},
		{"top-level", 2, "var a = null.b;\nfunction handler() {}", "function.js:1"},
		{"const", 1, "function handler() {\n  const a = 1;\n}", "const is not supported in cloudfront-js-1.0 (function.js:2)"},
		{"async", 1, "async function handler() {}", "async is not supported"},
		{"separators", 1, "function handler() { return 1_000 }", "a number with separators is not supported"},
		{"await-outside", 2, "import cf from 'cloudfront';\nconst value = await cf.kvs().get('key');\nfunction handler() {}", "await"},
		{"import", 1, "import cf from 'cloudfront';\nfunction handler() {}", "import"},
		{"import-of-node", 2, "import fs from 'fs';\nfunction handler() {}", "import"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if _, err := start(t, tc.version, tc.source); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}

// TestRunsAreApart: what one run leaves behind is not there for the next, and a function that fails does not take the
// process with it.
func TestRunsAreApart(t *testing.T) {
	t.Parallel()
	p, err := start(t, 2, `let n = 0;
		function handler(event) { n++; console.log('a'); console.log({ n }, 'not shown'); if (event.request.uri === '/fail') throw new Error('x'); return n }`)
	if err != nil {
		t.Fatal(err)
	}
	e := event()
	for range 3 {
		e.Request.URI = "/fail"
		run(t, p, e)
		e.Request.URI = "/"
		if r, got := run(t, p, e); got != "1" || strings.Join(r.Logs, " ") != "a { n: 1 }" {
			t.Errorf("got %s with the log %q, want 1", got, r.Logs)
		}
	}
	if p.Starts() != 1 {
		t.Errorf("%d processes, want 1", p.Starts())
	}
}

// TestHungProcess: a run that takes too long, or that takes all memory, ends the process; the next run starts a new
// one.
func TestHungProcess(t *testing.T) {
	t.Parallel()
	need(t, "node")
	p, err := cffunction.Start(cffunction.Program{Source: `function handler(event) {
		if (event.request.uri === '/hang') for (;;);
		if (event.request.uri === '/memory') for (var a = [];;) a.push(new Array(1000).fill(a.length));
		if (event.request.uri === '/long') return 'x'.repeat(5 << 20);
		return 'well';
	}`, File: "function.js", Version: 2, Node: "node", Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	e := event()
	for _, tc := range []struct{ uri, want string }{{"/hang", "no answer within 2s"}, {"/long", "more than 4194304 bytes"}, {"/memory", "process ended"}} {
		e.Request.URI = tc.uri
		line, _ := e.Encode()
		if _, err := p.Run(line); err == nil || !strings.Contains(err.Error(), tc.want) && !strings.Contains(err.Error(), "no answer within") {
			t.Errorf("%s: got error %v, want one with %q", tc.uri, err, tc.want)
		}
		e.Request.URI = "/"
		if _, got := run(t, p, e); got != `"well"` {
			t.Errorf("after %s: got %s", tc.uri, got)
		}
	}
	if p.Starts() != 4 {
		t.Errorf("%d processes, want 4", p.Starts())
	}
}

// TestLogsAreCut holds "Function logs in CloudFront Functions are truncated at 10 KB"
// (cloudfront-function-restrictions.html).
func TestLogsAreCut(t *testing.T) {
	t.Parallel()
	p, err := start(t, 2, `for (var i = 0; i < 5; i++) console.log('x'.repeat(4096)); return null`)
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := run(t, p, event()); len(strings.Join(r.Logs, "")) != 10<<10 {
		t.Errorf("got %d bytes of logs, want 10240", len(strings.Join(r.Logs, "")))
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	p, err := start(t, 2, "class A {}\nfunction handler({ request }) {\n  const list = [...new Map()];\n  for (const x of list) request.Set = x?.y ?? Object.fromEntries(list);\n  return request;\n}")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(p.Warnings(), "\n")
	for _, want := range []string{"line 1: classes", "line 2: destructuring", "line 3: spread syntax", "line 3: Map", "line 4: for-of", "line 4: optional chaining", "line 4: the operator ??", "line 4: the method fromEntries"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "Set") {
		t.Errorf("a member's name is none of an object:\n%s", got)
	}
}
