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

// TestDocumentedPrograms builds the programs of docs/capture-events.md as they stand, and runs those that are tests, with an event in
// each folder that they read.
func TestDocumentedPrograms(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles programs: go test without -short runs it")
	}
	page, err := os.ReadFile("../../docs/capture-events.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```").FindAllStringSubmatch(string(page), -1)
	if len(blocks) != 4 {
		t.Fatalf("found %d programs; want 4", len(blocks))
	}
	dir := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	file("tests/testdata/events/custom.json", string(readEvent(t, "origin-request-custom.json")))
	file("tests/testdata/others/uri-only.json", `{"Records":[{"cf":{"request":{"uri":"/a/"}}}]}`)
	tests := []string{"test", "-v"}
	for i, block := range blocks {
		if strings.Contains(block[1], `"testing"`) {
			tests = append(tests, file("tests/page"+strconv.Itoa(i)+"_test.go", block[1]))
			continue
		}
		run(t, "vet", file("page"+strconv.Itoa(i)+"/main.go", block[1]))
	}
	if out := run(t, tests...); strings.Count(out, "--- PASS: Test") != 2 || !strings.Contains(out, "--- PASS: FuzzEvents") {
		t.Errorf("got the tests\n%s", out)
	}
}

// run runs the go command. From here, the imports of a file are those of this module.
func run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("go", args...).CombinedOutput()
	if err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
