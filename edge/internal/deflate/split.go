package deflate

import "math"

const (
	// pieceTokens is how many tokens lie between two places where a block may end.
	pieceTokens = 1024
	// maxPieces bounds a block, and with it the time for choosing.
	maxPieces = 128
)

// split cuts tokens into blocks that cost least together, and returns how many bytes of data each block stands for.
func split(tokens []token) []int {
	pieces := (len(tokens) + pieceTokens - 1) / pieceTokens
	histograms := make([]histogram, pieces)
	lengths := make([]int, pieces)
	for i, t := range tokens {
		histograms[i/pieceTokens].add(t)
		lengths[i/pieceTokens] += t.bytes()
	}
	// best[i] is the least cost of the first i pieces, the last block of which begins at piece from[i].
	best := make([]int, pieces+1)
	from := make([]int, pieces+1)
	for i := 1; i <= pieces; i++ {
		best[i] = math.MaxInt
		block := histogram{}
		block.literals[endOfBlock] = 1
		for j := i - 1; j >= max(0, i-maxPieces); j-- {
			block.merge(&histograms[j])
			if size := best[j] + block.size(); size < best[i] {
				best[i], from[i] = size, j
			}
		}
	}
	var blocks []int
	for i := pieces; i > 0; i = from[i] {
		n := 0
		for _, length := range lengths[from[i]:i] {
			n += length
		}
		blocks = append(blocks, n)
	}
	for i, j := 0, len(blocks)-1; i < j; i, j = i+1, j-1 {
		blocks[i], blocks[j] = blocks[j], blocks[i]
	}
	return blocks
}
