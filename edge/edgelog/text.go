package edgelog

import "unicode/utf8"

// mostText is how much of a text a line has, in bytes: as much as a request's URL may have.
const mostText = 8 << 10

func appendMember(line []byte, name, value string) []byte {
	line = append(line, ',', '"')
	line = append(line, name...)
	return appendText(append(line, '"', ':'), value)
}

// appendText appends s as a JSON string of one line that changes nothing on a terminal. What is not UTF-8 becomes U+FFFD.
func appendText(line []byte, s string) []byte {
	line = append(line, '"')
	cut := len(s) > mostText
	if cut {
		n := mostText
		for n > mostText-utf8.UTFMax && !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n]
	}
	from := 0
	for i := 0; i < len(s); {
		if c := s[i]; ' ' <= c && c < 0x7f && c != '"' && c != '\\' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isPlain(r) {
			line = appendEscaped(append(line, s[from:i]...), r)
			from = i + size
		}
		i += size
	}
	line = append(line, s[from:]...)
	if cut {
		line = append(line, "…"...)
	}
	return append(line, '"')
}

// isPlain reports whether a character stands for itself. Others are what JSON escapes, control characters (C0, DEL, C1), the line ends of
// Unicode, and the marks that reverse the direction of what follows, with which a text can look like another one.
func isPlain(r rune) bool {
	switch {
	case r < ' ', r == '"', r == '\\', 0x7f <= r && r < 0xa0:
		return false
	case r < 0x2028:
		return r != 0x200e && r != 0x200f && r != 0x061c
	}
	return r > 0x202e && (r < 0x2066 || r > 0x2069) && r != utf8.RuneError
}

// appendEscaped appends a character that is not plain.
func appendEscaped(line []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	switch r {
	case '"', '\\':
		return append(line, '\\', byte(r))
	case '\n':
		return append(line, `\n`...)
	case '\t':
		return append(line, `\t`...)
	}
	return append(line, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}
