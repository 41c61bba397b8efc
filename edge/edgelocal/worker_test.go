package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// A worker is a process that runs the command for one test after another, each time in another folder: a process has one working folder, and
// to start one takes longer than what most tests ask of it.
type worker struct {
	cmd   *exec.Cmd
	stdin io.Closer
	tasks *json.Encoder
	done  *json.Decoder
}

// A task is a command line and the folder it is given in.
type task struct {
	Dir  string
	Args []string
}

// An outcome is what came of a task.
type outcome struct {
	Status         int
	Stdout, Stderr []byte
}

// workers are those without a task; nil is one that is still to be started.
var workers = func() chan *worker {
	all := make(chan *worker, runtime.GOMAXPROCS(0))
	for range cap(all) {
		all <- nil
	}
	return all
}()

// inFolder runs the command to its end in a folder, by a worker.
func inFolder(t *testing.T, dir string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	w := <-workers
	defer func() { workers <- w }()
	if w == nil {
		w = newWorker(t)
	}
	var o outcome
	if err := errors.Join(w.tasks.Encode(task{dir, args}), w.done.Decode(&o)); err != nil {
		err = errors.Join(err, w.cmd.Wait())
		w = nil
		t.Fatalf("%q: %v", args, err)
	}
	return o.Status, string(o.Stdout), string(o.Stderr)
}

func newWorker(t *testing.T) *worker {
	t.Helper()
	cmd := exec.Command(self(t)) // it outlives the test
	cmd.Env, cmd.Stderr = as("worker"), os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &worker{cmd: cmd, stdin: in, tasks: json.NewEncoder(in), done: json.NewDecoder(out)}
}

// work is a worker's main.
func work(in io.Reader, out io.Writer) {
	tasks, outcomes := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var t task
		if tasks.Decode(&t) != nil {
			return
		}
		if err := os.Chdir(t.Dir); err != nil {
			panic(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second) // none of them serves
		var stdout, stderr bytes.Buffer
		status := run(ctx, t.Args, nil, &stdout, &stderr)
		cancel()
		if outcomes.Encode(outcome{status, stdout.Bytes(), stderr.Bytes()}) != nil {
			return
		}
	}
}

// endWorkers ends them. The status is not 0 when one of them failed, for instance because the race detector had something to say.
func endWorkers() (status int) {
	for range cap(workers) {
		w := <-workers
		if w == nil {
			continue
		}
		w.stdin.Close()
		if err := w.cmd.Wait(); err != nil {
			fmt.Fprintln(os.Stderr, "a worker:", err)
			status = 1
		}
	}
	return status
}

// askOnce puts programs into PATH that stand for these, which say what they said the first time when they are asked for their version
// (-p, -c): edgelocal asks for each function, and the answer takes an interpreter longer than most tests. forget takes them away.
func askOnce(programs ...string) (forget func(), err error) {
	dir, err := os.MkdirTemp("", "edgelocal-programs-")
	if err != nil {
		return nil, err
	}
	for _, name := range programs {
		program, err := exec.LookPath(name)
		if err != nil {
			continue // the tests that need it say so
		}
		script := fmt.Sprintf(`#!/bin/sh
case "$1" in
-p|-c)
	[ -e "$0.said" ] || { '%[1]s' "$@" >"$0.$$" && mv "$0.$$" "$0.said"; } || exit
	exec cat "$0.said";;
esac
exec '%[1]s' "$@"
`, program)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			return nil, err
		}
	}
	return func() { os.RemoveAll(dir) }, os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}
