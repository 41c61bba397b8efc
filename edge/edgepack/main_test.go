package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

const (
	hello   = "../internal/pack/testdata/hello"
	broken  = "../internal/pack/testdata/broken"
	library = "../internal/pack/testdata/library"
)

// TestSizeIsWarnedOfWhereItMatters: origin triggers were never held to the limit of viewer triggers.
func TestSizeIsWarnedOfWhereItMatters(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason string
		size         int
		handled      []string
		want         bool
	}{
		{"viewer", "held to it until late 2024", pack.ViewerLimit + 1, []string{"viewer-request"}, true},
		{"origin", "not held to it", pack.ViewerLimit + 1, []string{"origin-response"}, false},
		{"both", "one program for two triggers", pack.ViewerLimit + 1, []string{"origin-request", "viewer-response"}, true},
		{"not-started", "nobody knows its triggers", pack.ViewerLimit + 1, nil, true},
		{"small", "nothing to say", pack.ViewerLimit, []string{"viewer-request"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var trial pack.Trial
			for _, trigger := range test.handled {
				trial.Outcomes = append(trial.Outcomes, pack.Outcome{Trigger: trigger, Handled: true})
			}
			var out bytes.Buffer
			printSize(&out, test.size, trial)
			if got := out.Len() > 0; got != test.want {
				t.Errorf("%s: printed %q", test.reason, out.String())
			}
		})
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
		{"no-package", "nothing to do is a mistake", nil, 2, "no package is named"},
		{"unknown-flag", "a spelling mistake", []string{"-out", "x", hello}, 2, "there is no flag -out"},
		{"library", "not a program", []string{library}, 1, "package library is not a program"},
		{"broken", "the compiler's words", []string{hello, broken}, 1, "undefined: undeclared"},
		{"zip-to-build", "a zip can only be checked", []string{"a.zip"}, 2, "got a zip: want a package, or -check"},
		{"zip-and-package", "one kind at a time", []string{"-check", "a.zip", hello}, 2, "want packages or zips"},
		{"runtime-unchecked", "nothing would be started", []string{"-runtime", "node", hello}, 2, "-runtime has an effect with -check only"},
		{"unknown-runtime", "Lambda@Edge has two", []string{"-check", "-runtime", "ruby", hello}, 2, `-runtime: got "ruby", want node or python`},
		{"name-with-directory", "-o names the directory", []string{"-name", "a/b", hello}, 2, `-name: got "a/b", want`},
		{"name-with-zip", "would be a.zip.zip", []string{"-name", "a.zip", hello}, 2, `-name: got "a.zip", want`},
		{"name-of-two", "the second would replace the first", []string{"-name", "a", hello, "../internal/pack/testdata/versioned/v2"}, 2, "-name a: got 2 programs"},
		{"missing-zip", "not built", []string{"-check", "missing.zip"}, 2, "edgepack: missing.zip: "},
		{"all-at-once", "what is wrong with a command line is said once", []string{"-runtime", "ruby", "-o", "-", "a", "b"}, 2, "-runtime has an effect with -check only\nedgepack: -o - takes one package, got 2\nusage: "},
		{"stdin-twice", "it can be read once", []string{"-check", "-", "-"}, 2, "got - more than once"},
		{"two-outputs", "both are for standard output", []string{"-check", "-o", "-", hello}, 2, "-o - and -check both want standard output"},
		{"output-is-a-file", "the directory cannot be made", []string{"-o", file, hello}, 2, "-o: "},
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
			if code := run(t.Context(), args, nil, &stdout, &stderr); code != test.code {
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

// TestCheck checks a zip that was just built: it is what Lambda@Edge takes, and its program ends without asking for work.
func TestCheck(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "hello.zip")
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"-o", dir, "-check", hello}, nil, &stdout, &stderr)
	wantCode, wantErr := 1, "hello.zip: the program does not start"
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		wantCode, wantErr = 0, ""
	}
	if code != wantCode || !strings.Contains(stderr.String(), wantErr) {
		t.Errorf("exit code %d, standard error %q, want %d and %q", code, stderr.String(), wantCode, wantErr)
	}
	for _, want := range []string{file + "\n  size      ", "  files     bootstrap index.mjs index.py\n", "testdata/hello, " + runtime.Version() + "\n"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("standard output %q, want %q in it", stdout.String(), want)
		}
	}
}

// TestCheckTellsOfEveryZip: the second is looked at though the first is wrong.
func TestCheckTellsOfEveryZip(t *testing.T) {
	t.Parallel()
	first, second := filepath.Join(t.TempDir(), "first.zip"), filepath.Join(t.TempDir(), "second.zip")
	for _, name := range []string{first, second} {
		if err := os.WriteFile(name, []byte("not a zip"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-check", first, second}, nil, &stdout, &stderr); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	for _, name := range []string{first, second} {
		if !strings.Contains(stderr.String(), name+": not a zip") {
			t.Errorf("standard error %q, want it to tell of %s", stderr.String(), name)
		}
	}
}

// TestHelp: asking for help is no mistake.
func TestHelp(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-h"}, nil, &stdout, &stderr); code != 0 || stdout.String() != help || stderr.Len() != 0 {
		t.Errorf("exit code %d, standard output %q, standard error %q", code, stdout.String(), stderr.String())
	}
}

// TestHelpHasEveryFlag: a flag that nobody is told of is of no use.
func TestHelpHasEveryFlag(t *testing.T) {
	t.Parallel()
	new(options).flags().VisitAll(func(f *flag.Flag) {
		if !strings.Contains(help, "  -"+f.Name+" ") && !strings.Contains(help, ", -"+f.Name+"\n") {
			t.Errorf("-%s is not in the help", f.Name)
		}
	})
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

// TestReportOfForeignZip holds that what a zip says of itself makes no line of the report.
func TestReportOfForeignZip(t *testing.T) {
	const two = "a\n  size      1 bytes\x1b[2K"
	var out strings.Builder
	printReport(&out, "a.zip", pack.Report{Files: []string{two}, GoVersion: two, Package: two, Settings: []string{two}, Warnings: []string{two}})
	printTrial(&out, pack.Runtime{}, pack.Trial{Start: 1, Outcomes: []pack.Outcome{{Trigger: "viewer-request", Handled: true, Answer: two}}})
	if n := strings.Count(out.String(), "\n  size  "); n != 1 || strings.Contains(out.String(), "\x1b") {
		t.Errorf("%d lines with a size, want 1, and no escape sequence:\n%q", n, out.String())
	}
}
