package jsontext

import "strings"

// KeyValue reads {"key":"...","value":"..."}, an entry of a header map, in one of the
// two forms that programs write: without white space, as CloudFront does, and with a
// space after each colon and comma. Most of an event's bytes are such. It reports
// false, and consumes nothing, if anything else stands there: [Scanner.Object] reads it
// then. What is wrong with one of the two strings is an error.
func (s *Scanner) KeyValue() (key, value Span, ok bool) {
	if s.depth == MaxDepth {
		return key, value, false
	}
	start := s.pos
	switch rest := s.text[start:]; {
	case strings.HasPrefix(rest, `{"key":"`):
		s.pos += len(`{"key":`)
		key = s.spanHere()
		ok = s.skip(`,"value":"`)
	case strings.HasPrefix(rest, `{"key": "`):
		s.pos += len(`{"key": `)
		key = s.spanHere()
		ok = s.skip(`, "value": "`)
	}
	if ok {
		s.pos--
		value = s.spanHere()
		ok = s.skip(`}`)
	}
	if !ok && s.err == nil {
		s.pos = start
	}
	return key, value, ok
}

// skip consumes what is given and reports whether it stood there.
func (s *Scanner) skip(what string) bool {
	if !strings.HasPrefix(s.text[s.pos:], what) {
		return false
	}
	s.pos += len(what)
	return true
}
