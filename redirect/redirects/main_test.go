package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
	"github.com/google/go-cmp/cmp"
)

const good = "/a /b\n/news/* /blog/:splat 302\n# expect: GET /news/x?y -> 302 /blog/x?y\n"

func TestRun(t *testing.T) {
	tests := []struct {
		name           string
		args           string
		stdin          string
		status         int
		stdout, stderr string
		reason         string
	}{
		{"check", "check -", good, fine, "-: 2 rules, no mistake\n", "", "all is well"},
		{"test", "test -", good, fine, "-: 2 rules, no mistake; 1 expectations met\n", "", "all is well"},
		{"test-fails", "test -", "/a /b\n# expect: GET /a -> pass\n", mistake, "",
			"-:2:1: expect: got 301 /b; want pass\nGET \"/a\":\nrule of line 1 /a -> /b: redirects\n  query: TargetWins\nanswer: 301 /b\n  Cache-Control: public, max-age=3600\n", "what and why"},
		{"explain", "explain - GET /news/x?y", good, fine,
			"GET \"/news/x\" with the query \"y\":\nrule of line 2 /news/* -> /blog/:splat: redirects\n  :splat = \"x\"\n  query: TargetWins\nanswer: 302 /blog/x?y\n  Cache-Control: no-store\n", "", "rule and captures"},
		{"explain-conditions", "explain - GET / Country=FR", "/ /cn 302 Country=cn\n", fine,
			"GET \"/\":\nrule of line 1 / -> /cn: passed over: its conditions do not hold\nanswer: none; the request goes on\n", "", "why not"},
		{"explain-none", "explain - GET /none", good, fine, "GET \"/none\":\nanswer: none; no rule is for this path\n", "", "no rule"},
		{"explain-request", "explain - get /x", good, misuse, "", "redirects: method \"get\"; must be in upper case\n", "not a request"},
		{"mistakes", "check -", "/a /b 3O1\n/c /d\n/d /c\n", mistake, "",
			"-:1:7: syntax: status \"3O1\"; must be 301, 302, 303, 307 or 308; did you mean 301?\n-:2:4: loop: goes on without end: /c -> /d -> /c (line 2, line 3); let one of them lead elsewhere\n", "of lines and of the table, at once"},
		{"tolerate", "check -tolerate unsupported,duplicate -", "/* /index.html 200\n/a /b\n/a /c\n", fine, "-: 2 rules, no mistake\n",
			"-:1:16: warning: unsupported: status 200 asks for a rewrite, which is no redirect; for pages of an application set the distribution's error pages\n-:3:1: warning: duplicate: line 2 is for the same requests and comes first; delete one\n", "printed all the same"},
		{"tolerate-not-all", "check -tolerate duplicate -", "/* /index.html 200\n/a /b\n/a /c\n", mistake, "",
			"-:1:16: unsupported: status 200 asks for a rewrite, which is no redirect; for pages of an application set the distribution's error pages\n-:3:1: warning: duplicate: line 2 is for the same requests and comes first; delete one\n", "one is none"},
		{"dialect", "check -dialect cloudflare -", "/a /b 302!\n", mistake, "", "-:1:7: syntax: status \"302!\"; must be 301, 302, 303, 307 or 308; the exclamation mark is Netlify's\n", "whose format"},
		{"origin", "check -origin https://b.example -", "/a https://b.example/\n", fine, "-: 1 rules, no mistake\n", "", "an origin"},
		{"index", "check -index index.html -", "/a/index.html /a/ 301\n", fine, "-: 1 rules, no mistake\n", "", "an index page"},
		{"no-file", "check no-such-file", "", mistake, "", "redirects: open no-such-file: no such file or directory\n", "no file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			status := run(strings.Fields(tt.args), strings.NewReader(tt.stdin), &stdout, &stderr)
			got := []any{status, stdout.String(), stderr.String()}
			want := []any{tt.status, tt.stdout, tt.stderr}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("status, stdout, stderr (-want +got), %s:\n%s", tt.reason, diff)
			}
		})
	}
}

func TestUsage(t *testing.T) {
	for args, want := range map[string]int{
		"": misuse, "check": misuse, "chek x": misuse, "compile x": misuse, "explain x GET": misuse, "check -what x": misuse,
		"check -dialect apache x": misuse, "check -tolerate loop x": misuse, "help": fine, "check -h": fine,
	} {
		var stdout, stderr strings.Builder
		if got := run(strings.Fields(args), strings.NewReader(""), &stdout, &stderr); got != want {
			t.Errorf("%q: status %d; want %d", args, got, want)
		}
		if !strings.Contains(stderr.String(), "usage: redirects") || stdout.String() != "" {
			t.Errorf("%q: stdout %q, stderr %q; want the usage on stderr", args, stdout.String(), stderr.String())
		}
	}
}

func TestCompile(t *testing.T) {
	dir := t.TempDir()
	source, output := filepath.Join(dir, "_redirects"), filepath.Join(dir, "redirects.bin")
	if err := os.WriteFile(source, []byte(good), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	if status := run([]string{"compile", "-o", output, source}, nil, &stdout, &stderr); status != fine {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	form, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	table, err := redirect.Load(string(form))
	if err != nil {
		t.Fatal(err)
	}
	r, err := rulefile.NewRequest("GET", "/news/x?y")
	if err != nil {
		t.Fatal(err)
	}
	if m, ok := table.Lookup(r); !ok || m.Location != "/blog/x?y" {
		t.Errorf("the table of the file gives %q", m.Location)
	}

	// Nothing is written if anything is wrong.
	if err := os.WriteFile(source, []byte(good+"# expect: GET /a -> pass\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.bin")
	if status := run([]string{"compile", "-o", other, source}, nil, &stdout, &stderr); status != mistake {
		t.Errorf("status %d; want %d", status, mistake)
	}
	if _, err := os.Stat(other); !os.IsNotExist(err) {
		t.Errorf("a table with a failed expectation was written: %v", err)
	}
}
