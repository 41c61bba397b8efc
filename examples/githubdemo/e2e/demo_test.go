package e2e_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// scratch is a directory that lasts as long as the tests.
var scratch string

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "githubdemo-"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(scratch)
	os.Exit(code)
}

// buildDemo builds the demo once for all tests.
var buildDemo = sync.OnceValues(func() (string, error) {
	program := filepath.Join(scratch, "githubdemo")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = ".."
	build.Stderr = os.Stderr
	return program, build.Run()
})

// startDemo runs the demo on free ports, with more flags, until the test ends, and returns its address.
func startDemo(t *testing.T, flags ...string) string {
	t.Helper()
	return startAndFind(t, []string{"Open"}, flags...)[0]
}

// startWithConsole does so too, and returns the console's address as well.
func startWithConsole(t *testing.T) (site, console string) {
	t.Helper()
	found := startAndFind(t, []string{"Open", "Console"}, "-console", "localhost:0")
	return found[0], found[1]
}

// address finds where something listens in a line of the banner.
var address = regexp.MustCompile(`^  (\w+) +(http://localhost:\d+)`)

// startAndFind runs the demo, and returns the addresses that stand behind the names in its banner, which has them in this order.
func startAndFind(t *testing.T, names []string, flags ...string) []string {
	t.Helper()
	program, err := buildDemo()
	if err != nil {
		t.Fatalf("build the demo: %v", err)
	}
	demo := exec.Command(program, append([]string{"-addr", "localhost:0"}, flags...)...)
	demo.Dir = ".." // -packages builds from there
	output, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	demo.Stdout, demo.Stderr = writer, writer
	if err := demo.Start(); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	lines := make(chan string, 1000)
	go readLines(output, lines)
	t.Cleanup(func() { stopDemo(t, demo, lines) })

	deadline := time.After(2 * time.Minute) // -packages compiles two programs
	var addresses []string
	for len(addresses) < len(names) {
		select {
		case line, open := <-lines:
			if found := address.FindStringSubmatch(line); found != nil && found[1] == names[len(addresses)] {
				addresses = append(addresses, found[2])
			}
			if !open {
				t.Fatal("the demo ended before it said where it listens")
			}
		case <-deadline:
			t.Fatal("the demo did not say where it listens")
		}
	}
	return addresses
}

// readLines sends what is in r line by line. It drops what nobody takes.
func readLines(r io.ReadCloser, lines chan<- string) {
	defer r.Close()
	defer close(lines)
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		select {
		case lines <- scanner.Text():
		default:
		}
	}
}

// stopDemo ends the demo as Ctrl-C does, and holds it to a clean end.
func stopDemo(t *testing.T, demo *exec.Cmd, lines <-chan string) {
	if err := demo.Process.Signal(os.Interrupt); err != nil {
		t.Errorf("stop the demo: %v", err)
	}
	killer := time.AfterFunc(10*time.Second, func() { _ = demo.Process.Kill() })
	defer killer.Stop()
	err := demo.Wait()
	var said strings.Builder
	for line := range lines {
		said.WriteString(line + "\n")
	}
	if err != nil {
		t.Errorf("the demo ended with %v; want a clean end after Ctrl-C. It said:\n%s", err, &said)
	}
}
