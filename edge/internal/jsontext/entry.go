package jsontext

import "strings"

// KeyValue reads {"key":"...","value":"..."} in the form in which CloudFront writes
// nearly all entries of a header map: without white space, escape sequences and
// characters outside ASCII. It reports false, and consumes nothing, if anything
// else stands there, right or wrong: [Scanner.Object] reads it then. Most of an
// event's bytes are such entries.
func (s *Scanner) KeyValue() (key, value string, ok bool) {
	const before, between = `{"key":"`, `","value":"`
	if s.err != nil || s.depth == MaxDepth || !strings.HasPrefix(s.text[s.pos:], before) {
		return "", "", false
	}
	text, i := s.text, s.pos+len(before)
	end := plainEnd(text, i)
	if !strings.HasPrefix(text[end:], between) {
		return "", "", false
	}
	key = text[i:end]
	i = end + len(between)
	end = plainEnd(text, i)
	if !strings.HasPrefix(text[end:], `"}`) {
		return "", "", false
	}
	value = text[i:end]
	s.pos = end + 2
	return key, value, true
}
