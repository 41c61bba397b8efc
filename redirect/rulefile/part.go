package rulefile

import "unicode/utf8"

// A part is a word of a line and the column where it begins.
type part struct {
	text    string
	column  int
	special bool // not all of it is plain: see isPlain
}

// splitLine cuts the next line into its parts, and returns the comment behind them.
func (p *parser) splitLine(line string) (comment part) {
	p.line++
	p.text = line
	p.parts, p.guardFrom = p.parts[:0], ""
	p.forced, p.failed, p.dropped = false, false, false
	for i := 0; i < len(line); {
		if n := blankLen(line[i:]); n > 0 {
			i += n
			continue
		}
		if line[i] == '#' {
			return part{text: line[i:], column: i + 1}
		}
		n, special := wordLen(line[i:])
		p.parts = append(p.parts, part{line[i : i+n], i + 1, special})
		i += n
	}
	return part{}
}

// wordLen returns the length of the word that s begins with.
func wordLen(s string) (n int, special bool) {
	for n+8 <= len(s) && allPlain(s[n:]) {
		n += 8
	}
	for ; n < len(s); n++ {
		if isPlain(s[n]) {
			continue
		}
		if blankLen(s[n:]) > 0 {
			break
		}
		special = true
	}
	return n, special
}

// isPlain reports whether c is a character that means nothing but itself in a path,
// but for slashes and points. In most words all are.
func isPlain(c byte) bool { return '-' <= c && c <= '9' || '@' <= c && c <= 'z' }

// allPlain reports whether the first eight bytes of s are plain. It marks those that
// are not, which are below -, from : to ?, and from {, in their highest bits; what a
// borrow or a carry adds to that is a wrong mark behind a right one.
func allPlain(s string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	_ = s[7]
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	low := x - ones*'-'
	colon := (x&(ones*0xfe) ^ ones*':') - ones
	angle := (x&(ones*0xfc) ^ ones*'<') - ones
	brace := x + ones*(0x80-'{')
	return (low|colon|angle|brace|x)&high == 0
}

// blankLen returns the length of the white space that s begins with: one character,
// as both hosts' regular expressions have it.
func blankLen(s string) int {
	switch c := s[0]; {
	case c == ' ' || '\t' <= c && c <= '\r':
		return 1
	case c < 0x80:
		return 0
	}
	return wideBlankLen(s)
}

// wideBlankLen is blankLen for characters outside ASCII.
func wideBlankLen(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == 0xa0, r == 0x1680, 0x2000 <= r && r <= 0x200a, r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000, r == 0xfeff:
		return n
	}
	return 0
}
