// Package nettransport connects to the Runtime API through package net, on systems where package runtimeapi has no sockets of its own.
// It is a package apart so that tests on Linux can use it, and programs on Linux do not link package net.
package nettransport

import (
	"errors"
	"net"
	"os"
	"time"
)

// A Conn is a connection to the Runtime API.
type Conn struct {
	net.Conn
}

// Dial connects to an address such as 127.0.0.1:9001.
func Dial(address string) (Conn, error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return Conn{}, err
	}
	return Conn{c}, nil
}

// Write writes, unless the API has closed the connection: package net does not tell afterwards whether what was written to
// a closed connection was read. It takes a millisecond to find out, for package net has no read that does not wait.
func (c Conn) Write(p []byte) (int, error) {
	c.SetReadDeadline(time.Now().Add(time.Millisecond))
	defer c.SetReadDeadline(time.Time{})
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		return 0, errNotIdle
	}
	return c.Conn.Write(p)
}

var errNotIdle = errors.New("the API has closed the connection, or sent what nobody asked for")
