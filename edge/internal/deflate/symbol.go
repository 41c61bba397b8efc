package deflate

import "math/bits"

// Limits of RFC 1951, sections 3.2.5 to 3.2.7.
const (
	minMatch    = 3
	maxMatch    = 258
	windowSize  = 32 << 10
	endOfBlock  = 256
	literalSyms = 286
	distSyms    = 30
	maxCodeBits = 15
)

// A token is a literal (a byte below 256) or a match.
type token uint32

const isMatch token = 1 << 31

func matchToken(length, dist int) token { return isMatch | token(length)<<16 | token(dist-1) }

func (t token) literal() bool { return t&isMatch == 0 }
func (t token) length() int   { return int(t>>16) & 0x1ff }
func (t token) dist() int     { return int(t&0x7fff) + 1 }

// bytes returns how many bytes of data the token stands for.
func (t token) bytes() int {
	if t.literal() {
		return 1
	}
	return t.length()
}

// lengthSymbol returns the symbol of a match length, and the number and value of its extra bits (RFC 1951, 3.2.5).
// Above the first eight lengths, each power of two has four symbols; 258 has one of its own.
func lengthSymbol(length int) (symbol int, extra, value uint) {
	x := uint(length - minMatch)
	switch {
	case length == maxMatch:
		return 285, 0, 0
	case x < 8:
		return 257 + int(x), 0, 0
	}
	extra = uint(bits.Len(x)) - 3
	return 257 + int(4*extra+x>>extra), extra, x & (1<<extra - 1)
}

// distSymbol returns the symbol of a match distance, and the number and value of its extra bits (RFC 1951, 3.2.5).
// Above the first four distances, each power of two has two symbols.
func distSymbol(dist int) (symbol int, extra, value uint) {
	x := uint(dist - 1)
	if x < 4 {
		return int(x), 0, 0
	}
	extra = uint(bits.Len(x)) - 2
	return int(2*extra + x>>extra), extra, x & (1<<extra - 1)
}

// A histogram counts the symbols of a block.
type histogram struct {
	literals [literalSyms]uint32
	dists    [distSyms]uint32
	extra    int // extra bits of all of them
}

func (h *histogram) add(t token) {
	if t.literal() {
		h.literals[t]++
		return
	}
	symbol, extra, _ := lengthSymbol(t.length())
	h.literals[symbol]++
	h.extra += int(extra)
	symbol, extra, _ = distSymbol(t.dist())
	h.dists[symbol]++
	h.extra += int(extra)
}

// merge adds the counts of another histogram.
func (h *histogram) merge(other *histogram) {
	for i, n := range other.literals {
		h.literals[i] += n
	}
	for i, n := range other.dists {
		h.dists[i] += n
	}
	h.extra += other.extra
}

func count(tokens []token) *histogram {
	var h histogram
	for _, t := range tokens {
		h.add(t)
	}
	h.literals[endOfBlock] = 1
	return &h
}
