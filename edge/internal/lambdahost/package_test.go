package lambdahost_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

func writeZip(t *testing.T, names ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "package.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := zip.NewWriter(f)
	for _, name := range names {
		h := &zip.FileHeader{Name: name}
		h.SetMode(0o755)
		entry, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		entry.Write([]byte("content of " + name))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUnpack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := lambdahost.Unpack(writeZip(t, "bootstrap", "lib/index.py"), dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bootstrap", "lib/index.py"} {
		path := filepath.Join(dir, name)
		content, err := os.ReadFile(path)
		if want := "content of " + name; err != nil || string(content) != want {
			t.Errorf("%s holds %q, %v; want %q", name, content, err, want)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o100 == 0 && runtime.GOOS != "windows" {
			t.Errorf("%s is not executable: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestUnpackRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, entry, reason string }{
		{"parent", "../evil", "a name that leads out of the folder"},
		{"deep-parent", "a/../../evil", "the same, hidden"},
		{"absolute", "/evil", "an absolute name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "inner")
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := lambdahost.Unpack(writeZip(t, test.entry), dir); err == nil {
				t.Errorf("%q was unpacked; want an error: %s", test.entry, test.reason)
			}
		})
	}
	if err := lambdahost.Unpack(filepath.Join(t.TempDir(), "none.zip"), t.TempDir()); err == nil {
		t.Error("a missing file was unpacked")
	}
}
