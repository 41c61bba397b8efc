package deflate

import "math"

// A parser looks for the cheapest tokens for a stretch of data.
type parser struct {
	data    []byte
	found   []match
	begin   []uint32 // found[begin[i]:begin[i+1]] are the matches at position i
	costs   []uint32
	choices []token // the last token on the cheapest way to a position
}

// newParser finds all matches of data[from:to]; f has seen what lies before from.
func newParser(f *finder, from, to int) *parser {
	n := to - from
	p := &parser{
		data:    f.data[from:to],
		begin:   make([]uint32, n+1),
		costs:   make([]uint32, n+1),
		choices: make([]token, n+1),
	}
	for i := range n {
		p.found = f.append(p.found, from+i)
		p.begin[i+1] = uint32(len(p.found))
	}
	return p
}

// parse returns the tokens for data[from:to] that cost least.
func (p *parser) parse(m *model, from, to int) []token {
	costs := p.costs[from : to+1]
	for i := range costs {
		costs[i] = math.MaxUint32
	}
	costs[0] = 0
	for i := from; i < to; i++ {
		p.relax(m, i, to)
	}
	n := 0
	for i := to; i > from; i -= p.choices[i].bytes() {
		n++
	}
	tokens := make([]token, n)
	for i := to; i > from; i -= p.choices[i].bytes() {
		n--
		tokens[n] = p.choices[i]
	}
	return tokens
}

// relax goes from position i to every position that a token leads to.
func (p *parser) relax(m *model, i, to int) {
	here := p.costs[i]
	if cost := here + m.literal[p.data[i]]; cost < p.costs[i+1] {
		p.costs[i+1], p.choices[i+1] = cost, token(p.data[i])
	}
	length := minMatch
	if i+maxMatch <= to && p.longest(i) == maxMatch {
		// In the middle of a long repetition every length is possible at every position: only the longest is tried.
		length = maxMatch
	}
	for _, found := range p.found[p.begin[i]:p.begin[i+1]] {
		dist := found.dist()
		symbol, _, _ := distSymbol(dist)
		base := here + m.dist[symbol]
		for last := min(int(found.length), to-i); length <= last; length++ {
			if cost := base + m.length[length]; cost < p.costs[i+length] {
				p.costs[i+length], p.choices[i+length] = cost, matchToken(length, dist)
			}
		}
	}
}

// longest returns the length of the longest match at position i.
func (p *parser) longest(i int) int {
	if p.begin[i] == p.begin[i+1] {
		return 0
	}
	return int(p.found[p.begin[i+1]-1].length)
}
