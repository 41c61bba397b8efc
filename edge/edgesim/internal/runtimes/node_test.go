package runtimes_test

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/runtimes"
)

func nodeRows() []row {
	return slices.Concat(answerRows, errorRows, initRows, moduleRows, contextRows, streamRows)
}

// rules are the two sets of rules, with the runtime that stands for each.
var rules = []struct {
	name string
	want func(row) string
}{
	{"nodejs22.x", func(r row) string { return r.older }},
	{"nodejs24.x", func(r row) string { return r.newer }},
}

// ownProcess are the rows that need a process of their own for another reason than that they end it: what they do depends on the client's
// start or on the folder of the package.
var ownProcess = []string{"unserializable-in-callback", "uncaught", "unhandled", "init-unhandled", "init-uncaught", "environment", "require-from-root",
	"stream", "stream-object", "stream-metadata", "stream-throws", "stream-not-async", "stream-members"}

// TestNodeOutcomes runs the handlers by both sets of rules on the Node.js that is there. Most share a process, for a start takes a hundred
// times as long as a call.
func TestNodeOutcomes(t *testing.T) {
	t.Parallel()
	require(t, "node")
	node := findNode(t, "")
	for _, set := range rules {
		t.Run(set.name, func(t *testing.T) {
			t.Parallel()
			many := openOnce(t, runtimes.Config{Path: write(t, files{"many.mjs": read(t, "testdata/many.mjs")}), Handler: "many.handler", Runtime: set.name}, node)
			for _, r := range nodeRows() {
				want := set.want(r)
				if slices.Contains(ownProcess, r.name) || want == timedOut || strings.HasPrefix(want, exited) || strings.HasPrefix(want, exitedAtInit) {
					t.Run(r.name, func(t *testing.T) { alone(t, r, set.name, want, node) })
					continue
				}
				t.Run(r.name, func(t *testing.T) { asOneOfMany(t, many, r, want) })
			}
		})
	}
}

// alone runs a row in a process of its own.
func alone(t *testing.T, r row, name, want string, node runtimes.Interpreter) {
	t.Parallel()
	dir := write(t, r.files)
	compare(t, openOnce(t, runtimes.Config{Path: dir, Handler: r.handler, Runtime: name, Timeout: timeout(want)}, node), dir, want)
}

// asOneOfMany runs a row in the process of testdata/many.mjs: what fails when the handler is loaded would have failed the start.
func asOneOfMany(t *testing.T, many *runtimes.Pool, r row, want string) {
	dir := write(t, r.files)
	event := func(loads bool) string {
		text, err := json.Marshal(map[string]any{"dir": dir, "name": cmp.Or(r.handler, "index.handler"), "load": loads})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if got := outcome(t, many, event(true), dir); got != "null" {
		if got = strings.Replace(got, "reported: ", "init error: ", 1); got != want {
			t.Errorf("loading: got  %q\n\t\twant %q", got, want)
		}
		return
	}
	for n := range 2 {
		if got := outcome(t, many, event(false), dir); got != want {
			t.Errorf("event %d: got  %q\n\t\twant %q", n+1, got, want)
		}
	}
}

func findNode(t testing.TB, path string) runtimes.Interpreter {
	t.Helper()
	node, err := runtimes.FindNode(path)
	if err != nil {
		t.Fatal(err)
	}
	return node
}

func read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestNodeForeignBytes: what a handler writes to its runtime's descriptor is said at once. There is no such descriptor in Lambda, so no
// client of AWS has an outcome for it.
func TestNodeForeignBytes(t *testing.T) {
	t.Parallel()
	require(t, "node")
	node := findNode(t, "")
	for _, r := range []row{
		{name: "text", files: js(`exports.handler = async () => { require("fs").writeSync(3, "hello\n"); return 1 }`)},
		{name: "length-too-large", files: js(`exports.handler = async () => { require("fs").writeSync(3, "response x 99999999999999999999\n"); return 1 }`)},
		{name: "long-line", files: js(`exports.handler = async () => { require("fs").writeSync(3, "x".repeat(20000)); return 1 }`)},
	} {
		t.Run(r.name, func(t *testing.T) {
			alone(t, r, "nodejs24.x", "crashed: Runtime.ExitError: the function wrote to descriptor 3, which is its runtime's", node)
		})
	}
}

// TestNodeAnswersBeforeItExits: an answer is written before context.succeed returns, as AWS's client writes it, so that process.exit behind it
// loses nothing; and what a handler leaves behind goes on with the next event only, as in Lambda, which freezes the process.
func TestNodeAnswersBeforeItExits(t *testing.T) {
	t.Parallel()
	require(t, "node")
	node := findNode(t, "")
	for _, r := range []row{
		{name: "exit-behind-succeed", files: js(`exports.handler = (event, context) => { context.succeed("kept"); process.exit(0) }`)},
		{name: "frozen", files: js(`let late = 0; exports.handler = async () => { setTimeout(() => { late++ }, 20); return late ? "it went on" : "kept" }`)},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			p := openOnce(t, runtimes.Config{Path: write(t, r.files), Runtime: "nodejs20.x"}, node)
			for event := range 2 {
				if got := outcome(t, p, hello, ""); got != `"kept"` {
					t.Errorf("event %d: got %s", event+1, got)
				}
				time.Sleep(60 * time.Millisecond) // in which nothing of it runs
			}
		})
	}
}
