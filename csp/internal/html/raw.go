package html

import "bytes"

// scanRaw handles the RCDATA and RAWTEXT states (13.2.5.2, 13.2.5.3): text up to
// the end tag of the element.
func (z *Tokenizer) scanRaw(b []byte, atEnd bool) int {
	z.token.Kind = Text
	for i := 0; ; i++ {
		n := bytes.IndexByte(b[i:], '<')
		if n < 0 {
			return len(b)
		}
		i += n
		if !atEnd && len(b)-i < len(z.endName)+3 {
			return i
		}
		if hasTag(b[i:], "</", z.endName) {
			return z.endOfRaw(b, i, atEnd)
		}
	}
}

// endOfRaw gives the text before the end tag at b[i:], or else that tag.
func (z *Tokenizer) endOfRaw(b []byte, i int, atEnd bool) int {
	if i > 0 {
		return i
	}
	n := z.scanTag(b, len("</"), atEnd)
	if n > 0 {
		z.mode = modeData
	}
	return n
}

// hasTag reports whether b begins with open and name, in any case, and a byte
// that ends a tag's name.
func hasTag(b []byte, open, name string) bool {
	n := len(open) + len(name)
	if len(b) <= n || string(b[:len(open)]) != open {
		return false
	}
	for i := range len(name) {
		if b[len(open)+i]|0x20 != name[i] { // names are lower-case letters
			return false
		}
	}
	c := b[n]
	return isSpace(c) || c == '/' || c == '>'
}

// A scriptState says how deep the text of a script is in the escapes that HTML
// has for the sake of old browsers.
type scriptState struct {
	level  uint8 // scriptPlain, scriptEscaped or scriptDouble
	dashes uint8 // of "-->" that have been seen, at most 2
}

const (
	scriptPlain   uint8 = iota // script data state, 13.2.5.4
	scriptEscaped              // after "<!--": 13.2.5.20 and on
	scriptDouble               // after "<!--" and "<script": 13.2.5.27 and on
)

// scanScript handles the script data states: text up to "</script", unless that
// stands in "<!--", "<script", which it only ends.
func (z *Tokenizer) scanScript(b []byte, atEnd bool) int {
	const lookahead = len("</script>")
	z.token.Kind = Text
	for i := 0; i < len(b); {
		if z.script.level == scriptPlain {
			n := bytes.IndexByte(b[i:], '<')
			if n < 0 {
				return len(b)
			}
			i += n
		} else if b[i] != '<' {
			z.script.escapedByte(b[i])
			i++
			continue
		}
		if !atEnd && len(b)-i < lookahead {
			return i
		}
		if z.script.level != scriptDouble && hasTag(b[i:], "</", "script") {
			return z.endOfRaw(b, i, atEnd)
		}
		i += z.script.lessThan(b[i:])
	}
	return len(b)
}

// escapedByte follows the dashes that lead out of the escaped states.
func (s *scriptState) escapedByte(c byte) {
	switch {
	case c == '-':
		s.dashes = min(s.dashes+1, 2)
	case c == '>' && s.dashes == 2:
		*s = scriptState{}
	default:
		s.dashes = 0
	}
}

// lessThan handles the "<" that b begins with, which is no end tag, and gives
// how many bytes it has dealt with.
func (s *scriptState) lessThan(b []byte) int {
	switch s.level {
	case scriptPlain:
		if bytes.HasPrefix(b, []byte("<!--")) { // escape start states, 13.2.5.18 and 19
			*s = scriptState{level: scriptEscaped, dashes: 2}
			return 4
		}
	case scriptEscaped:
		s.dashes = 0
		if hasTag(b, "<", "script") { // double escape start state, 13.2.5.26
			s.level = scriptDouble
			return len("<script>")
		}
	case scriptDouble:
		s.dashes = 0
		if hasTag(b, "</", "script") { // double escape end state, 13.2.5.31
			s.level = scriptEscaped
			return len("</script>")
		}
	}
	return 1
}
