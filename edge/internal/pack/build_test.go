package pack_test

import (
	"bytes"
	"debug/elf"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

const testdata = "github.com/edgehelpers/lambdaedge/edge/internal/pack/testdata/"

func TestFind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason string
		builder      pack.Builder
		patterns     []string
		want         []pack.Program
		wantErrs     []string // parts of the error, each of them there
	}{
		{
			name: "program", reason: "named after its directory",
			patterns: []string{"./testdata/hello"},
			want:     []pack.Program{{Name: "hello", ImportPath: testdata + "hello"}},
		},
		{
			name: "major-version", reason: "go build names a program in v2 after the element before",
			patterns: []string{"./testdata/versioned/v2"},
			want:     []pack.Program{{Name: "versioned", ImportPath: testdata + "versioned/v2"}},
		},
		{
			name: "current-directory", reason: "a dot has no name of its own",
			builder:  pack.Builder{Dir: "testdata/hello"},
			patterns: []string{"."},
			want:     []pack.Program{{Name: "hello", ImportPath: testdata + "hello"}},
		},
		{
			name: "import-path", reason: "a package needs no directory below the current one",
			patterns: []string{testdata + "hello"},
			want:     []pack.Program{{Name: "hello", ImportPath: testdata + "hello"}},
		},
		{
			name: "tag", reason: "the package has files with the tag only",
			builder:  pack.Builder{Tags: "edgepacktag"},
			patterns: []string{"./testdata/tagged"},
			want:     []pack.Program{{Name: "tagged", ImportPath: testdata + "tagged"}},
		},
		{
			name: "library", reason: "there is nothing to start",
			patterns: []string{"./testdata/library"},
			wantErrs: []string{"testdata/library: package library is not a program: want package main"},
		},
		{
			name: "file", reason: "a zip is named after a package",
			patterns: []string{"testdata/hello/main.go"},
			wantErrs: []string{"got a Go file: name the package"},
		},
		{
			name: "missing", reason: "a spelling mistake",
			patterns: []string{"./testdata/helo"},
			wantErrs: []string{"helo"},
		},
		{
			name: "pattern", reason: "three dots are the go command's",
			patterns: []string{"./testdata/broken/..."},
			want:     []pack.Program{{Name: "broken", ImportPath: testdata + "broken"}},
		},
		{
			name: "pattern-of-programs", reason: "what is no program is passed over unless it is named",
			patterns: []string{"./testdata/library/...", "./testdata/hello/..."},
			want:     []pack.Program{{Name: "hello", ImportPath: testdata + "hello"}},
		},
		{
			name: "pattern-of-libraries", reason: "nothing to build is a mistake",
			patterns: []string{"./testdata/library/..."},
			wantErrs: []string{"no program matches ./testdata/library/...: want package main"},
		},
		{
			name: "same-name", reason: "the second zip would replace the first",
			patterns: []string{"./testdata/hello", "./testdata/other/hello"},
			wantErrs: []string{"testdata/other/hello: would be hello.zip as " + testdata + "hello is"},
		},
		{
			name: "all-mistakes", reason: "one run tells everything that is wrong",
			patterns: []string{"./testdata/library", "./testdata/hello", "./testdata/helo", "./testdata/other/hello"},
			wantErrs: []string{"not a program", "helo", "would be hello.zip"},
		},
		{
			name: "pattern-without-match", reason: "a go command that finds nothing says so on standard error only",
			patterns: []string{"example.com/nothing/..."},
			wantErrs: []string{"no program matches example.com/nothing/..."},
		},
		{
			name: "folder-without-point", reason: "the go command takes it for a package of the standard library",
			patterns: []string{"testdata/hello"},
			wantErrs: []string{"testdata/hello: package testdata/hello is not in std", "such as ./testdata/hello"},
		},
		{
			name: "flag", reason: "a pattern never becomes a flag of the go command",
			patterns: []string{"-exec=false"},
			wantErrs: []string{"-exec=false"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := test.builder.Find(t.Context(), test.patterns...)
			wantError(t, err, test.wantErrs)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Find(%q), %s (-want +got):\n%s", test.patterns, test.reason, diff)
			}
		})
	}
}

// wantError fails the test unless err has every part, or is nil when there is none.
func wantError(t *testing.T, err error, parts []string) {
	t.Helper()
	if len(parts) == 0 && err != nil {
		t.Fatalf("got error %v, want none", err)
	}
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("got error %v, want one with %q", err, part)
		}
	}
}

func TestBuildMakesStaticProgram(t *testing.T) {
	t.Parallel()
	data := build(t, pack.Builder{}, "./testdata/hello")
	file, err := elf.NewFile(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if file.Machine != elf.EM_X86_64 || file.Type != elf.ET_EXEC {
		t.Errorf("got %v, %v, want an x86-64 executable", file.Machine, file.Type)
	}
	for _, prog := range file.Progs {
		if prog.Type == elf.PT_INTERP {
			t.Error("the program asks for a dynamic linker, want a static one")
		}
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte(here)) {
		t.Errorf("the program has the local path %q in it", here)
	}
}

func TestBuildReportsTheCompilersWords(t *testing.T) {
	t.Parallel()
	program := find(t, pack.Builder{}, "./testdata/broken")
	_, err := pack.Builder{}.Build(t.Context(), program)
	wantError(t, err, []string{"build " + testdata + "broken: go build: ", "undefined: undeclared", "main.go:4"})
}

// TestBuildSaysThatCgoIsOff: the compiler's own words do not name the reason.
func TestBuildSaysThatCgoIsOff(t *testing.T) {
	t.Parallel()
	_, err := pack.Builder{}.Build(t.Context(), pack.Program{Name: "cgo", ImportPath: testdata + "cgo"})
	wantError(t, err, []string{"cgo was turned off", "use it: " + testdata + "cgo"})
}

func TestBuildTakesLinkerFlags(t *testing.T) {
	t.Parallel()
	const word = "a-word-that-is-nowhere-else"
	if data := build(t, pack.Builder{LDFlags: "-X main.word=" + word}, "./testdata/hello"); !bytes.Contains(data, []byte(word)) {
		t.Errorf("-X main.word=%s: the word is not in the program", word)
	}
}

// TestBuildTakesCompilerFlags: those for the named package alone, since "all=" would compile the standard library once more.
func TestBuildTakesCompilerFlags(t *testing.T) {
	t.Parallel()
	usual, plain := build(t, pack.Builder{}, "./testdata/hello"), build(t, pack.Builder{GCFlags: "-N -l"}, "./testdata/hello")
	if bytes.Equal(plain, usual) {
		t.Errorf("got the same %d bytes with -N -l and without", len(plain))
	}
}

// TestSameBytes builds one module in two directories, on two days as far as files tell, with all that an environment can do.
func TestSameBytes(t *testing.T) {
	dirs := []string{t.TempDir(), filepath.Join(t.TempDir(), "other", "place")}
	for i, dir := range dirs {
		copyModule(t, dir, time.Date(2026, time.Month(1+i), 2, 3, 4, 5, 0, time.UTC))
	}
	first := build(t, pack.Builder{Dir: dirs[0]}, ".")
	for name, value := range map[string]string{
		"GOFLAGS": "-race -gcflags=-N", "GOOS": "windows", "GOARCH": "arm64", "GOAMD64": "v3", "CGO_ENABLED": "1", "TZ": "Asia/Tokyo",
	} {
		t.Setenv(name, value)
	}
	second := build(t, pack.Builder{Dir: dirs[1]}, ".")
	if !bytes.Equal(first, second) {
		t.Errorf("two builds of one source differ: %s and %s", pack.SHA256(first), pack.SHA256(second))
	}
}

// copyModule lays testdata/hello out as a module of its own, with files of the given time.
func copyModule(t *testing.T, dir string, at time.Time) {
	t.Helper()
	source, err := os.ReadFile("testdata/hello/main.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"main.go": source, "go.mod": []byte("module example.com/hello\n\ngo 1.26\n")}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
}

func find(t *testing.T, b pack.Builder, pattern string) pack.Program {
	t.Helper()
	programs, err := b.Find(t.Context(), pattern)
	if err != nil {
		t.Fatal(err)
	}
	return programs[0]
}

func build(t *testing.T, b pack.Builder, pattern string) []byte {
	t.Helper()
	data, err := b.Build(t.Context(), find(t, b, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
