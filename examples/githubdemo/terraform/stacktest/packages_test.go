package stacktest_test

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestZipsHandleTheirTriggers starts each function's zip and asks it for every trigger: it handles the one that it is
// associated with and no other. edgepack -check also refuses a program of another architecture.
func TestZipsHandleTheirTriggers(t *testing.T) {
	p := readPlan(t)
	functions := of[function](t, p, "aws_lambda_function")
	var associated []string
	for _, a := range defaultBehavior(t, p).Associations {
		associated = append(associated, a.EventType)
	}
	slices.Sort(associated)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(functions)), associated); diff != "" {
		t.Errorf("triggers of the functions and of the associations (-functions +associations):\n%s", diff)
	}
	for trigger, f := range functions {
		if diff := cmp.Diff([]string{trigger}, handled(t, f.Filename)); diff != "" {
			t.Errorf("%s: triggers that the program handles (-want +got):\n%s", f.Filename, diff)
		}
	}
}

// handled returns the triggers that edgepack -check finds handled in a zip.
func handled(t *testing.T, file string) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "run", "github.com/edgehelpers/lambdaedge/edge/edgepack", "-check", file)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("edgepack -check %s: %v\n%s%s", file, err, out, stderr.String())
	}
	var triggers []string
	for _, line := range regexp.MustCompile(`(?m)^  ([a-z-]+) +handled, `).FindAllStringSubmatch(string(out), -1) {
		triggers = append(triggers, line[1])
	}
	return triggers
}

// TestHandlerIsInTheZip: the handler setting names a module that the runtime finds, and the hash is the zip's.
func TestHandlerIsInTheZip(t *testing.T) {
	p := readPlan(t)
	for trigger, f := range of[function](t, p, "aws_lambda_function") {
		module, _, found := strings.Cut(f.Handler, ".")
		extension := ".mjs"
		if strings.HasPrefix(f.Runtime, "python") {
			extension = ".py"
		}
		if names := filesOf(t, f.Filename); !found || !slices.Contains(names, module+extension) {
			t.Errorf("%s: handler %q on %s needs %s, the zip has %q", trigger, f.Handler, f.Runtime, module+extension, names)
		}
		if !slices.Equal(f.Architectures, []string{"x86_64"}) {
			t.Errorf("%s: architectures %q, want x86_64 as the program", trigger, f.Architectures)
		}
		data, err := os.ReadFile(f.Filename)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		if got := base64.StdEncoding.EncodeToString(sum[:]); f.SourceCodeHash != got {
			t.Errorf("%s: source_code_hash %s, the zip's is %s", trigger, f.SourceCodeHash, got)
		}
		if n := len(f.FunctionName); n > 64 {
			t.Errorf("%s: the name %q has %d characters, Lambda takes 64", trigger, f.FunctionName, n)
		}
	}
}

func filesOf(t *testing.T, file string) []string {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	return names
}
