package html

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// Normalize gives raw as the document has it: CR LF and CR become LF (13.2.3.5),
// NUL becomes U+FFFD, and so does what is not UTF-8. It gives raw itself if there
// is nothing to change.
func Normalize(raw []byte) []byte {
	if isNormal(raw) {
		return raw
	}
	var out bytes.Buffer
	n := Normalizer{W: &out}
	n.Write(raw)
	n.Close()
	return out.Bytes()
}

func isNormal(raw []byte) bool {
	return bytes.IndexByte(raw, '\r') < 0 && bytes.IndexByte(raw, 0) < 0 && utf8.Valid(raw)
}

// A Normalizer is [Normalize] for text that comes in pieces, which it writes to W.
// W must not fail, as hashes and buffers do not. Close writes what is left.
type Normalizer struct {
	W    io.Writer
	cr   bool   // the last byte was a CR: an LF that follows is part of it
	tail []byte // the beginning of a character whose end has not come yet
}

func (n *Normalizer) Write(piece []byte) (int, error) {
	b := piece
	if len(n.tail) > 0 {
		b = append(n.tail, b...)
		n.tail = nil
	}
	if n.cr && len(b) > 0 {
		n.cr = false
		if b[0] == '\n' {
			b = b[1:]
		}
	}
	if cut := len(b) - incomplete(b); cut < len(b) {
		n.tail = append([]byte(nil), b[cut:]...)
		b = b[:cut]
	}
	if isNormal(b) {
		n.W.Write(b)
		return len(piece), nil
	}
	out := make([]byte, 0, len(b)+16)
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '\r':
			out = append(out, '\n')
			if i++; i == len(b) {
				n.cr = true
			} else if b[i] == '\n' {
				i++
			}
		case c == 0:
			out = utf8.AppendRune(out, utf8.RuneError)
			i++
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, size := decodeRune(b[i:])
			out = utf8.AppendRune(out, r)
			i += size
		}
	}
	n.W.Write(out)
	return len(piece), nil
}

// Close writes the character that the end of the text cut off, and makes the
// Normalizer ready for another text.
func (n *Normalizer) Close() error {
	if len(n.tail) > 0 {
		n.W.Write([]byte(string(utf8.RuneError)))
	}
	n.tail, n.cr = nil, false
	return nil
}

// incomplete gives the length of the beginning of a character that b ends with.
func incomplete(b []byte) int {
	for n := 1; n <= min(3, len(b)); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// decodeRune is utf8.DecodeRune, but takes all of a truncated character as one
// error, as the Encoding Standard's UTF-8 decoder does.
func decodeRune(b []byte) (rune, int) {
	r, size := utf8.DecodeRune(b)
	if r != utf8.RuneError || size != 1 {
		return r, size
	}
	for n := 2; n <= min(3, len(b)); n++ {
		if utf8.FullRune(b[:n]) { // b[:n-1] could still have become a character
			break
		}
		size = n
	}
	return utf8.RuneError, size
}
