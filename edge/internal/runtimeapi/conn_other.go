//go:build !linux

package runtimeapi

import (
	"net/netip"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi/nettransport"
)

func dial(a netip.AddrPort) (Conn, error) {
	c, err := nettransport.Dial(a)
	if err != nil {
		return nil, err
	}
	return c, nil
}
