package edgetest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestDocumentedProgramsCompile builds the programs of docs/capture-events.md.
func TestDocumentedProgramsCompile(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles programs: go test without -short runs it")
	}
	page, err := os.ReadFile("../../docs/capture-events.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```").FindAllStringSubmatch(string(page), -1)
	if len(blocks) != 3 {
		t.Fatalf("found %d programs; want 3", len(blocks))
	}
	dir := t.TempDir()
	for i, block := range blocks {
		name := "page" + strconv.Itoa(i)
		if strings.Contains(block[1], `"testing"`) {
			name += "_test"
		}
		file := filepath.Join(dir, strconv.Itoa(i), name+".go")
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(block[1]), 0o666); err != nil {
			t.Fatal(err)
		}
		// From here, the imports of the file are those of this module.
		if out, err := exec.Command("go", "vet", file).CombinedOutput(); err != nil {
			t.Errorf("program %d: %v\n%s", i, err, out)
		}
	}
}
