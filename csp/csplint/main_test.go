package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"go/format"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

const strict = "script-src 'nonce-wq5kP0hYd8vT3mXbQ7rZ1A' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; base-uri 'none'; " +
	"form-action 'none'; frame-ancestors 'none'; report-uri /r; require-trusted-types-for 'script'"

// headers is what curl -siL saves of a redirect and a page.
const headers = "HTTP/2 301 \r\nlocation: /\r\n\r\nHTTP/2 200 \r\nContent-Type: text/html\r\ncache-control: max-age=60\r\n" +
	"content-security-policy: " + strict + "\r\nContent-Security-Policy: img-src\r\n 'self'\r\ncontent-security-policy-report-only: default-src 'none'\r\n" +
	"\r\n<html>content-security-policy: script-src *\r\n"

// files are the files that the rows of TestRun name.
var files = map[string]string{
	"headers.txt":      headers,
	"verbose.txt":      "> GET / HTTP/1.1\n> Host: a.example\n<\n< HTTP/1.1 200 OK\n< Content-Security-Policy: " + strict + "\n< Cache-Control: no-store\n<\nbody: x\n",
	"no-policy.txt":    "HTTP/1.1 200 OK\nContent-Type: text/html\n",
	"json.txt":         "HTTP/1.1 200 OK\nContent-Type: application/json\n",
	"same-nonce.txt":   strings.Repeat("HTTP/1.1 200 OK\nCache-Control: no-store\nContent-Security-Policy: "+strict+"\n\n", 2),
	"no-headers.txt":   "hello\n",
	"escapes.txt":      "Content-Security-Policy: img-src\x1b[2J 'self'\n",
	"site/index.html":  "<script>a</script>\n<p onclick=b><a href=javascript:c>\n",
	"site/meta.html":   "<meta http-equiv=Content-Security-Policy content=\"" + strict + "\">",
	"site/sub/ok.html": "<p>",
	"empty/style.css":  "",
	"strict/x.html":    "<script src=a.js></script>",
	"blocked.html":     blockedPage,
	"mixed/a/bad.htm":  "\xff\xfe<\x00",
	"mixed/b.html":     "<p onclick=b><a href=javascript:c>",
	"utf-16.html":      "\xff\xfe<\x00",
	"with-page.txt":    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Security-Policy: script-src 'self';\r\n\tstyle-src 'none', img-src 'none'\r\n\r\n<p>\u00e9<script>a</script>\r\n<img src=x.png>\r\n",
	"charset.txt":      "HTTP/1.1 200 OK\nContent-Type: text/html; charset=windows-1252\nContent-Security-Policy: script-src 'self'\n\n<script>\xe4</script>\n",
}

// blockedPage has each thing that a policy can block, and some that it cannot.
const blockedPage = `<!doctype html>
<script>before the policy</script>
<meta http-equiv=content-security-policy content="default-src 'self'; script-src 'self' https://cdn.example.com/lib/; form-action 'self'; base-uri 'none'">
<base href=https://base.example/>
<script>start()</script> <!-- <script>no code</script> -->
<script src=/app.js></script><script src=https://cdn.example.com/lib/a.js></script>
<script src=https://elsewhere.example/b.js></script>
<style>p{}</style><p style=color:red onclick=a()><p style=color:red><p style=color:blue>
<a href=javascript:go()>go</a>
<img src=data:image/png;base64,AAAA srcset="https://images.example/a.png 1x, /b.png 2x">
<noscript><img src=https://tracker.example/p.gif></noscript>
<form action=https://other.example/post></form>
<iframe srcdoc="<script>inner()</script>"></iframe>
`

func TestRun(t *testing.T) {
	t.Parallel()
	needUnix(t)
	tests := []struct {
		name  string
		args  string // with DIR for the folder of the files
		stdin string
		want  int
	}{
		{"policy", "-policy default-src%20'self'", "", exitFine},
		{"policy-with-high-findings", "-policy script-src%20*", "", exitFindings},
		{"policy-fail-never", "-fail never -min high -policy script-src%20*", "", exitFine},
		{"policy-fail-info", "-fail info -policy default-src%20'none'", "", exitFindings},
		{"policy-empty", "-policy=", "", exitFindings},
		{"policy-report-only", "-report-only -policy default-src%20'none'", "", exitFine},
		{"policy-level-1", "-level 1 -policy script-src%20'nonce-a'%20'unsafe-inline';object-src%20'none'", "", exitFindings},
		{"policy-limit", "-limit 10 -min high -policy default-src%20'none'", "", exitFindings},
		{"policy-in-colour", "-color always -policy script-src%20*", "", exitFindings},
		{"policies", "-min low -policy default-src%20'self',object-src%20http:", "", exitFine},
		{"headers", "DIR/headers.txt", "", exitFindings},
		{"headers-from-stdin", "-min high -", headers, exitFindings},
		{"headers-of-curl-v", "DIR/verbose.txt", "", exitFine},
		{"headers-without-policy", "DIR/no-policy.txt", "", exitFindings},
		{"headers-of-json", "DIR/json.txt", "", exitFine},
		{"headers-with-the-same-nonce", "DIR/same-nonce.txt", "", exitFindings},
		{"headers-with-escapes", "-min high -fail never -color never DIR/escapes.txt", "", exitFine},
		{"folder", "DIR/site", "", exitFindings},
		{"folder-as-json", "-json -min medium DIR/site", "", exitFindings},
		{"policy-as-json", "-json -policy default-src%20'none';base-uri%20'none';form-action%20'none';frame-ancestors%20'none';report-uri%20/r", "", exitFine},

		{"page", "-min low DIR/blocked.html", "", exitFindings},
		{"page-with-origin", "-min medium DIR/blocked.html -origin https://cdn.example.com", "", exitFindings},
		{"page-from-stdin", "-min low -", blockedPage, exitFindings},
		{"page-short", "-short DIR/blocked.html", "", exitFindings},
		{"page-github", "-format github -min low DIR/blocked.html", "", exitFindings},
		{"page-sarif", "-format sarif -min low DIR/blocked.html", "", exitFindings},
		{"page-against-policy", "-policy default-src%20'none' -min low -short DIR/strict DIR/blocked.html", "", exitFindings},
		{"page-against-report-only", "-report-only -policy script-src%20'none';object-src%20'none';report-uri%20/r -min low -short DIR/strict", "", exitFine},
		{"response-with-page", "-min low DIR/with-page.txt", "", exitFindings},
		{"response-with-page-short", "-short DIR/with-page.txt", "", exitFindings},
		{"response-in-other-charset", "-min medium DIR/charset.txt", "", exitFindings},
		{"no-findings", "DIR/site/sub", "", exitFine},
		{"no-findings-short", "-short DIR/site/sub", "", exitFine},
		{"no-findings-sarif", "-format sarif DIR/site/sub", "", exitFine},

		{"diff", "diff script-src%20'self';img-src%20*.example script-src%20'self'%20https://a.example", "", exitFindings},
		{"diff-narrower", "diff script-src%20'self' script-src%20'none'", "", exitFine},
		{"diff-of-files", "diff DIR/blocked.html DIR/with-page.txt", "", exitFindings},
		{"diff-report-only", "diff -report-only DIR/headers.txt default-src%20'none'", "", exitFine},
		{"diff-no-policy", "diff DIR/no-policy.txt DIR/no-policy.txt", "", exitFine},
		{"diff-help", "diff -h", "", exitFine},
		{"diff-nonces", "diff script-src%20'nonce-a' script-src%20'nonce-b'", "", exitFine},
		{"diff-same-nonces", "diff -same-nonces script-src%20'nonce-a' script-src%20'nonce-b'", "", exitFindings},
		{"diff-origin", "diff -origin https://a.example img-src%20'self' img-src%20https://a.example", "", exitFine},
		{"diff-without-origin", "diff img-src%20'self' img-src%20https://a.example", "", exitFindings},
		{"diff-bad-origin", "diff -origin a.example img-src%20* img-src%20*", "", exitTrouble},
		{"diff-one", "diff script-src%20*", "", exitTrouble},
		{"diff-mistyped", "diff old.txt DIR/none.txt", "", exitTrouble},

		{"nothing", "", "", exitTrouble},
		{"policy-without-page", "-policy script-src DIR/json.txt", "", exitTrouble},
		{"page-in-utf-16", "DIR/utf-16.html", "", exitTrouble},
		{"two-forms", "-json -format sarif x", "", exitTrouble},
		{"three-forms", "-json -short -format json x", "", exitTrouble},
		{"bad-form", "-format xml x", "", exitTrouble},
		{"report-only-of-nothing", "-report-only x", "", exitTrouble},
		{"site-without-scheme", "www.example.com/page localhost:8080", "", exitTrouble},
		{"bad-urls", "ftp://example.com/ https:///x https://[", "", exitTrouble},
		{"command-after-flags", "-json diff a b", "", exitTrouble},
		{"stdin-twice", "- -", "", exitTrouble},
		{"diff-stdin-twice", "diff - -", "", exitTrouble},
		{"unknown-flag", "-x", "", exitTrouble},
		{"bad-flags", "-level 4 -color no -preset x -table t -go g -origin x a b", "", exitTrouble},
		{"bad-severity", "-fail bad -policy x", "", exitTrouble},
		{"no-such-file", "DIR/none.txt", "", exitTrouble},
		{"no-such-page", "none.html", "", exitTrouble},
		{"no-headers", "DIR/no-headers.txt", "", exitTrouble},
		{"no-pages", "DIR/empty", "", exitTrouble},
		{"one-argument-is-missing", "-short -min high DIR/no-policy.txt DIR/none.txt DIR/headers.txt", "", exitTrouble},
		{"one-page-is-unreadable", "-short -min medium -table DIR/no/t DIR/mixed", "", exitTrouble},
		{"two-outputs", "-table - -go - DIR/site", "", exitTrouble},
		{"table-to-stdout", "-table - -short DIR/site", "", exitFindings},
		{"go-to-stdout", "-go - -short -min high DIR/strict", "", exitFine},
		{"table-of-a-file", "-table DIR/t DIR/headers.txt", "", exitTrouble},
		{"preset-fails", "-preset strict -table DIR/t DIR/strict", "", exitTrouble},
		{"help", "-h", "", exitFine},
	}
	dir := writeFiles(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := strings.Fields(strings.ReplaceAll(tt.args, "DIR", dir))
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "%20", " ")
			}
			var stdout, stderr bytes.Buffer
			c := command{strings.NewReader(tt.stdin), &stdout, &stderr, false}
			got := c.run(args)
			if got != tt.want {
				t.Errorf("got exit status %d; want %d", got, tt.want)
			}
			if got == exitTrouble && stderr.Len() == 0 {
				t.Errorf("exit status %d without a word on standard error", got)
			}
			output := strings.ReplaceAll(stdout.String()+stderr.String(), dir, "DIR")
			checkGolden(t, filepath.Join("testdata", tt.name+".txt"), filepath.ToSlash(output))
		})
	}
}

func writeFiles(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// needUnix leaves out what expects Unix's paths and its words for errors.
func needUnix(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the texts have Unix's paths and its words for errors")
	}
}

func checkGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update rewrites it):\n%s", file, diff)
	}
}

func TestWritesPolicies(t *testing.T) {
	t.Parallel()
	dir := writeFiles(t)
	table, src := filepath.Join(dir, "table.txt"), filepath.Join(dir, "policies.go")
	var stdout, stderr bytes.Buffer
	c := command{nil, &stdout, &stderr, false}
	if got := c.run([]string{"-fail", "never", "-table", table, "-go", src, "-package", "p", "-func", "Policy", filepath.Join(dir, "site")}); got != exitFine {
		t.Fatalf("got exit status %d: %s", got, stderr.String())
	}
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for line := range strings.Lines(string(text)) {
		path, policy, _ := strings.Cut(line, "\t")
		if !strings.HasPrefix(policy, "default-src 'self'; script-src ") {
			t.Errorf("%s: got policy %q", path, policy)
		}
		paths = append(paths, path)
	}
	if diff := cmp.Diff([]string{"/index.html", "/meta.html", "/sub/ok.html"}, paths); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	code, err := os.ReadFile(src)
	if err != nil {
		t.Fatal(err)
	}
	if formatted, err := format.Source(code); err != nil || !bytes.Equal(formatted, code) || !bytes.Contains(code, []byte("package p\n")) ||
		!bytes.Contains(code, []byte("func Policy(path string) string {")) {
		t.Errorf("got %s, %v; want formatted Go of package p with func Policy", code, err)
	}
}

func TestColour(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		flag     string
		terminal bool
		want     bool
	}{{"auto", true, true}, {"auto", false, false}, {"always", false, true}, {"never", true, false}} {
		var stdout, stderr bytes.Buffer
		c := command{nil, &stdout, &stderr, tt.terminal}
		c.run([]string{"-color", tt.flag, "-policy", "script-src *"})
		if got := strings.Contains(stdout.String(), "\x1b["); got != tt.want {
			t.Errorf("-color %s, terminal %v: got colour %v; want %v", tt.flag, tt.terminal, got, tt.want)
		}
	}
	if f, err := os.Open("main.go"); err != nil || terminal(f) {
		t.Errorf("a file is taken for a terminal, or cannot be opened: %v", err)
	}
}

// TestOutputIsHarmless: nothing that was read reaches the terminal as an order.
func TestOutputIsHarmless(t *testing.T) {
	t.Parallel()
	const nasty = "script-src \x1b]0;x\x07 a.example\u202e\x9b31m; \x1b[2J\x7f"
	for _, args := range [][]string{{"-policy", nasty}, {"-json", "-policy", nasty}} {
		var stdout, stderr bytes.Buffer
		c := command{nil, &stdout, &stderr, false}
		c.run(args)
		for _, r := range stdout.String() {
			if r < ' ' && r != '\n' || r == 0x7f && args[0] != "-json" || r == 0x9b {
				t.Errorf("%q: got %q in %q", args, r, stdout.String())
			}
		}
		if args[0] == "-json" && !json.Valid(stdout.Bytes()) {
			t.Errorf("got %q; want JSON", stdout.String())
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	c := command{nil, &stdout, &stderr, false}
	if got := c.run([]string{"-version"}); got != exitFine || !strings.HasPrefix(stdout.String(), "csplint ") || strings.Count(stdout.String(), "\n") != 1 {
		t.Errorf("got exit status %d, %q; want 0 and a line that begins with csplint", got, stdout.String())
	}
}

func TestOutputError(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"-policy", ""}, {"-json", "-policy", ""}, {"-short", "-policy", ""}, {"-format", "sarif", "-policy", ""}, {"-h"}, {"-version"},
		{"diff", "img-src *", "img-src 'none'"},
	} {
		var stderr bytes.Buffer
		c := command{nil, full{}, &stderr, false}
		if got := c.run(args); got != exitTrouble || !strings.Contains(stderr.String(), "disk full") {
			t.Errorf("%q: got exit status %d, %q", args, got, stderr.String())
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }
