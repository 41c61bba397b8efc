//go:build !unix

package lambdahost

import (
	"os"
	"os/exec"
)

// Without process groups only the process itself is ended.
func ownGroup(*exec.Cmd) {}

func killGroup(p *os.Process) {
	p.Kill()
}

func busy(error) bool { return false }
