package repo_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoGet publishes the tree as a module in a folder, and does what a newcomer does: a new module, go get, README.md's
// first program, go build.
func TestGoGet(t *testing.T) {
	t.Parallel()
	leaveOutIfShort(t)
	env, dir := published(t, "."), t.TempDir()
	write(t, filepath.Join(dir, "main.go"), firstProgram(t))
	goCommand(t, dir, env, "mod", "init", "example.com/newcomer")
	goCommand(t, dir, env, "get", module+"@"+version)
	goCommand(t, dir, env, "mod", "tidy")
	goCommand(t, dir, env, "vet", "./...")
	goCommand(t, dir, env, "build", "-o", filepath.Join(dir, "newcomer"), ".")
	if got := goCommand(t, dir, env, "list", "-m", module); strings.TrimSpace(got) != module+" "+version {
		t.Errorf("got module %q, want %s %s", got, module, version)
	}
}

// TestGoTool does what README.md says of commands: go get -tool keeps one in a module, go install puts one into PATH.
func TestGoTool(t *testing.T) {
	t.Parallel()
	leaveOutUnlessAll(t)
	env, dir, bin := published(t, "."), t.TempDir(), t.TempDir()
	goCommand(t, dir, env, "mod", "init", "example.com/newcomer")
	goCommand(t, dir, env, "get", "-tool", module+"/edge/edgepack@"+version)
	if got, want := goCommand(t, dir, env, "tool", "edgepack", "-version"), "edgepack "+version+" go"; !strings.HasPrefix(got, want) {
		t.Errorf("go tool edgepack -version: got %q, want it to begin with %q", got, want)
	}
	for name, at := range map[string]string{"edgepack": "/edge/edgepack@", "csplint": "/csp/csplint@"} {
		goCommand(t, dir, append(env, "GOBIN="+bin), "install", module+at+version)
		got, err := exec.CommandContext(t.Context(), filepath.Join(bin, name), "-version").Output()
		if want := name + " " + version + " go"; err != nil || !strings.HasPrefix(string(got), want) {
			t.Errorf("%s -version: got %q, %v, want it to begin with %q", name, got, err, want)
		}
	}
}

// firstProgram returns the first Go program of README.md.
func firstProgram(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n```go\n")
	program, _, closed := strings.Cut(rest, "\n```")
	if !found || !closed {
		t.Fatal("README.md: want a block that starts with a line ```go")
	}
	if !strings.Contains(program, "package main") || !strings.Contains(program, module) {
		t.Fatalf("README.md: want its first Go block to be a whole program that imports %s, got:\n%s", module, program)
	}
	return program + "\n"
}
