package deflate

const (
	// chunk is how many bytes are looked at together: what is held in memory grows with it.
	chunk = 4 << 20
	// turns is how often a block is parsed with the costs that its last parse gave. More gains some bytes in a million.
	turns = 4
)

// Compress returns data as a DEFLATE stream (RFC 1951). Equal data gives equal bytes, on every system. It takes about a
// second for a megabyte, and some 100 MB of memory.
func Compress(data []byte) []byte {
	var w writer
	f := newFinder(data)
	for from := 0; ; from += chunk {
		to := min(len(data), from+chunk)
		w.chunk(newParser(f, from, to), to == len(data))
		if to == len(data) {
			break
		}
	}
	w.align()
	return w.out
}

// chunk writes the blocks of a chunk. last says that no chunk follows.
func (w *writer) chunk(p *parser, last bool) {
	n := len(p.data)
	if n == 0 {
		w.block(nil, nil, last)
		return
	}
	tokens := p.parse(firstModel(), 0, n)
	tokens = p.parse(newModel(count(tokens)), 0, n)
	blocks := split(tokens)
	begin := 0
	for i, size := range blocks {
		end := begin + size
		own := tokens[:tokensOf(tokens, size)]
		tokens = tokens[len(own):]
		w.block(p.data[begin:end], p.improve(own, begin, end), last && i == len(blocks)-1)
		begin = end
	}
}

// tokensOf returns how many tokens stand for n bytes.
func tokensOf(tokens []token, n int) int {
	i := 0
	for ; n > 0; i++ {
		n -= tokens[i].bytes()
	}
	return i
}

// improve parses a block again and again with the costs of the best parse so far, and returns that.
func (p *parser) improve(best []token, from, to int) []token {
	h := count(best)
	size := dynamic(h).size(h)
	for range turns {
		tokens := p.parse(newModel(h), from, to)
		next := count(tokens)
		nextSize := dynamic(next).size(next)
		if nextSize >= size {
			break
		}
		best, h, size = tokens, next, nextSize
	}
	return best
}
