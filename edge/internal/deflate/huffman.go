package deflate

import (
	"cmp"
	"math/bits"
	"slices"
)

// codeLengths returns the lengths in bits, at most limit, of the code that is shortest for symbols that occur so often;
// 0 for one that does not. It is the package-merge algorithm (Larmore and Hirschberg, 1990).
func codeLengths(counts []uint32, limit int) []uint8 {
	lengths := make([]uint8, len(counts))
	var leaves []packet
	for symbol, n := range counts {
		if n > 0 {
			leaves = append(leaves, packet{weight: uint64(n), symbol: symbol})
		}
	}
	if len(leaves) <= 1 {
		for _, leaf := range leaves {
			lengths[leaf.symbol] = 1
		}
		return lengths
	}
	slices.SortStableFunc(leaves, func(a, b packet) int { return cmp.Compare(a.weight, b.weight) })
	level := leaves
	for range limit - 1 {
		level = merge(leaves, pairs(level))
	}
	// Each time that a symbol is in one of the cheapest packets, its code is a bit longer.
	for i := range 2*len(leaves) - 2 {
		level[i].count(lengths)
	}
	return lengths
}

// A packet is a symbol, or two packets of the level below.
type packet struct {
	weight      uint64
	symbol      int
	left, right *packet
}

func (p *packet) count(lengths []uint8) {
	if p.left == nil {
		lengths[p.symbol]++
		return
	}
	p.left.count(lengths)
	p.right.count(lengths)
}

func pairs(level []packet) []packet {
	packets := make([]packet, 0, len(level)/2)
	for i := 0; i+1 < len(level); i += 2 {
		left, right := &level[i], &level[i+1]
		packets = append(packets, packet{weight: left.weight + right.weight, left: left, right: right})
	}
	return packets
}

// merge returns two sorted lists as one, leaves first where weights are equal.
func merge(leaves, packets []packet) []packet {
	all := make([]packet, 0, len(leaves)+len(packets))
	for len(leaves) > 0 && len(packets) > 0 {
		if leaves[0].weight <= packets[0].weight {
			all, leaves = append(all, leaves[0]), leaves[1:]
		} else {
			all, packets = append(all, packets[0]), packets[1:]
		}
	}
	return append(append(all, leaves...), packets...)
}

// codes returns the codes for such lengths (RFC 1951, 3.2.2), the first bit lowest, as they are written.
func codes(lengths []uint8) []uint16 {
	var counts, next [maxCodeBits + 1]uint16
	for _, n := range lengths {
		if n > 0 {
			counts[n]++
		}
	}
	code := uint16(0)
	for n := 1; n <= maxCodeBits; n++ {
		code = (code + counts[n-1]) << 1
		next[n] = code
	}
	result := make([]uint16, len(lengths))
	for symbol, n := range lengths {
		if n > 0 {
			result[symbol] = bits.Reverse16(next[n]) >> (16 - n)
			next[n]++
		}
	}
	return result
}
