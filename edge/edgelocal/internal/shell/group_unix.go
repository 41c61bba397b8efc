//go:build unix

package shell

import (
	"os"
	"os/exec"
	"syscall"
)

func interpreter() []string { return []string{"sh", "-c"} }

// ownGroup puts the command into a group of its own, so that what it starts can be ended with it.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func endGroup(p *os.Process) error { return syscall.Kill(-p.Pid, syscall.SIGTERM) }
