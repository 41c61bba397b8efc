package html

import (
	"bytes"
	_ "embed" // for entities
	"strconv"
	"strings"
	"unicode/utf8"
)

// AppendValue appends the value that an attribute with that raw value has in the
// document: newlines normalized, character references replaced.
func AppendValue(dst, raw []byte) []byte { return appendUnescaped(dst, Normalize(raw), true) }

// AppendText is like [AppendValue] for the whole of a text outside attributes and
// raw text.
func AppendText(dst, raw []byte) []byte { return appendUnescaped(dst, Normalize(raw), false) }

// appendUnescaped follows 13.2.5.72 and on.
func appendUnescaped(dst, s []byte, inAttr bool) []byte {
	for {
		i := bytes.IndexByte(s, '&')
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		s = s[i:]
		n := 0
		if at(s, 1) == '#' {
			dst, n = appendNumeric(dst, s)
		} else {
			dst, n = appendNamed(dst, s, inAttr)
		}
		s = s[n:]
	}
}

// appendNamed handles the "&" and a name that s begins with (13.2.5.73), and gives
// how much of it was used.
func appendNamed(dst, s []byte, inAttr bool) ([]byte, int) {
	const longest, longestBare = len("&CounterClockwiseContourIntegral"), len("&Aacute")
	n := 1
	for n < len(s) && n < longest && (isAlpha(s[n]) || isDigit(s[n])) {
		n++
	}
	if at(s, n) == ';' {
		if text := entity(string(s[1 : n+1])); text != "" {
			return append(dst, text...), n + 1
		}
	}
	// Some count without their semicolon; in attributes only if no letter, digit
	// or "=" follows, so that "?a&copy=b" stays what it is.
	least := 2
	if inAttr {
		if least = n; at(s, n) == '=' {
			return append(dst, s[:n]...), n
		}
	}
	for n := min(n, longestBare); n >= least; n-- {
		if text := entity(string(s[1:n])); text != "" {
			return append(dst, text...), n
		}
	}
	return append(dst, s[:n]...), n
}

// entities has a line for every name, sorted: the name, with its semicolon if it
// has to have one, and the code points in hexadecimal.
//
//go:generate go run gen_entities.go
//go:embed entities.txt
var entities string

// entity gives the text that a name stands for, "" if for none.
func entity(name string) string {
	low, high := 0, len(entities)
	for low < high {
		start := strings.LastIndexByte(entities[:(low+high)/2], '\n') + 1
		line, _, _ := strings.Cut(entities[start:], "\n")
		key, points, _ := strings.Cut(line, " ")
		switch order := strings.Compare(key, name); {
		case order < 0:
			low = start + len(line) + 1
		case order > 0:
			high = start
		default:
			text := ""
			for point := range strings.FieldsSeq(points) {
				r, _ := strconv.ParseInt(point, 16, 32)
				text += string(rune(r))
			}
			return text
		}
	}
	return ""
}

// appendNumeric handles the "&#" that s begins with (13.2.5.75 to 80).
func appendNumeric(dst, s []byte) ([]byte, int) {
	i, base := 2, rune(10)
	if at(s, i)|0x20 == 'x' {
		i, base = 3, 16
	}
	first, r := i, rune(0)
	for ; i < len(s); i++ {
		d := digit(s[i])
		if d < 0 || d >= base {
			break
		}
		r = min(r*base+d, utf8.MaxRune+1)
	}
	if i == first {
		return append(dst, s[:i]...), i
	}
	if at(s, i) == ';' {
		i++
	}
	if 0x80 <= r && r < 0xa0 && windows1252[r-0x80] != 0 {
		r = windows1252[r-0x80]
	}
	if r == 0 {
		r = utf8.RuneError
	}
	return utf8.AppendRune(dst, r), i // surrogates and too large ones become U+FFFD
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func digit(c byte) rune {
	switch {
	case isDigit(c):
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return -1
}

// windows1252 is the table of 13.2.5.80: what 0x80 to 0x9F are taken for.
var windows1252 = [32]rune{
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
}
