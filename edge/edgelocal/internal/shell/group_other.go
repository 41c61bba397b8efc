//go:build !unix

package shell

import (
	"os"
	"os/exec"
)

func interpreter() []string { return []string{"cmd", "/c"} }

// Without process groups only the command itself is ended.
func ownGroup(*exec.Cmd) {}

func endGroup(p *os.Process) error { return p.Kill() }
