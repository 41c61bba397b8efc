package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	hello   = "../internal/pack/testdata/hello"
	broken  = "../internal/pack/testdata/broken"
	library = "../internal/pack/testdata/library"
)

func TestBuildWritesAndReports(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "for", "it")
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-o", dir, hello}, &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	line := regexp.MustCompile(`^` + regexp.QuoteMeta(filepath.Join(dir, "hello.zip")) +
		`  [0-9,]+ bytes  [0-9,]+ left of 1,048,576  sha256 [0-9A-Za-z+/]{43}=\n$`)
	if !line.MatchString(stdout.String()) {
		t.Errorf("got output %q, want it to match %v", stdout.String(), line)
	}
	if stderr.Len() != 0 {
		t.Errorf("got %q on standard error, want nothing", stderr.String())
	}
	if diff := cmp.Diff([]string{"hello.zip"}, names(t, dir)); diff != "" {
		t.Errorf("files written (-want +got):\n%s", diff)
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, reason string
		args         []string
		code         int
		want         string
	}{
		{"no-package", "nothing to do is a mistake", nil, 2, "no package named"},
		{"unknown-flag", "a spelling mistake", []string{"-out", "x", hello}, 2, "flag provided but not defined: -out"},
		{"library", "not a program", []string{library}, 1, "package library is not a program"},
		{"broken", "the compiler's words", []string{hello, broken}, 1, "undefined: undeclared"},
		{"output-is-a-file", "the directory cannot be made", []string{"-o", file, hello}, 1, "output directory: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args := test.args
			if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
				args = append([]string{"-o", dir}, args...)
			}
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), args, &stdout, &stderr); code != test.code {
				t.Errorf("%s: exit code %d, want %d", test.reason, code, test.code)
			}
			if !strings.Contains(stderr.String(), test.want) {
				t.Errorf("%s: standard error %q, want %q in it", test.reason, stderr.String(), test.want)
			}
			if got := names(t, dir); len(got) != 0 || stdout.Len() != 0 {
				t.Errorf("%s: wrote %q and printed %q, want neither", test.reason, got, stdout.String())
			}
		})
	}
}

// TestHelp: asking for help is no mistake.
func TestHelp(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-h"}, &stdout, &stderr); code != 0 || !strings.Contains(stderr.String(), "usage: edgepack") {
		t.Errorf("exit code %d, standard error %q", code, stderr.String())
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
