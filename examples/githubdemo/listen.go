package main

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// listen listens on a loopback address, which the flag of that name gave. What the demo serves is for the developer at this
// machine: its trace shows what viewers send.
func listen(flag, addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("-%s: got %q, want a host and a port, such as localhost:8080", flag, addr)
	}
	if host == "" {
		host = "localhost"
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("-%s: got host %q, want localhost or a loopback address, since the demo is for this machine only", flag, host)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("port %s is taken by another program; end that one, or choose another port: -%s %s", port, flag, net.JoinHostPort(host, nextPort(port)))
	}
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return listener, nil
}

// nextPort suggests another port: the one above, or any free one.
func nextPort(port string) string {
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 65535 {
		return "0"
	}
	return strconv.FormatUint(n+1, 10)
}

// urlOf is the address for a browser. The built-in API and the pages are two origins, as GitHub and the site are, because their
// ports differ.
func urlOf(listener net.Listener) string {
	address := listener.Addr().(*net.TCPAddr)
	host := "localhost"
	if !address.IP.Equal(net.IPv4(127, 0, 0, 1)) {
		host = address.IP.String()
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(address.Port))
}
