package runtimeapi

import (
	"io"
	"net/netip"
	"os"
	"syscall"
)

// A socket is a blocking TCP socket. The Go runtime's poller is left out on purpose: with one connection there is nothing to multiplex, and
// a read through the poller costs two to three system calls (read, epoll_wait, read) where a blocking one costs one.
type socket int

func dial(a netip.AddrPort) (Conn, error) {
	family, address := sockaddr(a)
	for {
		fd, err := syscall.Socket(family, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
		if err != nil {
			return nil, os.NewSyscallError("socket", err)
		}
		switch err := syscall.Connect(fd, address); err {
		case nil:
			// A body's last segment must not wait for the acknowledgement of the one before it.
			syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
			return socket(fd), nil
		case syscall.EINTR: // the attempt goes on without us: begin a new one
			syscall.Close(fd)
		default:
			syscall.Close(fd)
			return nil, os.NewSyscallError("connect", err)
		}
	}
}

func sockaddr(a netip.AddrPort) (family int, address syscall.Sockaddr) {
	if ip := a.Addr().Unmap(); ip.Is4() {
		return syscall.AF_INET, &syscall.SockaddrInet4{Port: int(a.Port()), Addr: ip.As4()}
	}
	return syscall.AF_INET6, &syscall.SockaddrInet6{Port: int(a.Port()), Addr: a.Addr().As16()}
}

func (s socket) Read(p []byte) (int, error) {
	for {
		n, err := syscall.Read(int(s), p)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return 0, os.NewSyscallError("read", err)
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

func (s socket) Write(p []byte) (int, error) {
	written := 0
	for written < len(p) {
		n, err := syscall.Write(int(s), p[written:])
		if err != nil && err != syscall.EINTR {
			return written, os.NewSyscallError("write", err)
		}
		written += max(n, 0)
	}
	return written, nil
}

func (s socket) Idle() bool {
	var b [1]byte
	_, _, err := syscall.Recvfrom(int(s), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	return err == syscall.EAGAIN || err == syscall.EINTR
}

func (s socket) Close() error {
	return os.NewSyscallError("close", syscall.Close(int(s)))
}
