package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain is the command itself when a test starts it as a process, and a worker for those that need no process of their own.
func TestMain(m *testing.M) {
	switch os.Getenv("EDGELOCAL_MAIN") {
	case "command":
		main()
	case "worker":
		work(os.Stdin, os.Stdout)
		os.Exit(exitOK)
	}
	forget, err := askOnce("node", "python3")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFailed)
	}
	status := max(m.Run(), endWorkers())
	forget()
	os.Exit(status)
}

// process is the command, to be started in a folder.
func process(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), self(t), args...)
	cmd.Dir, cmd.Env = dir, as("command")
	return cmd
}

// self is the test's own program.
func self(t *testing.T) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// as is the environment in which the test's program is the command or a worker. With -race a program sleeps for a second at its end.
func as(what string) []string {
	return append(os.Environ(), "EDGELOCAL_MAIN="+what, "GORACE=atexit_sleep_ms=0 "+os.Getenv("GORACE"))
}

// finished starts a process and waits for its end.
func finished(t *testing.T, cmd *exec.Cmd) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// need skips a test when a program is missing, unless everything is to be tested.
func need(t *testing.T, program string) {
	t.Helper()
	if program == "" {
		return
	}
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatalf("%s is not installed", program)
		}
		t.Skipf("%s is not installed", program)
	}
}

// copied is a copy of a project below testdata, with some files changed; "" takes one away.
func copied(t *testing.T, project string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if project != "" {
		if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", project))); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		err := os.RemoveAll(name)
		if err == nil && content != "" {
			err = os.MkdirAll(filepath.Dir(name), 0o755)
		}
		if err == nil && content != "" {
			err = os.WriteFile(name, []byte(content), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// wantLines wants lines that begin like this.
func wantLines(t *testing.T, stream, got string, want []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains("\n"+got, "\n"+w) {
			t.Errorf("%s: no line begins with %q in:\n%s", stream, w, got)
		}
	}
}
