package deflate

import "math/bits"

// bit is the unit of costs: they are in parts of a bit.
const bit = 32

// A model is what literals, match lengths and match distances are held to cost.
type model struct {
	literal [256]uint32
	length  [maxMatch + 1]uint32 // with the extra bits
	dist    [distSyms]uint32     // with the extra bits
}

// firstModel is for data of which nothing is known.
func firstModel() *model {
	h := &histogram{}
	for i := range 256 {
		h.literals[i] = 6
	}
	for i := endOfBlock; i < literalSyms; i++ {
		h.literals[i] = 10
	}
	for i := range h.dists {
		h.dists[i] = 1
	}
	return newModel(h)
}

// newModel returns the costs for data with such symbols, as an ideal code would have them.
func newModel(h *histogram) *model {
	literals, dists := ideal(h.literals[:]), ideal(h.dists[:])
	var m model
	copy(m.literal[:], literals)
	for length := minMatch; length <= maxMatch; length++ {
		symbol, extra, _ := lengthSymbol(length)
		m.length[length] = literals[symbol] + uint32(extra)*bit
	}
	for symbol := range m.dist {
		m.dist[symbol] = dists[symbol] + uint32(max(0, symbol/2-1))*bit
	}
	return &m
}

// ideal returns the cost of each symbol: the logarithm of how rare it is. A symbol that does not occur costs as one that
// does once, so that it can come into use.
func ideal(counts []uint32) []uint32 {
	total := uint32(0)
	for _, n := range counts {
		total += n
	}
	costs := make([]uint32, len(counts))
	for i, n := range counts {
		costs[i] = log2(max(total, 1)) - log2(max(n, 1))
	}
	return costs
}

// size estimates the cost of a block: its symbols in an ideal code, and the description of that code.
func (h *histogram) size() int {
	// A block's head has 17 bits and some 50 for the code of the code lengths; a symbol takes 3 to 4 bits there.
	const head, perSymbol = 67, 3
	size := head + h.extra
	for _, counts := range [][]uint32{h.literals[:], h.dists[:]} {
		sum, total := 0, uint32(0)
		for _, n := range counts {
			if n > 0 {
				size += perSymbol
				total += n
				sum += int(n) * int(log2(n))
			}
		}
		size += (int(total)*int(log2(max(total, 1))) - sum) / bit
	}
	return size
}

// log2 returns the binary logarithm of x > 0 in parts of a bit, by squaring: each square has twice the logarithm.
func log2(x uint32) uint32 {
	whole := uint32(bits.Len32(x)) - 1
	result := whole
	y := uint64(x) << (31 - whole) // 1 <= y/2^31 < 2
	for range bits.Len(bit) - 1 {
		y = y * y >> 31
		result <<= 1
		if y >= 1<<32 {
			y >>= 1
			result |= 1
		}
	}
	return result
}
