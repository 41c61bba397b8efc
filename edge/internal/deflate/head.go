package deflate

// A head describes the codes of a block: their lengths, run-length coded, in a code of their own (RFC 1951, 3.2.7).
type head struct {
	literals, dists int // how many lengths there are
	runs            []run
	lengths         []uint8 // of the code for the runs
	sent            int     // how many of those are written
	size            int     // in bits
}

// A run is a symbol of the run-length code with its extra bits.
type run struct {
	symbol       int
	extra, value uint
}

// runOrder is the order in which the code lengths of runs are written.
func runOrder() []int {
	return []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
}

func newHead(literals, dists []uint8) *head {
	h := &head{literals: used(literals, 257), dists: used(dists, 1)}
	h.runs = runs(append(append([]uint8(nil), literals[:h.literals]...), dists[:h.dists]...))
	var counts [19]uint32
	for _, r := range h.runs {
		counts[r.symbol]++
	}
	h.lengths = codeLengths(counts[:], 7)
	h.sent = 4
	for i, symbol := range runOrder() {
		if h.lengths[symbol] > 0 {
			h.sent = max(h.sent, i+1)
		}
	}
	h.size = 5 + 5 + 4 + 3*h.sent
	for _, r := range h.runs {
		h.size += int(h.lengths[r.symbol]) + int(r.extra)
	}
	return h
}

// used returns how many lengths are needed, at least least.
func used(lengths []uint8, least int) int {
	n := len(lengths)
	for n > least && lengths[n-1] == 0 {
		n--
	}
	return n
}

// runs returns the run-length code of the lengths: 16 repeats the one before 3 to 6 times, 17 and 18 stand for 3 to 10
// and 11 to 138 zeros.
func runs(lengths []uint8) []run {
	var all []run
	for len(lengths) > 0 {
		first, n := lengths[0], 1
		for n < len(lengths) && lengths[n] == first {
			n++
		}
		lengths = lengths[n:]
		if first != 0 {
			all = append(all, run{symbol: int(first)})
			n--
		}
		for n > 0 {
			r, length := longestRun(first, n)
			all = append(all, r)
			n -= length
		}
	}
	return all
}

// longestRun returns what stands for as many of n equal lengths as can be, and how many those are.
func longestRun(length uint8, n int) (run, int) {
	switch {
	case n < 3:
		return run{symbol: int(length)}, 1
	case length != 0:
		n = min(n, 6)
		return run{16, 2, uint(n - 3)}, n
	case n <= 10:
		return run{17, 3, uint(n - 3)}, n
	default:
		n = min(n, 138)
		return run{18, 7, uint(n - 11)}, n
	}
}

func (w *writer) head(h *head) {
	w.write(uint(h.literals-257), 5)
	w.write(uint(h.dists-1), 5)
	w.write(uint(h.sent-4), 4)
	for _, symbol := range runOrder()[:h.sent] {
		w.write(uint(h.lengths[symbol]), 3)
	}
	runCodes := codes(h.lengths)
	for _, r := range h.runs {
		w.write(uint(runCodes[r.symbol]), uint(h.lengths[r.symbol]))
		w.write(r.value, r.extra)
	}
}
