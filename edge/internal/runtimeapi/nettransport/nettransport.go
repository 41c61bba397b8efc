// Package nettransport connects to the Runtime API through package net, on systems where package runtimeapi has no sockets of its own.
// It is a package apart so that tests on Linux can use it, and programs on Linux do not link package net.
package nettransport

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"time"
)

// A Conn is a connection to the Runtime API.
type Conn struct {
	net.Conn
}

// Dial connects to a.
func Dial(a netip.AddrPort) (Conn, error) {
	c, err := net.DialTCP("tcp", nil, net.TCPAddrFromAddrPort(a))
	if err != nil {
		return Conn{}, err
	}
	return Conn{c}, nil
}

// Idle reports whether the connection is open with nothing to read. It takes a millisecond, for package net has no read that does not wait.
func (c Conn) Idle() bool {
	c.SetReadDeadline(time.Now().Add(time.Millisecond))
	defer c.SetReadDeadline(time.Time{})
	_, err := c.Read(make([]byte, 1))
	return errors.Is(err, os.ErrDeadlineExceeded)
}
