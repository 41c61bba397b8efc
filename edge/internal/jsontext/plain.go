package jsontext

import "math/bits"

// plain says of each byte whether it may stand in a string as it is and is ASCII:
// all but control characters, the quotation mark and the backslash (RFC 8259,
// clause 7).
var plain = func() (table [256]bool) {
	for c := ' '; c < 0x80; c++ {
		table[c] = c != '"' && c != '\\'
	}
	return table
}()

// plainEnd returns the offset of the first byte from i on that is not plain; the
// length of the text if there is none. It looks at eight bytes at a time.
func plainEnd(text string, i int) int {
	for i+8 <= len(text) {
		if marks := notPlain(load(text[i : i+8])); marks != 0 {
			return i + bits.TrailingZeros64(marks)/8
		}
		i += 8
	}
	for i < len(text) && plain[text[i]] {
		i++
	}
	return i
}

// load returns the first eight bytes of text, the first one lowest.
func load(text string) uint64 {
	_ = text[7]
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
}

// notPlain marks, of eight bytes, the lowest one that is not plain, by its highest
// bit; it returns 0 if all are plain. A subtraction sets the highest bit of a byte
// that is smaller than what is taken from it; a byte that is equal to c is zero, and
// so smaller than one, after an exclusive or with c. Borrows can mark bytes that are
// plain, but only above one that is not.
func notPlain(x uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	control := x - ones*' '
	quote := (x ^ ones*'"') - ones
	backslash := (x ^ ones*'\\') - ones
	return (x | control | quote | backslash) & tops
}
