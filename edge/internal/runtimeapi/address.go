package runtimeapi

import (
	"errors"
	"net/netip"
	"strconv"
	"strings"
)

// ErrNotSet is the error of [ParseAddress] for the empty string.
var ErrNotSet = errors.New("runtimeapi: no address")

// ParseAddress reads the value of AWS_LAMBDA_RUNTIME_API: an IP address and a port, such as 127.0.0.1:9001. The name localhost stands for
// 127.0.0.1; other names are refused, for resolving them would need package net, and Lambda never uses one.
func ParseAddress(s string) (netip.AddrPort, error) {
	if s == "" {
		return netip.AddrPort{}, ErrNotSet
	}
	numeric := s
	if port, ok := strings.CutPrefix(s, "localhost:"); ok {
		numeric = "127.0.0.1:" + port
	}
	a, err := netip.ParseAddrPort(numeric)
	if err != nil || a.Port() == 0 || a.Addr().Zone() != "" {
		return netip.AddrPort{}, errors.New("runtimeapi: got address " + strconv.Quote(s) + "; it must be an IP address and a port, such as 127.0.0.1:9001")
	}
	return a, nil
}
