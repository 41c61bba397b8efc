package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestGitHub: what is read cannot end a command to GitHub's runner, nor begin one.
func TestGitHub(t *testing.T) {
	t.Parallel()
	r := report{source: source{name: "a,b:c%.html", isFile: true}}
	f := finding{line: 2, column: 3}
	f.Severity, f.Code, f.Directive, f.Value, f.Reason, f.Mend = 1, "code", "img-src", "100%0A\n::error::x", "why", "do"
	want := "::notice file=a%2Cb%3Ac%25.html,line=2,col=3,title=csplint code::img-src 100%250A\ufffd::error::x: why; do"
	if got := githubLine(r, f); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a \u00e9 \u2026":        "a \u00e9 \u2026",
		"a\x1b[2J\r\n\t\x7f":     "a\ufffd[2J\ufffd\ufffd\ufffd\ufffd",
		"\u009b\u202e\u2066":     "\ufffd\ufffd\ufffd",
		"\xff":                   "\ufffd",
		"::add-mask::x":          "\ufffd::add-mask::x",
		"  ::stop-commands::x":   "\ufffd  ::stop-commands::x",
		"x ##[add-mask]y":        "x ##\ufffd[add-mask]y",
		"http://[::1]/ 'self' a": "http://[::1]/ 'self' a",
	} {
		if got := clean(text); got != want {
			t.Errorf("%q: got %q; want %q", text, got, want)
		}
	}
}

func FuzzCleanJSON(f *testing.F) {
	f.Add("a\u009b\u202e\U000e0001##[add-mask]\xff\\u0041\"")
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		if err := writeJSON(&b, []string{text}); err != nil {
			t.Fatal(err)
		}
		var got []string
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if want := string([]rune(text)); len(got) != 1 || got[0] != want {
			t.Errorf("got %q; want %q", got, want)
		}
		if line := clean(strings.ReplaceAll(b.String(), "\n", " ")); line != strings.ReplaceAll(b.String(), "\n", " ") {
			t.Errorf("%q: %s is not harmless", text, b.String())
		}
	})
}
