package edgetest

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/redact"
)

// names gives equal host names and addresses of an event equal replacements, and
// different ones different ones, as far as their length allows.
type names struct {
	seen map[string]int
}

// values redacts the values of headers with these replacements.
func (n *names) values() redact.Names { return redact.Names{Host: n.host, Addresses: n.addresses} }

// number returns the number of a name, counting from 0 as they appear.
func (n *names) number(kind, name string) int {
	if n.seen == nil {
		n.seen = make(map[string]int)
	}
	name = kind + strings.ToLower(name)
	i, ok := n.seen[name]
	if !ok {
		for seen := range n.seen {
			if strings.HasPrefix(seen, kind) {
				i++
			}
		}
		n.seen[name] = i
	}
	return i
}

// host redacts a host name with an optional port.
func (n *names) host(s string) string {
	if strings.HasPrefix(s, "[") {
		return n.addresses(s)
	}
	name, port := s, ""
	if i := strings.LastIndexByte(s, ':'); i >= 0 && strings.Trim(s[i+1:], "0123456789") == "" {
		name, port = s[:i], s[i:]
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return n.addresses(s)
	}
	lower := strings.ToLower(strings.TrimSuffix(name, "."))
	switch {
	case name == "" || isReserved(lower):
	case strings.HasSuffix(lower, ".cloudfront.net"):
		own := name[:len(name)-len(".cloudfront.net")]
		name = n.label("d111111abcdef8", 1, own) + name[len(own):]
	case strings.HasSuffix(lower, ".amazonaws.com") || strings.HasSuffix(lower, ".on.aws"):
		name = n.awsHost(name)
	default:
		name = n.example(name)
	}
	return name + port
}

// isReserved reports whether a host name is one that the RFCs 2606 and 6761 or AWS
// reserve for examples.
func isReserved(host string) bool {
	for _, domain := range []string{"example", "test", "invalid", "localhost", "example.com", "example.net", "example.org"} {
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return strings.HasPrefix(host, "amzn-s3-demo-") && strings.HasSuffix(host, ".amazonaws.com")
}

// awsHost redacts the part of a name under AWS's domains that is the owner's: of a
// bucket's all that stands before its service, of others the first label.
func (n *names) awsHost(name string) string {
	if i := strings.Index(name, ".s3"); i > 0 {
		// AWS lets no bucket's name begin with amzn-s3-demo-.
		return n.label("amzn-s3-demo-bucket", len("amzn-s3-demo-b"), name[:i]) + name[i:]
	}
	own, rest, _ := strings.Cut(name, ".")
	return n.label("a1b2c3d4e5", 1, own) + "." + rest
}

// label returns the example cut or extended to the length of was, but no shorter
// than least. The last character tells several apart.
func (n *names) label(example string, least int, was string) string {
	i := n.number(example+" ", was)
	length := max(least, len(was))
	own := []byte(example + strings.Repeat("x", max(0, length-len(example))))[:length]
	if i > 0 {
		own[length-1] = strconv.FormatInt(int64(i%36), 36)[0]
	}
	return string(own)
}

// example returns a name under the top-level domain example, as long as was if that
// has 9 bytes at least, with its dots where they were.
func (n *names) example(was string) string {
	const domain = ".example"
	i := n.number("host ", was)
	own := []byte("h")
	if len(was) > len(domain) {
		own = []byte(was[:len(was)-len(domain)])
	}
	for j, c := range own {
		if c != '.' || j == 0 || j == len(own)-1 {
			own[j] = 'h'
		}
	}
	if i > 0 {
		own[len(own)-1] = strconv.FormatInt(int64(i%36), 36)[0]
	}
	return string(own) + domain
}

// addresses redacts a list of addresses, each with an optional port. What is none
// is filled.
func (n *names) addresses(s string) string {
	return redact.Each(s, ",", func(part string) string {
		text := strings.TrimLeft(part, " ")
		space := part[:len(part)-len(text)]
		if ap, err := netip.ParseAddrPort(text); err == nil && ap.Addr().Is4() {
			host, port, _ := strings.Cut(text, ":")
			return space + n.address(ap.Addr(), host) + ":" + port
		} else if err == nil {
			end := strings.IndexByte(text, ']')
			return space + "[" + n.address(ap.Addr(), text[1:end]) + text[end:]
		}
		if addr, err := netip.ParseAddr(text); err == nil {
			return space + n.address(addr, text)
		}
		return space + redact.Fill(text)
	})
}

// address returns an address that is reserved for documentation (RFC 5737, RFC
// 3849), as long as text where it can be.
func (n *names) address(addr netip.Addr, text string) string {
	for _, p := range [...]string{"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"} {
		if netip.MustParsePrefix(p).Contains(addr) {
			return text
		}
	}
	i := n.number("address ", addr.String())
	if addr.Is4() {
		return address4(len(text), i)
	}
	return address6(len(text), i)
}

// address4 returns the ith of the addresses of that length.
func address4(length, i int) string {
	switch {
	case length <= 9:
		return fmt.Sprintf("192.0.2.%d", 1+i%9)
	case length == 10:
		return fmt.Sprintf("192.0.2.%d", 10+i%90)
	case length == 11:
		return fmt.Sprintf("192.0.2.%d", 100+i%156)
	case length == 12:
		return fmt.Sprintf("203.0.113.%d", 10+i%90)
	case length == 13:
		return fmt.Sprintf("203.0.113.%d", 100+i%156)
	}
	return fmt.Sprintf("198.51.100.%d", 100+i%156)
}

// address6 returns the ith of the addresses of that length.
func address6(length, i int) string {
	last := func(digits int) string {
		return fmt.Sprintf("%0*x", digits, 1+i%(1<<(4*digits)-1))
	}
	switch {
	case length <= 11:
		return "2001:db8::" + last(1)
	case length <= 14:
		return "2001:db8::" + last(length-10)
	case length <= 19:
		first := (length - 11) / 2
		return "2001:db8:" + "a1b2"[:first] + "::" + last(length-11-first)
	case length >= 39:
		return "2001:0db8:a1b2:a1b2:a1b2:a1b2:a1b2:" + last(4)
	}
	var b strings.Builder
	b.WriteString("2001:db8")
	digits := length - 14 // what the colons of six more groups leave
	for group := range 6 {
		width := digits / (6 - group)
		digits -= width
		if group == 5 {
			b.WriteString(":" + last(width))
			break
		}
		b.WriteString(":" + "a1b2"[:width])
	}
	return b.String()
}
