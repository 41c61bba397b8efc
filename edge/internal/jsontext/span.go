package jsontext

// A Span is where a string stands in the text of a [Scanner] that has checked it. It
// costs little to keep, and nothing to unescape before somebody asks for the string.
// The text may have 2 GB.
type Span struct {
	from uint32 // the offset of what is between the quotation marks
	size uint32 // its length; the highest bit is set if there is an escape sequence in it
}

const escaped = 1 << 31

// In returns what the string stands for in text, the text that it was read from.
// Without an escape sequence the result shares it.
func (sp Span) In(text string) string {
	body := text[sp.from : sp.from+sp.size&^escaped]
	if sp.Escaped() {
		return unescape(body)
	}
	return body
}

// Escaped reports whether the string has an escape sequence, so that its length in
// the text is not its own.
func (sp Span) Escaped() bool { return sp.size&escaped != 0 }

// Span reads a string.
func (s *Scanner) Span() Span {
	if s.space() != '"' {
		s.unexpected("a string")
		return Span{}
	}
	return s.spanHere()
}

// SpanOrNull reads a string; null reads as the empty one.
func (s *Scanner) SpanOrNull() Span {
	if s.space() == 'n' && s.literal("null") {
		return Span{}
	}
	return s.Span()
}

// spanHere reads the string that begins at the current position.
func (s *Scanner) spanHere() Span {
	start := s.pos + 1
	if end := plainEnd(s.text, start); end < len(s.text) && s.text[end] == '"' {
		s.pos = end + 1
		return Span{uint32(start), uint32(end - start)}
	}
	hasEscape := s.skipString()
	if s.err != nil {
		return Span{}
	}
	span := Span{uint32(start), uint32(s.pos - 1 - start)}
	if hasEscape {
		span.size |= escaped
	}
	return span
}
