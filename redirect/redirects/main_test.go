package main

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
	"github.com/google/go-cmp/cmp"
)

const good = "/a /b\n/news/* /blog/:splat 302!\n# expect: GET /news/x?y -> 302 /blog/x?y\n"

// try runs the program with words as its arguments.
func try(stdin string, words ...string) (status int, stdout, stderr string) {
	var out, errs strings.Builder
	status = run(words, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

func TestRun(t *testing.T) {
	const app = "status 200 asks for a rewrite, which is no redirect: such requests pass on to the origin; for pages of an application set the distribution's error pages\n"
	const shadowed = "at Netlify a page that exists comes first, here the rule does; above it write \"/page /page 200\" for a page that is to stay, or write the ! if there is none\n"
	tests := []struct {
		name           string
		args           string
		stdin          string
		status         int
		stdout, stderr string
		reason         string
	}{
		{"check", "check -", good, exitOK, "-: 2 rules: 2 redirect, 0 pass on; 0 mistakes, 0 notes\n", "", "all is well"},
		{"test", "test -", good, exitOK, "-: 2 rules: 2 redirect, 0 pass on; 0 mistakes, 0 notes; 1 of 1 expectation met\n", "", "all is well"},
		{"test-fails", "test -", "/a /b\n# expect: GET /a -> pass\n", exitMistakes, "-: 1 rule: 1 redirect, 0 pass on; 1 mistake, 0 notes; 0 of 1 expectation met\n",
			"-:2:1: expect: got 301 /b; want pass\nGET \"/a\":\nrule of line 1 /a -> /b: redirects\n  query: the target's if it has one, or else the request's\nanswer: 301 /b\n  Cache-Control: public, max-age=3600\n", "what and why"},
		{"explain", "explain - GET /news/x?y", good, exitOK,
			"GET \"/news/x\" with the query \"y\":\nrule of line 2 /news/* -> /blog/:splat: redirects\n  :splat = \"x\"\n  query: the target's if it has one, or else the request's\nanswer: 302 /blog/x?y\n  Cache-Control: no-store\n", "", "rule and captures"},
		{"explain-none", "explain - GET /none", good, exitOK, "GET \"/none\":\nanswer: none; no rule is for this path\n", "", "no rule"},
		{"explain-request", "explain - get /x", good, exitFailed, "", "redirects: method \"get\"; must be in upper case\nusage: TEXT\n", "not a request"},
		{"explain-mistake", "explain - GET /x", "/a /b 3O1", exitMistakes, "-: 0 rules: 0 redirect, 0 pass on; 1 mistake, 0 notes\n", "-:1:7: syntax: status \"3O1\"; must be 301, 302, 303, 307 or 308; did you mean 301?\n", "nothing to explain"},
		{"mistakes", "check -", "/a /b 3O1\n/c /d\n/d /c\n", exitMistakes, "-: 2 rules: 2 redirect, 0 pass on; 2 mistakes, 0 notes\n",
			"-:1:7: syntax: status \"3O1\"; must be 301, 302, 303, 307 or 308; did you mean 301?\n-:2:4: loop: goes on without end: /c -> /d -> /c (line 2, line 3); let one of them lead elsewhere\n", "of lines and of the table, at once"},
		{"line-order", "check -", "/a /b\n/b /a\n/c /d 3O1\n/e https://e.example/\n/f /g 9\n", exitMistakes, "-: 3 rules: 3 redirect, 0 pass on; 4 mistakes, 0 notes\n",
			"-:1:4: loop: goes on without end: /a -> /b -> /a (line 1, line 2); let one of them lead elsewhere\n" +
				"-:3:7: syntax: status \"3O1\"; must be 301, 302, 303, 307 or 308; did you mean 301?\n" +
				"-:4:4: off-site: leads to another site, https://e.example\n" +
				"-:5:7: syntax: status \"9\"; must be 301, 302, 303, 307 or 308\n" +
				"-: if rules are meant to lead there, put this line into the file, or say -origin for each:\n# origin: https://e.example\n", "whoever finds them"},
		{"notes", "check -", "/a /b\n/a /c\n/* /index.html 200\n", exitOK, "-: 3 rules: 2 redirect, 1 pass on; 0 mistakes, 2 notes\n",
			"-:2:1: note: duplicate: line 1 is for the same requests and comes first; delete one\n-:3:16: note: unsupported: " + app, "the host does not mind"},
		{"shadowing", "check -", "/a/* /b\n/c/* /d/:splat 302\n", exitOK, "-: 2 rules: 2 redirect, 0 pass on; 0 mistakes, 1 note\n", "-:1:1: note: shadowing: no ! behind the status, as in 1 more rule with a * or a placeholder: " + shadowed, "once a file"},
		{"shadowing-strict", "check -strict -", "/a/* /b\n", exitMistakes, "-: 1 rule: 1 redirect, 0 pass on; 1 mistake, 0 notes\n", "-:1:1: shadowing: no ! behind the status: " + shadowed, "it is a note like others"},
		{"shadowing-tolerated", "check -strict -tolerate shadowing -", "/a/* /b\n", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 1 note\n", "-:1:1: note: shadowing: no ! behind the status: " + shadowed, "as asked for"},
		{"strict", "check -strict -", "/a /b\n/a /c\n", exitMistakes, "-: 2 rules: 2 redirect, 0 pass on; 1 mistake, 0 notes\n", "-:2:1: duplicate: line 1 is for the same requests and comes first; delete one\n", "notes count"},
		{"strict-tolerate", "check -strict -tolerate duplicate,unsupported -", "/a /b\n/a /c\n", exitOK, "-: 2 rules: 2 redirect, 0 pass on; 0 mistakes, 1 note\n", "-:2:1: note: duplicate: line 1 is for the same requests and comes first; delete one\n", "these do not"},
		{"chain", "check -", "/a /b\n/b /c\n", exitOK, "-: 2 rules: 2 redirect, 0 pass on; 0 mistakes, 1 note\n", "-:1:4: note: chain: leads to \"/b\", which line 2 redirects again; write \"/c\"\n", "it ends"},
		{"empty-application", "check -", "/* /index.html 200\n", exitMistakes, "-: 1 rule: 0 redirect, 1 pass on; 1 mistake, 1 note\n",
			"-: empty: nothing in this file redirects; it is for a single-page application, whose page is served for all paths, and that needs no function: " +
				"have the distribution's error pages answer 403 and 404 with that page, such as /index.html, and status 200; if that is meant, say -tolerate empty\n-:1:16: note: unsupported: " + app, "no table is needed"},
		{"empty-rewrites", "check -", "/a /b 200\n/c /c 200\n", exitMistakes, "-: 2 rules: 0 redirect, 2 pass on; 1 mistake, 2 notes\n",
			"-: empty: nothing in this file redirects; 2 rules let requests pass on to the origin, where they would go without it; if that is meant, say -tolerate empty\n" +
				"-:1:7: note: unsupported: status 200 asks for a rewrite, which is no redirect: such requests pass on to the origin; to serve another path, change it in a function of your own\n" +
				"-:2:7: note: unsupported: status 200 serves what is there, which is no redirect: such requests pass on to the origin\n", "no table is needed"},
		{"empty-application-tolerated", "check -tolerate empty -", "/* /index.html 200\n", exitOK, "-: 1 rule: 0 redirect, 1 pass on; 0 mistakes, 2 notes\n",
			"-: note: empty: nothing in this file redirects; it is for a single-page application, whose page is served for all paths, and that needs no function: " +
				"have the distribution's error pages answer 403 and 404 with that page, such as /index.html, and status 200\n-:1:16: note: unsupported: " + app, "as asked for"},
		{"empty-file", "check -", "# nothing\n", exitMistakes, "-: 0 rules: 0 redirect, 0 pass on; 1 mistake, 0 notes\n", "-: empty: nothing in this file redirects; if that is meant, say -tolerate empty\n", "no table is needed"},
		{"empty-tolerated", "check -tolerate empty -", "# nothing\n", exitOK, "-: 0 rules: 0 redirect, 0 pass on; 0 mistakes, 1 note\n", "-: note: empty: nothing in this file redirects\n", "as asked for"},
		{"dialect", "check -dialect cloudflare -", "/a /b 302!\n", exitMistakes, "-: 0 rules: 0 redirect, 0 pass on; 1 mistake, 0 notes\n", "-:1:7: syntax: status \"302!\"; must be 301, 302, 303, 307 or 308; the exclamation mark is Netlify's\n", "whose format"},
		{"hosts", "check -", "/a https://b.example/\n/c https://B.example/d\n/e https://f.example/\n/g https://b.example\n", exitMistakes, "-: 4 rules: 4 redirect, 0 pass on; 2 mistakes, 0 notes\n",
			"-:1:4: off-site: leads to another site, https://b.example, as 2 more rules do\n-:3:4: off-site: leads to another site, https://f.example\n" +
				"-: if rules are meant to lead there, put these lines into the file, or say -origin for each:\n# origin: https://b.example\n# origin: https://f.example\n", "once for each host, and to paste"},
		{"hosts-form", "check -format csv -", "/a,https://b.example/\n/c,https://d.example/\n", exitMistakes, "-: 2 rules: 2 redirect, 0 pass on; 2 mistakes, 0 notes\n",
			"-:1: off-site: leads to another site, https://b.example\n-:2: off-site: leads to another site, https://d.example\n" +
				"-: if rules are meant to lead there, say\n-origin https://b.example -origin https://d.example\n", "a CSV file has no comments"},
		{"origin", "check -origin https://b.example -", "/a https://b.example/\n", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 0 notes\n", "", "an origin"},
		{"origin-comment", "check -", "# origin: https://b.example\n/a https://b.example/\n", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 0 notes\n", "", "an origin"},
		{"index", "check -index index.html -", "/a/index.html /a/ 301\n", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 0 notes\n", "", "an index page"},
		{"flags-behind", "check - -dialect cloudflare -strict", "/a /b\n", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 0 notes\n", "", "flags stand anywhere"},
		{"flags-before", "-dialect cloudflare check -strict -- -", "/a /b\n", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 0 notes\n", "", "flags stand anywhere"},
		{"flags-end", "check -- -strict", "", exitFailed, "", "redirects: open -strict: no such file or directory\n", "-- ends flags"},
		{"no-file", "check no-such-file", "", exitFailed, "", "redirects: open no-such-file: no such file or directory\n", "no mistake in rules"},
		{"no-file-of-two", "check no-such-file -", "/a /b 9", exitFailed, "-: 0 rules: 0 redirect, 0 pass on; 1 mistake, 0 notes\n", "redirects: open no-such-file: no such file or directory\n-:1:7: syntax: status \"9\"; must be 301, 302, 303, 307 or 308\n", "the others are checked, the worst counts"},
		{"no-output", "compile -o no-such-folder/x -", "/a /b", exitFailed, "", "redirects: open no-such-folder/x: no such file or directory\n", "no mistake in rules"},
		{"no-folder", "crawl no-such-folder", "", exitFailed, "", "redirects: open no-such-folder: no such file or directory\n", "no mistake in rules"},
		{"trigger-unknown", "check -", "/ /cn 302 Country=cn\nhttp://a.example/ https://{distribution}/b\n", exitOK,
			"-: 2 rules: 2 redirect, 0 pass on; 0 mistakes, 2 notes\n-: 2 rules have to run at origin-request, for CloudFront-Forwarded-Proto, CloudFront-Viewer-Country; -trigger origin-request says what must be in the cache key\n",
			"-:1:1: note: trigger: TEXT\n-:2:1: note: trigger: TEXT\n", "said, since nobody knows where it is to run"},
		{"trigger-viewer", "check -trigger viewer-request -", "/ /cn 302 Country=cn\n", exitMistakes,
			"-: 1 rule: 1 redirect, 0 pass on; 1 mistake, 0 notes\n-: 1 rule has to run at origin-request, for CloudFront-Viewer-Country; -trigger origin-request says what must be in the cache key\n",
			"-:1:1: trigger: TEXT\n", "it never holds there"},
		{"trigger-viewer-tolerated", "check -trigger viewer-request -tolerate trigger -", "/ /cn 302 Country=cn\n", exitOK,
			"-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 1 note\n-: 1 rule has to run at origin-request, for CloudFront-Viewer-Country; -trigger origin-request says what must be in the cache key\n",
			"-:1:1: note: trigger: TEXT\n", "as asked for"},
		{"trigger-origin", "test -trigger origin-request -", "/ /cn 302 Country=cn Language=zh Cookie=b\n/s id=:id /x 302\n/t /u\n", exitOK,
			"-: 3 rules: 3 redirect, 0 pass on; 0 mistakes, 0 notes; 0 of 0 expectations met\n-: at origin-request, the cache policy must have in its key\n  headers: Accept-Language, CloudFront-Viewer-Country\n  cookies: b\n  query strings: all\n", "", "as the lists of a cache policy have it"},
		{"trigger-origin-less", "check -trigger origin-request -", "/s id=:id page=2 /x?id=:id 302\n", exitOK,
			"-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 0 notes\n-: at origin-request, the cache policy must have in its key\n  headers: none\n  cookies: none\n  query strings: id, page\n", "", "no more than it needs"},
		{"explain-trigger", "explain - GET / Country=FR", "/ /cn 302 Country=cn\n", exitOK,
			"GET \"/\":\nrule of line 1 / -> /cn: passed over: its conditions do not hold\nanswer: none; the request goes on\n-: 1 rule has to run at origin-request, for CloudFront-Viewer-Country; -trigger origin-request says what must be in the cache key\n", "-:1:1: note: trigger: TEXT\n", "why not"},
		{"referer", "check -", "/a /b 302 Referer=partner.example/page\n", exitMistakes, "-: 1 rule: 1 redirect, 0 pass on; 1 mistake, 0 notes\n", "-:1:1: referer: TEXT\n", "no browser sends it"},
		{"referer-tolerated", "check -tolerate referer -", "/a /b 302 Referer=partner.example/page\n", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 1 note\n", "-:1:1: note: referer: TEXT\n", "as asked for"},
		{"escapes", "check -", "/a \x1b[31m\n/b\x9b /c \u202e\n", exitMistakes, "-: 0 rules: 0 redirect, 0 pass on; 2 mistakes, 0 notes\n",
			"-:1:4: syntax: target \"\\x1b[31m\"; must begin with /, https:// or http://; did you mean \"/\\x1b[31m\"?\n-:2:8: syntax: status \"\\u202e\"; must be 301, 302, 303, 307 or 308\n", "a terminal would obey"},
		{"escapes-loop", "check -dialect cloudflare -", "/a\u009b2J /b\n/b /a\u009b2J\n", exitMistakes, "-: 2 rules: 2 redirect, 0 pass on; 1 mistake, 0 notes\n",
			"-:1:8: loop: goes on without end: /a%C2%9B2J -> /b -> /a%C2%9B2J (line 1, line 2); let one of them lead elsewhere\n", "a terminal would obey"},
		{"form", "check -", "[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\n", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 0 notes\n", "", "told by its content"},
		{"form-forced", "check -format json -", "{\"/a\": \"/b\"}", exitOK, "-: 1 rule: 1 redirect, 0 pass on; 0 mistakes, 0 notes\n", "", "told by the flag"},
		{"form-dialect", "check -dialect netlify -", "{\"/a\": \"/b\"}", exitMistakes, "-: 0 rules: 0 redirect, 0 pass on; 1 mistake, 0 notes\n", "-:1:8: syntax: target \"\\\"/b\\\"}\"; must begin with /, https:// or http://; did you mean \"/\\\"/b\\\"}\"?\n", "the flag says that it is a _redirects file"},
		{"form-chain", "check -format csv -", "/a,/b\n/b,/c\n", exitOK, "-: 2 rules: 2 redirect, 0 pass on; 0 mistakes, 1 note\n", "-:1:4: note: chain: leads to \"/b\", which line 2 redirects again; write \"/c\"\n", "notes of all forms"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if runtime.GOOS == "windows" && strings.Contains(tt.stderr, "no such file") {
				t.Skip("Windows has other words for it")
			}
			status, stdout, stderr := try(tt.stdin, strings.Fields(tt.args)...)
			got := []any{status, stdout, withoutText(stderr)}
			want := []any{tt.status, tt.stdout, tt.stderr}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("status, stdout, stderr (-want +got), %s:\n%s", tt.reason, diff)
			}
		})
	}
}

// withoutText puts TEXT in the place of messages that are package redirect's, and of how the command is used.
func withoutText(s string) string {
	if before, _, ok := strings.Cut(s, "\nusage: "); ok {
		s = before + "\nusage: TEXT\n"
	}
	lines := strings.SplitAfter(s, "\n")
	for i, line := range lines {
		for _, kind := range []string{"trigger: ", "referer: "} {
			if before, _, ok := strings.Cut(line, kind); ok {
				lines[i] = before + kind + "TEXT\n"
			}
		}
	}
	return strings.Join(lines, "")
}

func TestMisuse(t *testing.T) {
	for args, want := range map[string]string{
		"":                                     "no command; must be one of check, test, explain, compile, crawl, help, version",
		"chek x":                               `unknown command "chek"; must be one of check, test, explain, compile, crawl, help, version`,
		"check":                                "got 0 words behind check; must be: redirects check FILE...",
		"explain x":                            "got 1 word behind explain; must be: redirects explain FILE METHOD URL [Name=value...]",
		"check -what -index a/b x":             "there is no flag -what\nredirects: -index: got \"a/b\", must be the name of a page, such as index.html",
		"explain x GET":                        "got 2 words behind explain; must be: redirects explain FILE METHOD URL [Name=value...]",
		"compile x":                            "compile needs -o OUTPUT, the file to write",
		"compile -o y x z":                     "got 2 words behind compile; must be: redirects compile -o OUTPUT FILE",
		"check -what x":                        "there is no flag -what",
		"check -o y x":                         "check takes no -o",
		"crawl -json x":                        "crawl takes no -json",
		"compile -json -o - x":                 "-json and -o - both want standard output",
		"check -dialect apache x":              `-dialect: got "apache", must be netlify or cloudflare`,
		"check -tolerate loop x":               `-tolerate: got "loop", "loop" is none of chain, dropped, duplicate, empty, placeholder, referer, shadowing, trigger, unreachable, unsupported`,
		"check -trigger viewer x":              `-trigger: got "viewer", must be viewer-request or origin-request`,
		"check -format nginx x":                `-format: got "nginx", must be one of redirects, csv, json, s3, vercel, next, netlify.toml, htaccess`,
		"check -format csv -dialect netlify x": "-dialect is for _redirects files, and -format says csv",
		"check -origin b.example x":            `-origin: got "b.example", must be scheme and host, such as https://www.example.com`,
		"check -index a/b x":                   `-index: got "a/b", must be the name of a page, such as index.html`,
	} {
		status, stdout, stderr := try("", strings.Fields(args)...)
		reason, _, _ := strings.Cut(stderr, "\nusage: redirects check FILE... ")
		if diff := cmp.Diff([]any{exitFailed, "", "redirects: " + want}, []any{status, stdout, reason}); diff != "" {
			t.Errorf("%q: status, stdout, stderr (-want +got):\n%s", args, diff)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, args := range []string{"help", "help check", "-h", "--help", "check -h", "check x -help"} {
		status, stdout, stderr := try("", strings.Fields(args)...)
		if status != exitOK || stdout != help || stderr != "" {
			t.Errorf("%q: status %d, stdout %q, stderr %q; want the help on stdout", args, status, stdout, stderr)
		}
	}
	for _, f := range commandForms() {
		if !strings.Contains(help, " redirects "+strings.TrimSpace(f.name+" "+f.words)) {
			t.Errorf("no line for %s %s in the help", f.name, f.words)
		}
	}
	new(flags).set().VisitAll(func(f *flag.Flag) {
		if !strings.Contains(help, "\n  -"+f.Name+" ") && !strings.Contains(help, ", -"+f.Name+"\n") {
			t.Errorf("no line for -%s in the help", f.Name)
		}
	})
	for _, kind := range tolerable() {
		if !strings.Contains(help, kind) {
			t.Errorf("-tolerate %s is not in the help", kind)
		}
	}
}

func TestVersion(t *testing.T) {
	for _, args := range []string{"version", "-version", "--version", "check -version"} {
		status, stdout, stderr := try("", strings.Fields(args)...)
		if status != exitOK || !strings.HasPrefix(stdout, "redirects ") || stderr != "" {
			t.Errorf("%q: status %d, stdout %q, stderr %q; want the version on stdout", args, status, stdout, stderr)
		}
	}
}

// TestAlike: of findings that are alike the first ones are printed, and all are in
// the JSON.
func TestAlike(t *testing.T) {
	var text strings.Builder
	for i := range 20 {
		text.WriteString("/a" + strings.Repeat("x", i) + "/* /app/:name 200\n")
	}
	text.WriteString("/b /c 999\n/d /e\n")
	status, _, stderr := try(text.String(), "check", "-")
	want := "-:1:17: note: unsupported: TEXT\n-:2:18: note: unsupported: TEXT\n-:3:19: note: unsupported: TEXT\n" +
		"-:4:20: note: unsupported: TEXT\n-:21:7: syntax: TEXT\n"
	var got strings.Builder
	for line := range strings.Lines(stderr) {
		for _, kind := range []string{"unsupported: ", "syntax: "} {
			if before, _, ok := strings.Cut(line, kind); ok {
				line = before + kind + "TEXT\n"
			}
		}
		got.WriteString(line)
	}
	if diff := cmp.Diff(want, got.String()); diff != "" || status != exitMistakes {
		t.Errorf("status %d, stderr (-want +got):\n%s", status, diff)
	}
	_, stdout, _ := try(text.String(), "check", "-json", "-")
	var d document
	if err := json.Unmarshal([]byte(stdout), &d); err != nil || len(d.Files) != 1 || len(d.Files[0].Notes) != 20 {
		t.Errorf("%v; the JSON is %s", err, stdout)
	}
}

func TestJSON(t *testing.T) {
	tests := []struct{ name, args, stdin, want, reason string }{
		{"check", "check -json -", "/a https://b.example/\n/d /d2 3O1\u202e \n/e /f 200\n/g /h 302 Country=de\n", `{
  "command": "check",
  "status": 1,
  "files": [
    {
      "file": "-",
      "format": "redirects",
      "dialect": "netlify",
      "rules": 3,
      "redirects": 2,
      "passes": 1,
      "mistakes": [
        {
          "line": 1,
          "column": 4,
          "kind": "off-site",
          "message": "leads to another site, https://b.example"
        },
        {
          "line": 2,
          "column": 8,
          "kind": "syntax",
          "message": "status \"3O1\\u202e\"; must be 301, 302, 303, 307 or 308"
        }
      ],
      "notes": [
        {
          "line": 3,
          "column": 7,
          "kind": "unsupported",
          "message": "status 200 asks for a rewrite, which is no redirect: such requests pass on to the origin; to serve another path, change it in a function of your own"
        },
        {
          "line": 4,
          "column": 1,
          "kind": "trigger",
          "message": "TEXT"
        }
      ],
      "originsToAllow": [
        "https://b.example"
      ],
      "needsOriginRequest": [
        {
          "line": 4,
          "headers": [
            "CloudFront-Viewer-Country"
          ]
        }
      ]
    }
  ]
}
`, "all that there is to say"},
		{"explain", "explain -json - GET /a?b=\u009b", "/a /<b>\n", `{
  "command": "explain",
  "status": 0,
  "files": [
    {
      "file": "-",
      "format": "redirects",
      "dialect": "netlify",
      "rules": 1,
      "redirects": 1,
      "passes": 0,
      "mistakes": [],
      "notes": [],
      "originsToAllow": [],
      "needsOriginRequest": []
    }
  ],
  "explain": {
    "request": "GET /a?b=\u009b",
    "redirects": true,
    "status": 301,
    "location": "/%3Cb%3E?b=%C2%9B",
    "cacheControl": "public, max-age=3600",
    "line": 1,
    "text": "GET \"/a\" with the query \"b=\\u009b\":\nrule of line 1 /a -> /%3Cb%3E: redirects\n  query: the target's if it has one, or else the request's\nanswer: 301 /%3Cb%3E?b=%C2%9B\n  Cache-Control: public, max-age=3600\n"
  }
}
`, "the answer, and why"},
		{"test", "test -json -trigger origin-request -format csv -", "/a,/b\n", `{
  "command": "test",
  "status": 0,
  "files": [
    {
      "file": "-",
      "format": "csv",
      "rules": 1,
      "redirects": 1,
      "passes": 0,
      "mistakes": [],
      "notes": [],
      "originsToAllow": [],
      "needsOriginRequest": [],
      "cacheKey": {
        "headers": [],
        "cookies": [],
        "queryStrings": [
          "*"
        ]
      },
      "expectations": {
        "met": 0,
        "total": 0
      }
    }
  ]
}
`, "expectations and the cache key"},
	}
	trigger := regexp.MustCompile(`("trigger",\s*"message":) .*`)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, stdout, stderr := try(tt.stdin, strings.Fields(tt.args)...)
			stdout = trigger.ReplaceAllString(stdout, `$1 "TEXT"`)
			if diff := cmp.Diff(tt.want, stdout); diff != "" || stderr != "" {
				t.Errorf("stdout (-want +got), %s:\n%s\nstderr %q", tt.reason, diff, stderr)
			}
		})
	}
}

// TestJSONNoFile: why a file could not be read is in the JSON and on stderr.
func TestJSONNoFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has other words for it")
	}
	status, stdout, stderr := try("", "check", "-json", "no-such-file")
	var d document
	if err := json.Unmarshal([]byte(stdout), &d); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	const want = "open no-such-file: no such file or directory"
	if status != exitFailed || d.Status != exitFailed || d.Files[0].Error != want || stderr != "redirects: "+want+"\n" {
		t.Errorf("status %d, stdout %s, stderr %s", status, stdout, stderr)
	}
}

// A full disk takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestFullDisk(t *testing.T) {
	for _, args := range []string{"check -", "check -json -", "explain - GET /a", "compile -o - -", "help", "version"} {
		var stderr strings.Builder
		status := run(strings.Fields(args), strings.NewReader(good), full{}, &stderr)
		if status != exitFailed || stderr.String() != "redirects: no space left on device\n" {
			t.Errorf("%s: status %d, stderr %q", args, status, stderr.String())
		}
	}
}

func TestCompile(t *testing.T) {
	dir := t.TempDir()
	source, output := filepath.Join(dir, "_redirects"), filepath.Join(dir, "redirects.bin")
	write(t, source, good)
	status, stdout, stderr := try("", "compile", source, "-o", output)
	if status != exitOK {
		t.Fatalf("status %d: %s", status, stderr)
	}
	form, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stdout, source+": 2 rules: 2 redirect, 0 pass on; 0 mistakes, 0 notes; "+output+": ") {
		t.Errorf("stdout is %q", stdout)
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

	// The same goes to standard output, and what there is to say to the other.
	status, stdout, stderr = try(good, "compile", "-o", "-", "-")
	if status != exitOK || stdout != string(form) || !strings.HasPrefix(stderr, "-: 2 rules: ") {
		t.Errorf("-o -: status %d, %d bytes, want %d; stderr %q", status, len(stdout), len(form), stderr)
	}

	// Nothing is written if anything is wrong.
	write(t, source, good+"# expect: GET /a -> pass\n")
	other := filepath.Join(dir, "other.bin")
	if status, _, _ := try("", "compile", "-o", other, source); status != exitMistakes {
		t.Errorf("status %d; want %d", status, exitMistakes)
	}
	if _, err := os.Stat(other); !os.IsNotExist(err) {
		t.Errorf("a table with a failed expectation was written: %v", err)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestDisguised: another form that is called _redirects is named as what it is.
func TestDisguised(t *testing.T) {
	name := filepath.Join(t.TempDir(), "_redirects")
	tests := []struct {
		name, text string
		status     int
		stderr     string // what is in it
		reason     string
	}{
		{"nginx", "map $request_uri $new {\n  /a /b;\n}\n", exitMistakes, "a configuration of nginx", "not read"},
		{"headers", "/*\n  X-Frame-Options: DENY\n", exitMistakes, "a _headers file", "not read"},
		{"toml", "[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\n", exitOK, "this is a netlify.toml file and no _redirects file", "read as one"},
		{"json", "{\"/a\": \"/b\"}\n", exitOK, "this is a JSON file of pairs and no _redirects file", "read as one"},
		{"csv", "/a,/b\n", exitOK, "this is a CSV file and no _redirects file", "read as one"},
		{"xml", "<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a/</KeyPrefixEquals></Condition><Redirect><ReplaceKeyPrefixWith>b/</ReplaceKeyPrefixWith></Redirect></RoutingRule></RoutingRules>\n", exitOK, "this is the website configuration of an S3 bucket and no _redirects file", "read as one"},
		{"html", "<!doctype html>\n<title>404</title>\n", exitMistakes, "an HTML page", "not read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, name, tt.text)
			status, _, stderr := try("", "check", name)
			if status != tt.status || !strings.Contains(stderr, tt.stderr) {
				t.Errorf("status %d, stderr %s; want %d and %q: %s", status, stderr, tt.status, tt.stderr, tt.reason)
			}
		})
	}
}

// TestCrawl: what crawl writes, check takes.
func TestCrawl(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "site", "old", "index.html"), `<!doctype html><meta http-equiv="refresh" content="0; url=https://www.example.com/docs/new/">`)
	write(t, filepath.Join(dir, "site", "new", "index.html"), "<!doctype html><title>New</title>")
	output := filepath.Join(dir, "_redirects")
	status, stdout, stderr := try("", "crawl", "-base", "https://www.example.com/docs/", "-o", output, filepath.Join(dir, "site"))
	if status != exitOK || stdout != "" || !strings.Contains(stderr, "of 1 page that only forwards; 1 page besides\n") {
		t.Errorf("status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
	status, stdout, stderr = try("", "explain", output, "GET", "/docs/old/")
	if status != exitOK || !strings.Contains(stdout, "answer: 301 /docs/new/\n") {
		t.Errorf("status %d, stdout %s, stderr %s", status, stdout, stderr)
	}
	text, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	if _, stdout, _ = try("", "crawl", "-base", "https://www.example.com/docs/", filepath.Join(dir, "site")); stdout != string(text) {
		t.Errorf("standard output gets\n%s\nthe file\n%s", stdout, text)
	}
	if status, _, stderr = try("", "crawl", "-base", "ftp://x", dir); status != exitFailed {
		t.Errorf("a base that is none: status %d, stderr %s", status, stderr)
	}
}
