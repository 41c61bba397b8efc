package repo_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// version is the one that the test publishes.
const version = "v0.0.1"

// TestGoGet publishes the tree as a module in a folder, and does what a newcomer does: a new module, go get, README.md's
// first program, go build. Other modules come from the module cache, and those that only the tests of other modules need, which
// go mod tidy asks for, from where this machine gets its modules.
func TestGoGet(t *testing.T) {
	t.Parallel()
	cache := strings.TrimSpace(goCommand(t, ".", nil, "env", "GOMODCACHE"))
	others := strings.TrimSpace(goCommand(t, ".", nil, "env", "GOPROXY"))
	proxy, dir := t.TempDir(), t.TempDir()
	publish(t, filepath.Join(proxy, filepath.FromSlash(module), "@v"))
	env := []string{
		"GOPROXY=file://" + filepath.ToSlash(proxy) + ",file://" + filepath.ToSlash(cache) + "/cache/download," + others,
		"GOMODCACHE=" + t.TempDir(), "GOFLAGS=-modcacherw", "GOWORK=off", "GOSUMDB=off", "GONOSUMDB=", "GOPRIVATE=", "GONOPROXY=", "GOTOOLCHAIN=local",
	}
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

// publish writes what a module proxy serves for the root module, as the Go command lays it out.
func publish(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root(t), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "list"), version+"\n")
	write(t, filepath.Join(dir, version+".info"), `{"Version":"`+version+`","Time":"2026-01-01T00:00:00Z"}`)
	write(t, filepath.Join(dir, version+".mod"), string(mod))
	out, err := os.Create(filepath.Join(dir, version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := zip.NewWriter(out)
	for _, name := range moduleFiles(t) {
		addFile(t, w, name)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func addFile(t *testing.T, w *zip.Writer, name string) {
	t.Helper()
	in, err := os.Open(filepath.Join(root(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := w.Create(module + "@" + version + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
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

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
