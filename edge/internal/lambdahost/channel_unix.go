//go:build unix

package lambdahost

import (
	"os"
	"syscall"
)

// socketPair makes two connected sockets. Neither is handed on to a process by itself.
func socketPair() (ours, theirs *os.File, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	for _, fd := range fds {
		syscall.CloseOnExec(fd)
	}
	return os.NewFile(uintptr(fds[0]), "channel"), os.NewFile(uintptr(fds[1]), "channel"), nil
}

// end ends reads that are under way: something that the process started may hold its end open.
func (c *channel) end() { syscall.Shutdown(int(c.file.Fd()), syscall.SHUT_RDWR) }
