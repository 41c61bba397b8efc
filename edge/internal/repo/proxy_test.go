package repo_test

import (
	"archive/zip"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// version is the one that tests publish.
const version = "v0.0.1"

// published publishes the modules of some folders of the tree, "." being the root module, and returns the environment in which the Go
// command finds them. Other modules come from the module cache, and those that are not there, such as what only the tests of other modules
// need and go mod tidy asks for, from where this machine gets its modules.
func published(t *testing.T, dirs ...string) []string {
	t.Helper()
	cache := strings.TrimSpace(goCommand(t, ".", nil, "env", "GOMODCACHE"))
	others := strings.TrimSpace(goCommand(t, ".", nil, "env", "GOPROXY"))
	proxy := t.TempDir()
	for _, dir := range dirs {
		publish(t, proxy, dir)
	}
	return []string{ // without -trimpath, with which the standard library would be compiled once more
		"GOPROXY=file://" + filepath.ToSlash(proxy) + ",file://" + filepath.ToSlash(cache) + "/cache/download," + others,
		"GOMODCACHE=" + t.TempDir(), "GOFLAGS=-modcacherw", "GOWORK=off", "GOSUMDB=off", "GONOSUMDB=", "GOPRIVATE=", "GONOPROXY=", "GOTOOLCHAIN=local",
	}
}

// publish writes what a module proxy serves for the module in a folder, as the Go command lays it out.
func publish(t *testing.T, proxy, dir string) {
	t.Helper()
	name, from := path.Join(module, dir), filepath.Join(root(t), filepath.FromSlash(dir))
	at := filepath.Join(proxy, filepath.FromSlash(name), "@v")
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	mod := releasedMod(t, dir)
	write(t, filepath.Join(at, "list"), version+"\n")
	write(t, filepath.Join(at, version+".info"), `{"Version":"`+version+`","Time":"2026-01-01T00:00:00Z"}`)
	write(t, filepath.Join(at, version+".mod"), mod)
	out, err := os.Create(filepath.Join(at, version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := zip.NewWriter(out)
	for _, file := range moduleFiles(t, dir) {
		content := mod
		if file != "go.mod" {
			content = read(t, filepath.Join(from, filepath.FromSlash(file)))
		}
		entry, err := w.Create(name + "@" + version + "/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// releasedMod is a module's go.mod as its tag has it: docs/releasing.md.
func releasedMod(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "go.mod")
	write(t, file, read(t, filepath.Join(root(t), filepath.FromSlash(dir), "go.mod")))
	if dir != "." {
		goCommand(t, ".", nil, "mod", "edit", "-dropreplace", module, "-require", module+"@"+version, file)
	}
	return read(t, file)
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
