package redirect

import "math/bits"

// hash returns a hash of s. It is the same in every process, since tables are
// compiled in one and used in others, and needs no secret: viewers choose what is
// looked up, never what a table holds.
func hash(seed uint64, s string) uint64 {
	h := seed ^ uint64(len(s))*0x9e3779b97f4a7c15
	if len(s) < 8 {
		return mix(h, loadShort(s)^0xa0761d6478bd642f)
	}
	// The last 16 bytes, or two words that overlap if there are less.
	a, b := load64(s[max(len(s)-16, 0):]), load64(s[len(s)-8:])
	for ; len(s) > 16; s = s[16:] {
		h = mix(h^load64(s), load64(s[8:])^0xd6e8feb86659fd93)
	}
	return mix(h^a, b^0xa0761d6478bd642f)
}

// loadShort returns the bytes of s, of which there are less than 8.
func loadShort(s string) uint64 {
	n := len(s)
	switch {
	case n >= 4:
		return uint64(load32(s)) | uint64(load32(s[n-4:]))<<32
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	return 0
}

// mix folds the 128-bit product of a and b, which a constant keeps from being 0.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0xe7037ed1a0b428db, b)
	return hi ^ lo
}

func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func load32(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// slotOf returns the place in a table of n slots where a search for h begins.
func slotOf(h uint64, n int) int {
	hi, _ := bits.Mul64(h, uint64(n))
	return int(hi)
}

// slotLen is the length of a slot: a tag and an offset. The tags lie together, apart
// from the offsets, so that those of a large table stay in a processor's cache,
// which is all that a lookup of a path without a rule has to read.
const slotLen = 1 + 4

// tagOf returns what a slot says of its key, other than its place in the table; 0 is
// for a free slot.
func tagOf(h uint64) byte { return max(byte(h), 1) }
