package deflate

// A match is a length and a distance, the distance less one so that it fits.
type match struct{ length, distLess1 uint16 }

func (m match) dist() int { return int(m.distLess1) + 1 }

const (
	hashBits = 16
	// maxDepth bounds the walk down a tree. More finds hardly anything in programs.
	maxDepth = 400
	// positions is how many the trees remember: more than the window, so that a position and the one a whole window
	// before it have a place each.
	positions = 2 * windowSize
)

// A finder finds matches. For each hash of three bytes it keeps a binary search tree of the positions in the window that
// have it, ordered by what follows them; a position is inserted at the root, so what is nearer to the root is nearer in the data.
type finder struct {
	data     []byte
	roots    []int32 // by hash; -1 is none
	children []int32 // two for each of the last positions: what sorts before it, and after
}

func newFinder(data []byte) *finder {
	f := &finder{data: data, roots: make([]int32, 1<<hashBits), children: make([]int32, 2*positions)}
	for i := range f.roots {
		f.roots[i] = -1
	}
	return f
}

func (f *finder) hash(pos int) uint32 {
	d := f.data[pos : pos+3]
	return (uint32(d[0]) | uint32(d[1])<<8 | uint32(d[2])<<16) * 0x9E3779B1 >> (32 - hashBits)
}

// append inserts the next position, and appends its matches: longer and longer, each at the nearest distance that has one so long.
func (f *finder) append(found []match, pos int) []match {
	limit := min(maxMatch, len(f.data)-pos)
	if limit < minMatch {
		return found
	}
	root := &f.roots[f.hash(pos)]
	at := *root
	*root = int32(pos)
	here := f.data[pos : pos+limit]
	// The two places where the next node hangs that sorts before this position, and after; and how much all nodes below
	// such a place share with it.
	before, after := f.child(int32(pos), 0), f.child(int32(pos), 1)
	beforeLen, afterLen := 0, 0
	best := minMatch - 1
	for depth := 0; depth < maxDepth && at >= 0 && pos-int(at) <= windowSize; depth++ {
		n := min(beforeLen, afterLen)
		there := f.data[at : int(at)+limit]
		for n < limit && there[n] == here[n] {
			n++
		}
		if n > best {
			best = n
			found = append(found, match{uint16(n), uint16(pos - int(at) - 1)})
		}
		if n == limit {
			// As far as can be seen it is the same: this position takes its place.
			*before, *after = *f.child(at, 0), *f.child(at, 1)
			return found
		}
		if there[n] < here[n] {
			*before, before, beforeLen = at, f.child(at, 1), n
			at = *before
		} else {
			*after, after, afterLen = at, f.child(at, 0), n
			at = *after
		}
	}
	*before, *after = -1, -1
	return found
}

func (f *finder) child(pos int32, side int32) *int32 {
	return &f.children[2*(pos%positions)+side]
}
