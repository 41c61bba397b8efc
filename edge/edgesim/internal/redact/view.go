package redact

import (
	"bytes"
	"html"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// A view is a text without some layers of escapes.
type view struct {
	text []byte
	at   []int // where each byte, and the end, stands in the text; nil when nobody needs to know
}

// layers is how often a text may be escaped: a value in HTML, in JSON, in a Go string.
const layers = 3

// views are the text as it is, and without each series of up to three layers of escapes: those of Go, JSON and JavaScript strings,
// of HTML, and of URLs.
func views(text string, located bool) []view {
	first := view{text: []byte(text)}
	if located {
		first.at = make([]int, len(text)+1)
		for i := range first.at {
			first.at[i] = i
		}
	}
	all, seen := []view{first}, map[string]bool{text: true}
	for from, layer := 0, 0; layer < layers; layer++ {
		outer := all[from:]
		from = len(all)
		for _, v := range outer {
			for _, decode := range []decoder{backslash, entity, percent, form} {
				if inner := v.decode(decode); inner.text != nil && !seen[string(inner.text)] {
					seen[string(inner.text)] = true
					all = append(all, inner)
				}
			}
		}
	}
	return all
}

// A decoder appends what the escape at the beginning of s stands for, and returns the escape's length; 0 when there is none.
type decoder func(dst, s []byte) ([]byte, int)

// decode takes one layer of escapes away; the text is nil when there are none.
func (v *view) decode(next decoder) view {
	if !bytes.ContainsAny(v.text, `\&%+`) {
		return view{}
	}
	inner, escapes := view{text: make([]byte, 0, len(v.text))}, 0
	for i := 0; i < len(v.text); {
		before := len(inner.text)
		text, n := next(inner.text, v.text[i:])
		if n == 0 {
			text, n = append(inner.text, v.text[i]), 1
		} else {
			escapes++
		}
		inner.text = text
		for range len(text) - before {
			if v.at != nil {
				inner.at = append(inner.at, v.at[i])
			}
		}
		i += n
	}
	if escapes == 0 {
		return view{}
	}
	if v.at != nil {
		inner.at = append(inner.at, v.at[len(v.text)])
	}
	return inner
}

// mark marks what the bytes from and to the offsets of the view are in the text.
func (v *view) mark(marked []bool, from, to int) {
	end := to
	for end < len(v.text) && v.at[end] == v.at[to-1] {
		end++ // the rest of an escape that stands for several bytes
	}
	for i := v.at[from]; i < v.at[end]; i++ {
		marked[i] = true
	}
}

// backslash reads the escapes of strings in Go, JSON and JavaScript.
func backslash(dst, s []byte) ([]byte, int) {
	if len(s) < 2 || s[0] != '\\' {
		return dst, 0
	}
	switch c := s[1]; c {
	case 'x':
		if n, ok := hex(s, 2, 2); ok {
			return append(dst, byte(n)), 4
		}
	case 'u':
		if n, ok := hex(s, 2, 4); ok {
			if low, ok := hex(s, 8, 4); ok && s[6] == '\\' && s[7] == 'u' && utf16.IsSurrogate(rune(n)) {
				return utf8.AppendRune(dst, utf16.DecodeRune(rune(n), rune(low))), 12
			}
			return utf8.AppendRune(dst, rune(n)), 6
		}
	case 'U':
		if n, ok := hex(s, 2, 8); ok {
			return utf8.AppendRune(dst, rune(n)), 10
		}
	default:
		if i := bytes.IndexByte([]byte("abtnvfr"), c); i >= 0 {
			return append(dst, byte('\a'+i)), 2 // U+0007 to U+000D are in this order
		}
	}
	return append(dst, s[1]), 2
}

// entity reads the character references of HTML.
func entity(dst, s []byte) ([]byte, int) {
	if s[0] != '&' {
		return dst, 0
	}
	end := bytes.IndexByte(s[:min(len(s), 12)], ';') + 1
	if end == 0 {
		return dst, 0
	}
	escape := string(s[:end])
	if text := html.UnescapeString(escape); text != escape {
		return append(dst, text...), end
	}
	return dst, 0
}

// percent reads the escapes of URLs.
func percent(dst, s []byte) ([]byte, int) {
	if n, ok := hex(s, 1, 2); ok && s[0] == '%' {
		return append(dst, byte(n)), 3
	}
	return dst, 0
}

// form reads those of forms and query strings.
func form(dst, s []byte) ([]byte, int) {
	if s[0] == '+' {
		return append(dst, ' '), 1
	}
	return percent(dst, s)
}

// hex reads a number of that many digits.
func hex(s []byte, from, digits int) (uint64, bool) {
	if len(s) < from+digits {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s[from:from+digits]), 16, 32)
	return n, err == nil
}
