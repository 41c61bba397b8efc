package pack_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

func TestInspectOwnZip(t *testing.T) {
	t.Parallel()
	data := zipEntries(t, entries(build(t, pack.Builder{}, "./testdata/hello")))
	got, err := pack.Inspect(data)
	if err != nil {
		t.Fatal(err)
	}
	want := pack.Report{
		Size: len(data), SHA256: pack.SHA256(data), Files: []string{"bootstrap", "index.mjs", "index.py"},
		GoVersion: runtime.Version(), Package: testdata + "hello",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Inspect (-want +got):\n%s", diff)
	}
}

// entry is a file of a zip that a test makes.
type entry struct {
	name string
	mode fs.FileMode
	data string
}

// entries returns what edgepack would put into the zip.
func entries(program []byte) []entry {
	var all []entry
	for _, f := range pack.Files(program) {
		all = append(all, entry{f.Name, f.Mode, string(f.Data)})
	}
	return all
}

// zipEntries makes a zip without compressing, which is faster than [pack.Zip].
func zipEntries(t *testing.T, entries []entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name}
		header.SetMode(e.mode)
		body, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := body.Write([]byte(e.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// tinyELF returns the least that passes for a static linux/amd64 program: a file header and one program header
// (System V ABI, chapters 4 and 5).
func tinyELF() []byte {
	program := make([]byte, 64+56)
	copy(program, "\x7fELF\x02\x01\x01") // 64 bits, little endian, version 1
	for at, value := range map[int]byte{
		16: 2,  // e_type: an executable
		18: 62, // e_machine: x86-64
		20: 1,  // e_version
		32: 64, // e_phoff: program headers follow
		52: 64, // e_ehsize
		54: 56, // e_phentsize
		56: 1,  // e_phnum
		64: 1,  // p_type: to be loaded
	} {
		program[at] = value
	}
	return program
}

// patched returns the program with other bytes at a place in it.
func patched(program []byte, at int, with ...byte) string {
	copied := bytes.Clone(program)
	copy(copied[at:], with)
	return string(copied)
}

func TestInspectMistakes(t *testing.T) {
	t.Parallel()
	program := tinyELF()
	files := entries(program)
	good, node, python := files[0], files[1], files[2]
	tests := []struct {
		name, reason string
		entries      []entry
		wantErrs     []string
		wantWarning  string
	}{
		{"no-program", "nothing to start", []entry{node, python}, []string{"no file bootstrap"}, ""},
		{"program-in-directory", "a folder was zipped instead of its files", []entry{{"build/bootstrap", 0o755, good.data}, node, python}, []string{"build/bootstrap: want it at the top"}, ""},
		{"not-executable", "zipped on a system without modes", []entry{{"bootstrap", 0o644, good.data}, node, python}, []string{"bootstrap: mode 0644, want 0755"}, ""},
		{"not-readable", "Lambda runs as another user", []entry{{"bootstrap", 0o700, good.data}, node, python}, []string{"bootstrap: mode 0700, want it readable by all"}, ""},
		{"script", "Lambda@Edge has no shell to rely on", []entry{{"bootstrap", 0o755, "#!/bin/sh\n"}, node, python}, []string{"not a Linux program"}, ""},
		{"arm64", "e_machine 183: Lambda@Edge runs x86_64 only", []entry{{"bootstrap", 0o755, patched(program, 18, 183, 0)}, node, python}, []string{"built for EM_AARCH64"}, ""},
		{"freebsd", "EI_OSABI 9", []entry{{"bootstrap", 0o755, patched(program, 7, 9)}, node, python}, []string{"ELFOSABI_FREEBSD"}, ""},
		{"object-file", "e_type 1: not linked", []entry{{"bootstrap", 0o755, patched(program, 16, 1, 0)}, node, python}, []string{"ET_REL, not an executable"}, ""},
		{"dynamic", "a program header of type 3 names a dynamic linker", []entry{{"bootstrap", 0o755, patched(program, 64, 3, 0, 0, 0)}, node, python}, []string{"built with cgo"}, ""},
		{"pie", "e_type 3 with a dynamic linker: go build -buildmode=pie", []entry{{"bootstrap", 0o755, patched([]byte(patched(program, 16, 3, 0)), 64, 3, 0, 0, 0)}, node, python}, []string{"position-independent executable (PIE)"}, ""},
		{"shadowed-in-node", "AWS's client tries .js before .mjs", []entry{good, node, python, {"index.js", 0o644, ""}}, nil, "index.js: a Node.js runtime loads it"},
		{"shadowed-without-extension", "and the bare name before both", []entry{good, node, python, {"index", 0o644, ""}}, nil, "index: a Node.js runtime loads it"},
		{"cjs-behind", "after .mjs nothing is tried", []entry{good, node, python, {"index.cjs", 0o644, ""}}, nil, ""},
		{"shadowed-by-package", "Python prefers a package to a module", []entry{good, node, python, {"index/__init__.py", 0o644, ""}}, nil, "index/__init__.py: a Python runtime loads it"},
		{"shadowed-by-library", "and a shared library to a source file", []entry{good, node, python, {"index.cpython-313-x86_64-linux-gnu.so", 0o644, ""}}, nil, "a Python runtime loads it"},
		{"folder-index", "client 4.0.2 for Node.js fails", []entry{good, node, python, {"index/a.txt", 0o644, ""}}, nil, "with a folder index"},
		{"no-index", "no runtime finds the handler", []entry{good}, []string{"neither index.mjs nor index.py"}, "no file index.mjs"},
		{"node-only", "a Python runtime would not start it", []entry{good, node}, nil, "no file index.py"},
		{"other-index", "someone wrote a handler of their own", []entry{good, {"index.mjs", 0o644, "export const handler = 1"}, python}, nil, "index.mjs is not the one that edgepack writes"},
		{"path-out", "unpacks over something else", []entry{good, node, python, {"../x", 0o644, ""}}, []string{`"../x": not a relative path`}, ""},
		{"backslash", "zipped on Windows by hand", []entry{good, node, python, {`a\b`, 0o644, ""}}, []string{`"a\\b": not a relative path`}, ""},
		{"symlink", "points to nowhere in Lambda", []entry{good, node, python, {"link", fs.ModeSymlink | 0o777, "bootstrap"}}, []string{"link: not a regular file"}, ""},
		{"twice", "which one is it", []entry{good, node, python, node}, []string{node.name + ": is in the zip twice"}, ""},
		{"name-of-two-lines", "the second would pass for a line of ours", []entry{good, node, python, {"a\nb.zip: good", 0o600, ""}}, []string{`"a\nb.zip: good": mode 0600`}, ""},
		{"folder-of-two-lines", "and in a warning", []entry{good, node, python, {"index/\nb", 0o644, ""}}, nil, `"index/\nb": with a folder index`},
		{"all-at-once", "every mistake is told", []entry{{"bootstrap", 0o644, patched(program, 18, 183, 0)}, {"../x", 0o644, ""}},
			[]string{"mode 0644", "EM_AARCH64", "neither index.mjs", "../x"}, "no file index.py"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			report, err := pack.Inspect(zipEntries(t, test.entries))
			wantError(t, err, test.wantErrs)
			if got := strings.Join(report.Warnings, "\n"); !strings.Contains(got, test.wantWarning) || (got == "") != (test.wantWarning == "") {
				t.Errorf("%s: warnings %q, want %q", test.reason, got, test.wantWarning)
			}
		})
	}
}

// TestInspectEncrypted: the first bit of an entry's flags says that it is encrypted (APPNOTE.TXT 4.4.4).
func TestInspectEncrypted(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	if _, err := w.CreateRaw(&zip.FileHeader{Name: "secret", Flags: 1}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := pack.Inspect(buf.Bytes())
	wantError(t, err, []string{"secret: is encrypted"})
}

// FuzzInspect: no zip makes it panic, and what is no zip is told.
func FuzzInspect(f *testing.F) {
	small, err := pack.Zip([]byte("\x7fELF"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(nil))
	f.Add([]byte("PK\x05\x06"))
	f.Add(small)
	f.Add(small[:len(small)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := pack.Inspect(data); err == nil && !bytes.Contains(data, []byte("bootstrap")) {
			t.Error("a zip without bootstrap passes")
		}
	})
}
