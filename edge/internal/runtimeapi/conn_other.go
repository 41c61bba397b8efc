//go:build !linux

package runtimeapi

import "github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi/nettransport"

func dial(a Address) (Conn, error) {
	c, err := nettransport.Dial(a.String())
	if err != nil {
		return nil, err
	}
	return c, nil
}
