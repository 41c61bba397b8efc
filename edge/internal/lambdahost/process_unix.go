//go:build unix

package lambdahost

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// ownGroup puts the process into a group of its own, so that what it starts can be ended with it.
func ownGroup(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

func killGroup(p *os.Process) {
	syscall.Kill(-p.Pid, syscall.SIGKILL)
}

// busy reports whether a program could not be started because a process has it open for writing.
func busy(err error) bool { return errors.Is(err, syscall.ETXTBSY) }
