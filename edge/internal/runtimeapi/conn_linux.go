package runtimeapi

import (
	"errors"
	"io"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// A socket is a TCP socket that is read and written with raw system calls, of which the Go runtime does not hear. In an ordinary one that
// blocks it would hand the processor over and wake its monitor thread, which then looks around for a while: that costs more than the call.
//
// A read waits in two steps. First it blocks in the kernel for patience: this is one system call in all, and the Runtime API responds to an
// answer at once. Then the goroutine parks in the runtime's poller, which leaves the processor to other goroutines, and wakes no other thread
// when data comes. docs/benchmarks.md has the numbers.
type socket struct {
	fd     uintptr
	parked *parked // nil until a read or a write has to park for the first time: the poller is not needed for the first request

	// The call under way.
	buf   []byte
	n     int
	errno syscall.Errno
}

// A parked is a socket's place in the runtime's poller. The functions are made once, and no closure for every call.
type parked struct {
	file              *os.File // keeps the descriptor in the poller
	raw               syscall.RawConn
	tryRead, tryWrite func(fd uintptr) bool
}

// patience is how long a read keeps the processor from other goroutines of the program, give or take the kernel's clock tick.
// Longer would keep a goroutine waiting that a handler left behind; shorter than a tick there is no time-out.
const patience = time.Millisecond

func dial(a Address) (Conn, error) {
	fd, err := connect(a)
	if err != nil {
		return nil, err
	}
	timeout := syscall.NsecToTimeval(patience.Nanoseconds())
	err = errors.Join(
		os.NewSyscallError("setsockopt", syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &timeout)),
		// A body's last segment must not wait for the acknowledgement of the one before it.
		os.NewSyscallError("setsockopt", syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)),
	)
	if err != nil {
		syscall.Close(fd)
		return nil, err
	}
	return &socket{fd: uintptr(fd)}, nil
}

// park makes sure that the socket has its place in the poller.
func (s *socket) park() (*parked, error) {
	if s.parked != nil {
		return s.parked, nil
	}
	// Only a socket that does not block is taken into the poller. Once there it may block again.
	if err := syscall.SetNonblock(int(s.fd), true); err != nil {
		return nil, os.NewSyscallError("fcntl", err)
	}
	p := &parked{file: os.NewFile(s.fd, "runtime API"), tryRead: s.recv, tryWrite: s.send}
	s.parked = p // and the file's to close, from here on
	var err error
	if p.raw, err = p.file.SyscallConn(); err != nil {
		return nil, err
	}
	return p, os.NewSyscallError("fcntl", syscall.SetNonblock(int(s.fd), false))
}

func connect(a Address) (fd int, err error) {
	for {
		fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
		if err != nil {
			return 0, os.NewSyscallError("socket", err)
		}
		switch err := syscall.Connect(fd, &syscall.SockaddrInet4{Addr: a.IP, Port: int(a.Port)}); err {
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

func (s *socket) Read(p []byte) (int, error) {
	s.n, s.errno = transfer(syscall.SYS_RECVFROM, s.fd, p, 0)
	if s.errno == syscall.EAGAIN { // out of patience
		place, err := s.park()
		if err != nil {
			return 0, err
		}
		s.buf = p
		if err := place.raw.Read(place.tryRead); err != nil {
			return 0, err
		}
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
	var unacknowledged int32
	syscall.RawSyscall(syscall.SYS_IOCTL, s.fd, syscall.TIOCOUTQ, uintptr(unsafe.Pointer(&unacknowledged)))
	pending, _ := syscall.GetsockoptInt(int(s.fd), syscall.SOL_SOCKET, syscall.SO_ERROR)
	switch {
	case pending != 0:
		return os.NewSyscallError("recv", syscall.Errno(pending))
	case unacknowledged > 0:
		return os.NewSyscallError("recv", syscall.ECONNRESET)
	}
	return io.EOF
}

// recv reads once, and reports whether there was something to read.
func (s *socket) recv(fd uintptr) bool {
	s.n, s.errno = transfer(syscall.SYS_RECVFROM, fd, s.buf, syscall.MSG_DONTWAIT)
	return s.errno != syscall.EAGAIN
}

func (s *socket) Write(p []byte) (int, error) {
	for s.buf = p; len(s.buf) > 0; s.buf = s.buf[s.n:] {
		if !s.send(s.fd) { // more than the system's buffer holds
			place, err := s.park()
			if err == nil {
				err = place.raw.Write(place.tryWrite)
			}
			if err != nil {
				return len(p) - len(s.buf), err
			}
		}
		if s.errno != 0 {
			return len(p) - len(s.buf), os.NewSyscallError("send", s.errno)
		}
	}
	return len(p), nil
}

// send writes once, and reports whether there was room for something.
func (s *socket) send(fd uintptr) bool {
	s.n, s.errno = transfer(syscall.SYS_SENDTO, fd, s.buf, syscall.MSG_NOSIGNAL|syscall.MSG_DONTWAIT)
	return s.errno != syscall.EAGAIN
}

func (s *socket) Close() error {
	if s.parked != nil {
		return s.parked.file.Close()
	}
	return os.NewSyscallError("close", syscall.Close(int(s.fd)))
}

// transfer is recv(2) or send(2), repeated when a signal came between. It does not block, or not for long, so the call may be raw.
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
