package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// checkAddresses says what of -addr and -console can be no address. That a port is taken is seen later.
func (o *options) checkAddresses() error {
	err := checkAddress("-addr", o.addr, "localhost:8080")
	if o.console == "off" || o.console == "" {
		return err
	}
	wrong := checkAddress("-console", o.console, "localhost:8081, or off")
	switch host, port, _ := net.SplitHostPort(onThisMachine(o.console)); {
	case wrong != nil:
	case !isLoopback(host):
		wrong = fmt.Errorf("-console %s: the console shows what viewers send, cookies included, to this machine alone: want a loopback address such as localhost:8081, or off", o.console)
	case err == nil && port != "0" && onThisMachine(o.addr) == onThisMachine(o.console):
		wrong = fmt.Errorf("-addr and -console are both %s: the console needs a port of its own, such as localhost:8081", o.addr)
	}
	return errors.Join(err, wrong)
}

// checkAddress says why an address is none.
func checkAddress(flag, address, want string) error {
	_, port, err := net.SplitHostPort(address)
	n, isNumber := strconv.Atoi(port)
	if err == nil && isNumber == nil && n >= 0 && n <= 65535 {
		return nil
	}
	if _, alone := strconv.Atoi(address); alone == nil {
		return fmt.Errorf("%s: got %q, want a colon before the port: %s, or :%[2]s", flag, address, want)
	}
	return fmt.Errorf("%s: got %q, want a host and a port from 0 to 65535: %s", flag, address, want)
}

// isLoopback reports whether a host is this machine alone.
func isLoopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}
