package syntax

import (
	"strconv"
	"strings"
)

// FormatIPv4 writes an address as the URL Standard does.
func FormatIPv4(ip uint32) string {
	text := ""
	for shift := 24; shift >= 0; shift -= 8 {
		text += "." + strconv.Itoa(int(ip>>shift&255))
	}
	return text[1:]
}

// IsIPv4 reports whether host is an address as the URL Standard writes it. A source
// with an address in another form matches no URL.
func IsIPv4(host string) bool {
	ip, ok := ParseIPv4(host)
	return ok && FormatIPv4(ip) == host
}

// EndsInNumber is the URL Standard's "ends in a number checker": such a host is
// an IPv4 address, or no host.
func EndsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" || !IsDigit(last[0]) {
		return false
	}
	if PortLen(last) == len(last) {
		return true
	}
	_, ok := parseIPv4Number(last)
	return ok
}

// ParseIPv4 is the URL Standard's "IPv4 parser".
func ParseIPv4(host string) (uint32, bool) {
	host = strings.TrimSuffix(host, ".")
	var ip uint64
	for parts := 1; ; parts++ {
		part, rest, more := strings.Cut(host, ".")
		n, ok := parseIPv4Number(part)
		if !ok || parts > 4 {
			return 0, false
		}
		if !more { // the last part fills what is left
			left := 8 * (5 - parts)
			return uint32(ip<<left | n), n < 1<<left
		}
		if n > 255 {
			return 0, false
		}
		ip, host = ip<<8|n, rest
	}
}

// parseIPv4Number reads decimal, 0 octal or 0x hexadecimal; numbers that are
// too large come back as one that no part can hold.
func parseIPv4Number(t string) (uint64, bool) {
	base := uint64(10)
	switch {
	case t == "":
		return 0, false
	case len(t) > 1 && t[0] == '0' && t[1]|0x20 == 'x':
		base, t = 16, t[2:]
	case len(t) > 1 && t[0] == '0':
		base, t = 8, t[1:]
	}
	n := uint64(0)
	for i := range len(t) {
		c, digit := t[i]|0x20, uint64(16)
		if IsDigit(t[i]) {
			digit = uint64(t[i] - '0')
		} else if 'a' <= c && c <= 'f' {
			digit = uint64(c-'a') + 10
		}
		if digit >= base {
			return 0, false
		}
		n = min(n*base+digit, 1<<32)
	}
	return n, true
}
