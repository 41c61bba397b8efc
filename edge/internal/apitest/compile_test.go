package apitest_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDoesNotCompile builds testdata/doesnotcompile. Each of its lines with a
// comment // ERROR "expression" must be an error whose message the expression
// matches, and no other line may be one.
func TestDoesNotCompile(t *testing.T) {
	t.Parallel()
	const dir = "testdata/doesnotcompile"
	wanted := make(map[string]*regexp.Regexp) // by file:line
	files, err := filepath.Glob(dir + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if m := regexp.MustCompile(`// ERROR "(.*)"$`).FindStringSubmatch(line); m != nil {
				wanted[fmt.Sprintf("%s:%d", filepath.Base(file), i+1)] = regexp.MustCompile(m[1])
			}
		}
	}
	if len(wanted) == 0 {
		t.Fatal("no line with an ERROR comment found")
	}
	// With -e the compiler reports all errors, not the first ten.
	out, err := exec.Command("go", "build", "-gcflags=-e", "-o", os.DevNull, "./"+dir).CombinedOutput()
	if err == nil {
		t.Fatal("it compiles")
	}
	message := regexp.MustCompile(`^(?:.*/)?([a-z_]+\.go:\d+):\d+: (.*)$`)
	got := make(map[string]string)
	for line := range bytes.Lines(out) {
		if m := message.FindStringSubmatch(strings.TrimSpace(string(line))); m != nil {
			got[m[1]] = m[2]
		}
	}
	for at, want := range wanted {
		if got, ok := got[at]; !ok {
			t.Errorf("%s compiles; want the error %q", at, want)
		} else if !want.MatchString(got) {
			t.Errorf("%s: got the error %q; want %q", at, got, want)
		}
	}
	for at, text := range got {
		if wanted[at] == nil {
			t.Errorf("%s: unwanted error: %s", at, text)
		}
	}
}
