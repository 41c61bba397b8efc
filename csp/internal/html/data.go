package html

import "bytes"

// scanData handles the data state and what it branches into (13.2.5.1, 13.2.5.6,
// 13.2.5.7).
func (z *Tokenizer) scanData(b []byte, atEnd bool) int {
	if b[0] != '<' {
		return z.text(b, 0)
	}
	if len(b) < 3 && !atEnd {
		return 0
	}
	switch c := at(b, 1); {
	case isAlpha(c):
		return z.scanTag(b, 1, atEnd)
	case c == '/':
		switch c := at(b, 2); {
		case isAlpha(c):
			return z.scanTag(b, 2, atEnd)
		case c == '>': // "</>" is nothing
			return z.markup(3, modeData)
		case len(b) == 2:
			return z.text(b, 2)
		}
		return z.markup(2, modeBogus)
	case c == '!':
		return z.scanDeclaration(b, atEnd)
	case c == '?':
		return z.markup(2, modeBogus)
	}
	return z.text(b, 1)
}

// text takes the bytes up to the next "<" at from or after it.
func (z *Tokenizer) text(b []byte, from int) int {
	z.token.Kind = Text
	if i := bytes.IndexByte(b[from:], '<'); i >= 0 {
		return from + i
	}
	return len(b)
}

// markup takes n bytes and goes on in mode.
func (z *Tokenizer) markup(n int, next mode) int {
	z.token.Kind, z.mode = Markup, next
	return n
}

// scanDeclaration handles "<!": the markup declaration open state (13.2.5.42) and
// the two comment start states (13.2.5.43, 13.2.5.44).
func (z *Tokenizer) scanDeclaration(b []byte, atEnd bool) int {
	const cdata = "<![CDATA["
	if len(b) < len(cdata) && !atEnd {
		return 0
	}
	switch {
	case bytes.HasPrefix(b, []byte("<!-->")):
		return z.markup(5, modeData)
	case bytes.HasPrefix(b, []byte("<!--->")):
		return z.markup(6, modeData)
	case bytes.HasPrefix(b, []byte("<!--")):
		return z.markup(4, modeComment)
	case bytes.HasPrefix(b, []byte(cdata)) && z.takesCDATA():
		return z.markup(len(cdata), modeCDATA)
	}
	// A doctype ends at the first ">" as a bogus comment does, quotes or not.
	return z.markup(2, modeBogus)
}

// scanComment goes to the end of a comment: "-->" or "--!>" (13.2.5.45 to 52).
func (z *Tokenizer) scanComment(b []byte, atEnd bool) int {
	for i := 0; ; i++ {
		n := bytes.Index(b[i:], []byte("--"))
		if n < 0 {
			if atEnd || b[len(b)-1] != '-' {
				return z.markup(len(b), modeComment)
			}
			return z.markup(len(b)-1, modeComment)
		}
		switch i += n; {
		case at(b, i+2) == '>':
			return z.markup(i+3, modeData)
		case at(b, i+2) == '!' && at(b, i+3) == '>':
			return z.markup(i+4, modeData)
		case i+4 > len(b) && !atEnd:
			return z.markup(i, modeComment)
		}
	}
}

// scanBogus goes to the end of a bogus comment (13.2.5.41).
func (z *Tokenizer) scanBogus(b []byte) int {
	if i := bytes.IndexByte(b, '>'); i >= 0 {
		return z.markup(i+1, modeData)
	}
	return z.markup(len(b), modeBogus)
}

// scanCDATA handles the CDATA section states (13.2.5.69 to 71).
func (z *Tokenizer) scanCDATA(b []byte, atEnd bool) int {
	const end = "]]>"
	n := bytes.Index(b, []byte(end))
	switch {
	case n == 0:
		return z.markup(len(end), modeData)
	case n < 0 && atEnd:
		n = len(b)
	case n < 0:
		// What could be the beginning of the end is left for the next time.
		for n = len(b); n > 0 && n > len(b)-2 && b[n-1] == ']'; {
			n--
		}
	}
	z.token.Kind = CDATA
	return n
}

// at gives b[i], or 0 past the end.
func at(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isSpace reports the white space of the tokenizer. A carriage return is a line
// feed by the time the Standard's tokenizer sees it (13.2.3.5).
func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'
}
