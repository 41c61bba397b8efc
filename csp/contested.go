package csp

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// The functions here are the decisions about the contested points that the
// package documentation lists; TestContestedPoints has cases for each.

// upgradedPortMatches decides about the port where an insecure source, http or
// ws, meets a secure URL: the upgrade leads to the default port only, from no
// port, the old default or the new one (points 1 and 2).
func upgradedPortMatches(port int32, u *location) bool {
	return u.port == syntax.PortNone && (port == syntax.PortNone || port == 80 || port == 443)
}

// loopbackMatches decides about a URL whose host is an IP address (point 5).
func loopbackMatches(s *syntax.Source, u *location) bool {
	return !s.AnySub && s.Host == "127.0.0.1" && u.host == "127.0.0.1"
}
