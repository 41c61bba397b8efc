package runtimes

import (
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"strconv"
	"strings"
)

// An interpreter is a program that runs JavaScript or Python.
type interpreter struct {
	path    string // of the program itself: what PATH names may be a script that needs more of the environment than Lambda gives
	release string // what it says of itself, 22.23.3 for instance
	version int    // as in a runtime
	flags   string // of the flags that Lambda gives Node.js those that it knows, with spaces between
}

// questions have an interpreter print its path, its release, the number that tells versions apart, and its flags.
var questions = map[family][]string{
	node: {"-p", `[process.execPath, process.versions.node, parseInt(process.versions.node),
		["--no-experimental-require-module", "--no-experimental-detect-module"].filter((flag) => process.allowedNodeEnvironmentFlags.has(flag)).join(" ")].join("\n")`},
	python: {"-c", `import sys; print(sys.executable, sys.version.split()[0], sys.version_info[1], "", sep="\n")`},
}

// A finder is find, or stands for it.
type finder func(f family, program string) (interpreter, error)

// find asks the program, or the one that PATH has for the family, what it is.
func find(f family, program string) (interpreter, error) {
	if program == "" {
		program = string(f)
	}
	out, err := exec.Command(program, questions[f]...).Output()
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		return interpreter{}, fmt.Errorf("runtime %s: %w; install it, or set Interpreter", f, err)
	}
	if err != nil {
		return interpreter{}, fmt.Errorf("runtime %s: %s does not run: %w", f, program, err)
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) < 4 {
		return interpreter{}, fmt.Errorf("runtime %s: %s is none: asked for its version it says %.100q", f, program, out)
	}
	version, err := strconv.Atoi(lines[2])
	return interpreter{path: lines[0], release: lines[1], version: version, flags: lines[3]}, err
}

// runtime is Lambda's for the interpreter. An odd version of Node.js, for which Lambda has none, counts as the even one before it.
func (i interpreter) runtime(f family) runtime {
	if f == node {
		return runtime{f, i.version - i.version%2}
	}
	return runtime{f, i.version}
}

// lambdaFlags are the flags with which Lambda starts Node.js: what the language has of late for mixing CommonJS and ES modules is switched
// off (Lambda's Developer Guide, lambda-nodejs, "experimental features": require on 20 and 22, detection on 22; on 24 that require is off was
// reported, nestjs/nest#17707, and aws-lambda-ric 4.0.2's own tests run with both). Lambda@Edge has no NODE_OPTIONS to switch it on again.
func (i interpreter) lambdaFlags(version int) []string {
	var flags []string
	for flag := range strings.FieldsSeq(i.flags) {
		if version >= 22 || version == 20 && flag == "--no-experimental-require-module" {
			flags = append(flags, flag)
		}
	}
	return flags
}
