package viewer

import (
	"net"
	"net/netip"
	"strings"
)

// SplitHost splits a Host header into the name in lower case, an IPv6 address without its brackets, and the port, "" where it has none.
func SplitHost(hostport string) (host, port string) {
	host, port, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(hostport, "["), "]")
	}
	return strings.ToLower(host), port
}

// HasName reports whether the name is among the names or below one that begins with "*.". "With an alternate domain name of
// *.example.com, you can use any domain name that ends with example.com in your URLs, such as www.example.com,
// product-name.example.com, marketing.product-name.example.com" (alternate-domain-names-wildcard.html).
func HasName(names []string, name string) bool {
	for _, n := range names {
		below, wild := strings.CutPrefix(n, "*")
		if wild && strings.HasSuffix(name, below) || strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// IsLocal reports whether a name from [SplitHost] is one by which a developer's browser, phone, container or test reaches a simulator, and
// that no distribution can have. They are addresses of this machine and of private networks, names without a dot, such as localhost
// and those of containers, names below the ends that RFC 6761, RFC 6762, RFC 8375 and ICANN keep for such use, and example.com, which
// httptest.NewRequest gives to requests.
func IsLocal(host string) bool {
	if a, ok := parseAddress(host); ok {
		return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsUnspecified()
	}
	host = strings.TrimSuffix(host, ".")
	switch dot := strings.LastIndexByte(host, '.'); host[dot+1:] {
	case "localhost", "local", "test", "internal":
		return true
	default:
		return dot < 0 && host != "" || host == "example.com" || strings.HasSuffix(host, ".home.arpa")
	}
}

// parseAddress reads an address. It says quickly that a name is none: this is on the way of every request.
func parseAddress(host string) (netip.Addr, bool) {
	if host == "" || strings.IndexByte(host, ':') < 0 && (host[len(host)-1] < '0' || host[len(host)-1] > '9') {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(host)
	return a.Unmap(), err == nil
}
