//go:build unix

package goruntime

import "syscall"

// BlockOutput makes standard output and standard error block. AWS's client for Node.js 22 and older leaves standard error non-blocking; what
// os.Stderr writes waits all the same, but the text of a crash is the Go runtime's own, which gives up when the pipe is full: of a panic with
// 300,000 bytes 62,443 arrived (aws-lambda-ric 3.3.0, a slow reader).
func BlockOutput() {
	syscall.SetNonblock(syscall.Stdout, false)
	syscall.SetNonblock(syscall.Stderr, false)
}
