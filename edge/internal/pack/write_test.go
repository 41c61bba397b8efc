package pack_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

func TestWriteFileReplaces(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.zip")
	for _, content := range []string{"first, and longer", "second"} {
		if err := pack.WriteFile(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("got %q, %v, want %q", got, err, content)
		}
	}
}

func TestWriteFileLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	taken := filepath.Join(dir, "a.zip") // a directory with something in it: the rename must fail
	if err := os.MkdirAll(filepath.Join(taken, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	wantError(t, pack.WriteFile(taken, []byte("x")), []string{"write " + taken})
	wantError(t, pack.WriteFile(filepath.Join(dir, "missing", "a.zip"), nil), []string{"write "})
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v, want the directory alone", entries, err)
	}
}
