package repo_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/edgehelpers/lambdaedge"

// root returns the directory of the root module.
func root(t *testing.T) string {
	t.Helper()
	return filepath.Dir(strings.TrimSpace(goCommand(t, ".", nil, "env", "GOMOD")))
}

// goCommand runs the Go command in dir with env added to the environment, and returns its standard output.
func goCommand(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}

// leaveOutIfShort leaves out what compiles programs with other flags than go test's, and so the standard library with them.
func leaveOutIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles programs: go test without -short runs it")
	}
}

// leaveOutUnlessAll leaves out what compiles commands in new folders, half a minute of a processor at each run.
func leaveOutUnlessAll(t *testing.T) {
	t.Helper()
	if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") != "1" {
		t.Skip("compiles commands anew: LAMBDAEDGE_REQUIRE_ALL=1 runs it")
	}
}

// files returns the slash-separated names of the repository's files: those that git has or would take, or all of them
// where the tree is no work tree, as in a module zip.
func files(t *testing.T) []string {
	t.Helper()
	dir := root(t)
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return walk(t, dir)
	}
	var names []string
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		// A file that was deleted and not yet committed is no longer there.
		if info, err := os.Lstat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func walk(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// moduleFiles returns those of files that go into the zip of the module in a folder, "." for the root module, relative to it: not what
// lies below a go.mod of its own or in a vendor directory.
func moduleFiles(t *testing.T, dir string) []string {
	t.Helper()
	var own, nested []string
	for _, name := range files(t) {
		if dir != "." && !strings.HasPrefix(name, dir+"/") {
			continue
		}
		name = strings.TrimPrefix(name, dir+"/")
		own = append(own, name)
		if path.Base(name) == "go.mod" && name != "go.mod" {
			nested = append(nested, path.Dir(name)+"/")
		}
	}
	return slices.DeleteFunc(own, func(name string) bool {
		return strings.Contains("/"+name, "/vendor/") ||
			slices.ContainsFunc(nested, func(dir string) bool { return strings.HasPrefix(name, dir) })
	})
}
