package pack_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

func TestZipHoldsTheFiles(t *testing.T) {
	t.Parallel()
	data, err := pack.Zip([]byte("a program"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var got []pack.File
	for _, f := range r.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if f.Modified.Year() != 1980 {
			t.Errorf("%s: time %v, want the fixed one", f.Name, f.Modified)
		}
		got = append(got, pack.File{Name: f.Name, Mode: f.Mode(), Data: content})
	}
	if diff := cmp.Diff(pack.Files([]byte("a program")), got); diff != "" {
		t.Errorf("zip (-want +got):\n%s", diff)
	}
	wantModes := map[string]fs.FileMode{"bootstrap": 0o755, "index.mjs": 0o644, "index.py": 0o644}
	for _, f := range got {
		if f.Mode != wantModes[f.Name] {
			t.Errorf("%s: mode %v, want %v", f.Name, f.Mode, wantModes[f.Name])
		}
	}
}

// TestZipIsReproducible: the program decides about the bytes, and nothing else does.
func TestZipIsReproducible(t *testing.T) {
	program := bytes.Repeat([]byte("a program "), 10_000)
	first, err := pack.Zip(program)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TZ", "Asia/Tokyo")
	second, err := pack.Zip(bytes.Clone(program))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("two zips of one program differ")
	}
	other, err := pack.Zip(append(program, '.'))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(first, other) {
		t.Error("two programs have one zip")
	}
}

// TestIndexFiles holds what stands in the index files beside imports and comments, nothing of which may take time.
func TestIndexFiles(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"index.mjs": {
			"const bootstrap = `${import.meta.dirname}/bootstrap`;",
			`process.getBuiltinModule("fs").accessSync(bootstrap, 1);`,
			`process.execve(bootstrap, ["bootstrap"], process.env);`,
		},
		"index.py": {`os.execv(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bootstrap"), ["bootstrap"])`},
	}
	for _, file := range pack.Files(nil)[1:] {
		var statements []string
		for line := range strings.Lines(string(file.Data)) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "import ") {
				statements = append(statements, line)
			}
		}
		if diff := cmp.Diff(want[file.Name], statements); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file.Name, diff)
		}
	}
}

func TestSHA256IsTerraforms(t *testing.T) {
	t.Parallel()
	// base64 of the digest of no bytes, as "openssl dgst -sha256 -binary | base64" and filebase64sha256 give it.
	const want = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	if got := pack.SHA256(nil); got != want {
		t.Errorf("SHA256(nil) = %q, want %q", got, want)
	}
}

func TestCheckSize(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		size    int
		warning string
		err     string
	}{
		{name: "small", size: 1},
		{name: "at-viewer-limit", size: 1_048_576},
		{name: "over-viewer-limit", size: 1_048_577, warning: "1,048,577 bytes are over 1,048,576"},
		{name: "at-limit", size: 52_428_800, warning: "52,428,800 bytes are over 1,048,576"},
		{name: "over-limit", size: 52_428_801, err: "zip is 52,428,801 bytes, Lambda@Edge takes at most 52,428,800 (50 MB)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			warning, err := pack.CheckSize(test.size)
			if !strings.HasPrefix(warning, test.warning) || (warning == "") != (test.warning == "") {
				t.Errorf("CheckSize(%d): warning %q, want %q", test.size, warning, test.warning)
			}
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Errorf("CheckSize(%d): error %v, want %q", test.size, err, test.err)
			}
		})
	}
}

func TestGrouped(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1048576: "1,048,576", -12003: "-12,003", 1000000: "1,000,000"} {
		if got := pack.Grouped(n); got != want {
			t.Errorf("Grouped(%d) = %q, want %q", n, got, want)
		}
	}
}
