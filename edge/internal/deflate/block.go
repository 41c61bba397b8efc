package deflate

// Kinds of blocks (RFC 1951, 3.2.3).
const (
	stored       = 0
	fixedCodes   = 1
	dynamicCodes = 2
)

// A writer collects bits, the first in the lowest place of a byte (RFC 1951, 3.1.1).
type writer struct {
	out  []byte
	bits uint64
	n    uint
}

// write adds the n lowest bits of value, at most 32.
func (w *writer) write(value uint, n uint) {
	w.bits |= uint64(value) << w.n
	w.n += n
	for w.n >= 8 {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
		w.n -= 8
	}
}

// align fills the last byte with zeros.
func (w *writer) align() {
	if w.n > 0 {
		w.write(0, 8-w.n)
	}
}

// A coding is the codes of a block.
type coding struct {
	literals, dists []uint8 // lengths, by symbol
	head            *head   // nil with the fixed codes
}

// fixed returns the codes that need no description (RFC 1951, 3.2.6).
func fixed() coding {
	c := coding{literals: make([]uint8, 288), dists: make([]uint8, 30)}
	for symbol := range c.literals {
		switch {
		case symbol < 144:
			c.literals[symbol] = 8
		case symbol < 256:
			c.literals[symbol] = 9
		case symbol < 280:
			c.literals[symbol] = 7
		default:
			c.literals[symbol] = 8
		}
	}
	for symbol := range c.dists {
		c.dists[symbol] = 5
	}
	return c
}

// dynamic returns the codes that are best for a block.
func dynamic(h *histogram) coding {
	c := coding{literals: codeLengths(h.literals[:], maxCodeBits), dists: codeLengths(h.dists[:], maxCodeBits)}
	c.head = newHead(c.literals, c.dists)
	return c
}

// size returns the bits of a block with these codes.
func (c coding) size(h *histogram) int {
	size := 3 + h.extra
	if c.head != nil {
		size += c.head.size
	}
	for symbol, n := range h.literals {
		size += int(n) * int(c.literals[symbol])
	}
	for symbol, n := range h.dists {
		size += int(n) * int(c.dists[symbol])
	}
	return size
}

// storedSize returns the most bits that n bytes take as they are (RFC 1951, 3.2.4).
func storedSize(n int) int {
	const most = 65535
	return 8*n + (3+7+32)*max(1, (n+most-1)/most)
}

// block writes a block in the smallest of the three ways. last says that no block follows.
func (w *writer) block(data []byte, tokens []token, last bool) {
	h := count(tokens)
	best := dynamic(h)
	if f := fixed(); f.size(h) < best.size(h) {
		best = f
	}
	if storedSize(len(data)) < best.size(h) {
		w.stored(data, last)
		return
	}
	w.write(flag(last), 1)
	if best.head == nil {
		w.write(fixedCodes, 2)
	} else {
		w.write(dynamicCodes, 2)
		w.head(best.head)
	}
	w.tokens(best, tokens)
}

func (w *writer) stored(data []byte, last bool) {
	for {
		piece := data[:min(len(data), 65535)]
		data = data[len(piece):]
		w.write(flag(last && len(data) == 0), 1)
		w.write(stored, 2)
		w.align()
		w.write(uint(len(piece)), 16)
		w.write(uint(^uint16(len(piece))), 16)
		w.out = append(w.out, piece...)
		if len(data) == 0 {
			return
		}
	}
}

func (w *writer) tokens(c coding, tokens []token) {
	literals, dists := codes(c.literals), codes(c.dists)
	for _, t := range tokens {
		if t.literal() {
			w.write(uint(literals[t]), uint(c.literals[t]))
			continue
		}
		symbol, extra, value := lengthSymbol(t.length())
		w.write(uint(literals[symbol]), uint(c.literals[symbol]))
		w.write(value, extra)
		symbol, extra, value = distSymbol(t.dist())
		w.write(uint(dists[symbol]), uint(c.dists[symbol]))
		w.write(value, extra)
	}
	w.write(uint(literals[endOfBlock]), uint(c.literals[endOfBlock]))
}

func flag(b bool) uint {
	if b {
		return 1
	}
	return 0
}
