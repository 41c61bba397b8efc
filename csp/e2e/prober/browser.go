package prober

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A Browser is a kind of browser that can be started.
type Browser struct {
	Name    string // of the engine's best-known browser: "chromium", "firefox", "webkit"
	Package string // Debian's package that has it

	find  func() (string, error) // the program's path
	start func(context.Context, settings) (*process, error)
}

// settings are what a browser is started with.
type settings struct {
	program string // path
	profile string // an empty directory
	proxy   string // host and port
	address string // the page to open
}

// ErrAbsent is the error of [Start] if the browser is not installed.
var ErrAbsent = errors.New("not installed")

// version asks a program for its version.
func version(program string, environment []string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, program, "--version")
	command.Env = environment
	out, err := command.Output()
	if err != nil {
		return "version unknown: " + err.Error()
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return first
}

// A process is a program that was started, with all that it starts in turn.
type process struct {
	command *exec.Cmd
	output  *tail
	ended   chan struct{} // closed when the program has ended
	tidy    bool          // it removes files of its own when it is asked to end
	close   func()        // ends what belongs to it; may be nil
}

// startProcess starts a program in a process group of its own, with a home in the profile. It gets the files as its third
// and further ones.
func startProcess(profile, program string, files []*os.File, environment []string, arguments ...string) (*process, error) {
	command := exec.Command(program, arguments...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	command.Env = []string{
		"HOME=" + profile, "TMPDIR=" + profile, "XDG_RUNTIME_DIR=" + profile,
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "DBUS_SESSION_BUS_ADDRESS=disabled:", "NO_AT_BRIDGE=1",
		"MOZ_CRASHREPORTER_DISABLE=1", // its helper would outlive the process group
	}
	command.Env = append(command.Env, environment...)
	command.ExtraFiles = files
	p := &process{command: command, output: &tail{}, ended: make(chan struct{})}
	command.Stdout, command.Stderr = p.output, p.output
	command.WaitDelay = 2 * time.Second
	if err := command.Start(); err != nil {
		return nil, err
	}
	go func() {
		command.Wait()
		close(p.ended)
	}()
	return p, nil
}

// stop ends the program and all of its process group, and waits until they are gone.
func (p *process) stop() {
	group := -p.command.Process.Pid
	if p.tidy {
		syscall.Kill(group, syscall.SIGTERM)
		select {
		case <-p.ended:
		case <-time.After(tidyTime):
		}
	}
	syscall.Kill(group, syscall.SIGKILL)
	<-p.ended
	for end := time.Now().Add(tidyTime); syscall.Kill(group, 0) == nil && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if p.close != nil {
		p.close()
	}
}

// tidyTime is how long processes may take to end.
const tidyTime = 3 * time.Second

// A tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailSize = 2000

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	if len(t.text) > 2*tailSize {
		t.text = bytes.Clone(t.text[len(t.text)-tailSize:])
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text[max(0, len(t.text)-tailSize):])
}

// look finds a program by one of its names.
func look(names ...string) func() (string, error) {
	return func() (string, error) {
		for _, name := range names {
			if path, err := exec.LookPath(name); err == nil {
				return path, nil
			}
		}
		return "", fmt.Errorf("%w: %s", ErrAbsent, names[0])
	}
}
