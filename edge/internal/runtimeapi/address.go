package runtimeapi

import (
	"errors"
	"strconv"
	"strings"
)

// An Address is where a Runtime API listens. The type of net/netip would be a twentieth of a function's program, with what it brings along.
type Address struct {
	IP   [4]byte // Lambda uses no IPv6 here
	Port uint16
}

// String returns the address as a Host header has it.
func (a Address) String() string {
	var b []byte
	for i, octet := range a.IP {
		if i > 0 {
			b = append(b, '.')
		}
		b = strconv.AppendUint(b, uint64(octet), 10)
	}
	return string(strconv.AppendUint(append(b, ':'), uint64(a.Port), 10))
}

// ErrNotSet is the error of [ParseAddress] for the empty string.
var ErrNotSet = errors.New("runtimeapi: no address")

// ParseAddress reads the value of AWS_LAMBDA_RUNTIME_API: an IPv4 address and a port, such as 127.0.0.1:9001. The name localhost stands for
// 127.0.0.1; other names are refused, for resolving them would need package net, and Lambda never uses one.
func ParseAddress(s string) (a Address, err error) {
	if s == "" {
		return Address{}, ErrNotSet
	}
	host, port, ok := strings.Cut(s, ":")
	if host == "localhost" {
		host = "127.0.0.1"
	}
	for i := range a.IP {
		octet, rest, more := strings.Cut(host, ".")
		n, decimal := parseDecimal(octet, 255)
		ok = ok && decimal && more == (i < len(a.IP)-1)
		a.IP[i], host = byte(n), rest
	}
	n, decimal := parseDecimal(port, 65535)
	if !ok || !decimal || n == 0 {
		return Address{}, errors.New("runtimeapi: got address " + strconv.Quote(s) + "; it must be an IPv4 address and a port, such as 127.0.0.1:9001")
	}
	a.Port = uint16(n)
	return a, nil
}

// parseDecimal reads a number of digits alone, without a leading zero, which some read as octal.
func parseDecimal(s string, most uint64) (n uint64, ok bool) {
	n, err := strconv.ParseUint(s, 10, 16)
	return n, err == nil && n <= most && strconv.FormatUint(n, 10) == s
}
