package runtimeapi

import (
	"io"
	"net/netip"
	"os"
	"syscall"
	"unsafe"
)

// A socket is a TCP socket that is read and written with raw system calls. Two things make it cheaper than package net, and both are about
// the Go runtime's monitor thread, which wakes up for a while whenever the program enters an ordinary system call after a rest:
//
//   - reads and writes are raw, so the runtime does not hear of them; they do not block, so it need not,
//   - to wait, the goroutine parks in the runtime's poller, which wakes no other thread when data comes. A read that blocks in the kernel would.
//
// docs/benchmarks.md has the numbers.
type socket struct {
	file *os.File // keeps the descriptor in the poller
	raw  syscall.RawConn

	// The call under way. The functions are made once, and no closure for every call.
	buf               []byte
	n                 int
	errno             syscall.Errno
	tryRead, tryWrite func(fd uintptr) bool
}

func dial(a netip.AddrPort) (Conn, error) {
	fd, err := connect(a)
	if err != nil {
		return nil, err
	}
	// A body's last segment must not wait for the acknowledgement of the one before it.
	syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
	if err := syscall.SetNonblock(fd, true); err != nil {
		syscall.Close(fd)
		return nil, os.NewSyscallError("fcntl", err)
	}
	s := &socket{file: os.NewFile(uintptr(fd), "runtime API")}
	if s.raw, err = s.file.SyscallConn(); err != nil {
		s.file.Close()
		return nil, err
	}
	s.tryRead, s.tryWrite = s.recv, s.send
	return s, nil
}

func connect(a netip.AddrPort) (fd int, err error) {
	family, address := sockaddr(a)
	for {
		fd, err := syscall.Socket(family, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
		if err != nil {
			return 0, os.NewSyscallError("socket", err)
		}
		switch err := syscall.Connect(fd, address); err {
		case nil:
			return fd, nil
		case syscall.EINTR: // the attempt goes on without us: begin a new one
			syscall.Close(fd)
		default:
			syscall.Close(fd)
			return 0, os.NewSyscallError("connect", err)
		}
	}
}

func sockaddr(a netip.AddrPort) (family int, address syscall.Sockaddr) {
	if ip := a.Addr().Unmap(); ip.Is4() {
		return syscall.AF_INET, &syscall.SockaddrInet4{Port: int(a.Port()), Addr: ip.As4()}
	}
	return syscall.AF_INET6, &syscall.SockaddrInet6{Port: int(a.Port()), Addr: a.Addr().As16()}
}

func (s *socket) Read(p []byte) (int, error) {
	s.buf = p
	if err := s.raw.Read(s.tryRead); err != nil {
		return 0, err
	}
	switch {
	case s.errno != 0:
		return 0, os.NewSyscallError("recv", s.errno)
	case s.n == 0:
		return 0, s.end()
	}
	return s.n, nil
}

// end is the error of a read that found the end: io.EOF when the API had all that was written, and read it.
//
// When the API closed just before a request came to it, the end is followed by a reset, but the read tells of the end only. Two things tell
// the rest: what the other system has not acknowledged, and then, for a reset forgets that, the pending error of the socket.
// (A system that closes with bytes unread sends a reset in place of the end.)
func (s *socket) end() error {
	var unacknowledged, pending int32
	s.raw.Control(func(fd uintptr) {
		syscall.RawSyscall(syscall.SYS_IOCTL, fd, syscall.TIOCOUTQ, uintptr(unsafe.Pointer(&unacknowledged)))
		n, _ := syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_ERROR)
		pending = int32(n)
	})
	switch {
	case pending != 0:
		return os.NewSyscallError("recv", syscall.Errno(pending))
	case unacknowledged > 0:
		return os.NewSyscallError("recv", syscall.ECONNRESET)
	}
	return io.EOF
}

// recv reads once and reports whether that needs no waiting.
func (s *socket) recv(fd uintptr) bool {
	s.n, s.errno = transfer(syscall.SYS_RECVFROM, fd, s.buf, 0)
	return s.errno != syscall.EAGAIN
}

func (s *socket) Write(p []byte) (int, error) {
	for s.buf = p; len(s.buf) > 0; s.buf = s.buf[s.n:] {
		if err := s.raw.Write(s.tryWrite); err != nil {
			return len(p) - len(s.buf), err
		}
		if s.errno != 0 {
			return len(p) - len(s.buf), os.NewSyscallError("send", s.errno)
		}
	}
	return len(p), nil
}

func (s *socket) send(fd uintptr) bool {
	s.n, s.errno = transfer(syscall.SYS_SENDTO, fd, s.buf, syscall.MSG_NOSIGNAL)
	return s.errno != syscall.EAGAIN
}

func (s *socket) Idle() bool {
	var b [1]byte
	idle := false
	s.raw.Control(func(fd uintptr) {
		_, errno := transfer(syscall.SYS_RECVFROM, fd, b[:], syscall.MSG_PEEK)
		idle = errno == syscall.EAGAIN
	})
	return idle
}

func (s *socket) Close() error { return s.file.Close() }

// transfer is recv(2) or send(2), repeated when a signal came between. The socket does not block, so the call may be raw.
func transfer(call, fd uintptr, p []byte, flags uintptr) (int, syscall.Errno) {
	for {
		n, _, errno := syscall.RawSyscall6(call, fd, uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)), flags, 0, 0)
		if errno == 0 {
			return int(n), 0
		}
		if errno != syscall.EINTR {
			return 0, errno
		}
	}
}
