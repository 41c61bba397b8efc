package redact

import (
	"iter"
	"net/netip"
	"strings"
)

// addresses are IP addresses that are not to be read.
type addresses map[netip.Addr]bool

// plain is the one form in which equal addresses are equal: ::ffff:192.0.2.1 is 192.0.2.1.
func plain(a netip.Addr) netip.Addr { return a.Unmap().WithZone("") }

// ofThisMachine reports whether an address says nothing of a viewer, because every machine has it.
func ofThisMachine(a netip.Addr) bool { return a.IsLoopback() || a.IsUnspecified() }

// A place is where an address stands in a text.
type place struct {
	from, to int
	address  netip.Addr
}

// in gives the places of those addresses in the text, in whatever spelling.
func (known addresses) in(text []byte) iter.Seq[place] {
	return func(yield func(place) bool) {
		if len(known) == 0 {
			return
		}
		for p := range addressesIn(text) {
			if known[p.address] && !yield(p) {
				return
			}
		}
	}
}

// addressesIn gives every part of the text that is an address. One may be inside another: what comes before an address and behind
// it, a colon or a port, can look like a part of it.
func addressesIn(text []byte) iter.Seq[place] {
	return func(yield func(place) bool) {
		for from := range text {
			if first := text[from]; !isHex(first) && first != ':' || from > 0 && isHex(first) && isHex(text[from-1]) {
				continue
			}
			separators := 0
			for to := from + 1; to <= len(text) && to-from <= len("0000:0000:0000:0000:0000:ffff:255.255.255.255"); to++ {
				if last := text[to-1]; !isAddressByte(last) {
					break
				} else if !isHex(last) {
					separators++
				}
				if to < len(text) && isHex(text[to]) || separators < 2 {
					continue
				}
				if a, err := netip.ParseAddr(string(text[from:to])); err == nil && !yield(place{from, to, plain(a)}) {
					return
				}
			}
		}
	}
}

func isHex(c byte) bool {
	c = lower(c)
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f'
}

func isAddressByte(c byte) bool { return isHex(c) || c == ':' || c == '.' }

// spellings are the usual ways to write an address, of which a piece may be all that a text has.
func spellings(a netip.Addr) []string {
	return []string{a.String(), a.StringExpanded(), strings.ReplaceAll(a.String(), ".", "-")} // the last as in names of hosts
}
