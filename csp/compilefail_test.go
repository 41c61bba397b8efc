package csp_test

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestWrongCombinationsDoNotCompile builds a file in which every line with an
// ERROR comment must fail with that message, and no other line may.
func TestWrongCombinationsDoNotCompile(t *testing.T) {
	t.Parallel()
	const file = "testdata/compilefail/builder.go"
	// -e, or the compiler stops after ten errors.
	out, err := exec.Command("go", "build", "-gcflags=-e", "-o", os.DevNull, "./"+file).CombinedOutput()
	if err == nil {
		t.Fatalf("%s compiles", file)
	}
	got := map[int]string{}
	for _, m := range regexp.MustCompile(`(?m)^\S*builder\.go:(\d+):\d+: (.*)$`).FindAllStringSubmatch(string(out), -1) {
		n, _ := strconv.Atoi(m[1])
		got[n] += m[2] + "\n"
	}
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wanted := 0
	for i, line := range strings.Split(string(src), "\n") {
		m := regexp.MustCompile(`// ERROR "(.*)"$`).FindStringSubmatch(line)
		message := got[i+1]
		switch {
		case m == nil && message != "":
			t.Errorf("line %d: got error %q; want none", i+1, message)
		case m != nil && !regexp.MustCompile(m[1]).MatchString(message):
			t.Errorf("line %d: %s\n\tgot error %q; want a match for %q", i+1, line, message, m[1])
		}
		if m != nil {
			wanted++
		}
	}
	if wanted == 0 {
		t.Errorf("%s has no ERROR comments; output:\n%s", file, out)
	}
}
