package redirect

import "math/bits"

// hash returns a hash of s. It is the same in every process, since tables are
// compiled in one and used in others, and needs no secret: viewers choose what is
// looked up, never what a table holds.
func hash(seed uint64, s string) uint64 {
	h := seed ^ uint64(len(s))*0x9e3779b97f4a7c15
	for ; len(s) >= 8; s = s[8:] {
		h = mix(h^load64(s), 0xd6e8feb86659fd93)
	}
	var tail uint64
	for i := range len(s) {
		tail |= uint64(s[i]) << (8 * i)
	}
	return mix(h^tail, 0xa0761d6478bd642f)
}

// mix folds the 128-bit product of a and b, odd constants being good for b.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0xe7037ed1a0b428db, b)
	return hi ^ lo
}

func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// slotOf returns the place in a table of n slots where a search for h begins.
func slotOf(h uint64, n int) int {
	hi, _ := bits.Mul64(h, uint64(n))
	return int(hi)
}
