package pack

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	goruntime "runtime"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// A Runtime is a way to start a package. The zero Runtime starts the program itself.
type Runtime struct {
	kind        string // "", "node" or "python"
	interpreter string // path of the interpreter
	Version     string // what the interpreter says of itself
}

// ErrOtherSystem says that packages, which hold a program for linux/amd64, cannot be started on this system.
var ErrOtherSystem = errors.New("not started: the program is for linux/amd64, this is " + goruntime.GOOS + "/" + goruntime.GOARCH)

// FindRuntime returns the runtime "node" or "python", as found in PATH, or with "" the one that needs neither.
func FindRuntime(ctx context.Context, kind string) (Runtime, error) {
	if goruntime.GOOS != "linux" || goruntime.GOARCH != "amd64" {
		return Runtime{}, ErrOtherSystem
	}
	switch kind {
	case "":
		return Runtime{}, nil
	case "node":
		// The file itself, not a wrapper that needs the environment that Lambda's does not have.
		r, execve, err := ask(ctx, kind, "node", "-p", `[process.execPath, process.version, typeof process.execve].join("\n")`)
		if err == nil && execve != "function" {
			err = fmt.Errorf("node %s has no process.execve: want Node.js 22.15 or newer (Lambda's nodejs22.x and nodejs24.x are)", r.Version)
		}
		return r, err
	case "python":
		r, _, err := ask(ctx, kind, "python3", "-c", `import sys; print(sys.executable, sys.version.split()[0], "", sep="\n")`)
		return r, err
	}
	return Runtime{}, fmt.Errorf(`runtime: got %q, want "node" or "python"`, kind)
}

// ask has an interpreter print its path, its version and a third line.
func ask(ctx context.Context, kind, name string, args ...string) (Runtime, string, error) {
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if errors.Is(err, exec.ErrNotFound) {
		return Runtime{}, "", fmt.Errorf("runtime %s: %s is not in PATH", kind, name)
	}
	if err != nil {
		return Runtime{}, "", fmt.Errorf("runtime %s: %s: %w", kind, name, err)
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) < 3 {
		return Runtime{}, "", fmt.Errorf("runtime %s: got %q from %s", kind, out, name)
	}
	return Runtime{kind: kind, interpreter: lines[0], Version: lines[1]}, lines[2], nil
}

// String says how the package is started.
func (r Runtime) String() string {
	switch r.kind {
	case "node":
		return "Node.js " + r.Version + " through " + NodeIndex
	case "python":
		return "Python " + r.Version + " through " + PythonIndex
	}
	return Bootstrap
}

// command returns what starts the package unpacked in dir. Lambda's runtimes import index to find the handler; the import
// is all that matters, because it does not return.
func (r Runtime) command(dir string) []string {
	switch r.kind {
	case "node":
		return []string{r.interpreter, "--input-type=module", "--eval", `await import(process.cwd() + "/` + NodeIndex + `")`}
	case "python":
		return lambdahost.Python(r.interpreter)
	}
	return lambdahost.Bootstrap(dir)
}
