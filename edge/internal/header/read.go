package header

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// maxFields is how many fields a header map may have. CloudFront accepts 32,768
// bytes of headers and a field in HTTP/1.1 takes at least four ("a:" and the line
// end), so that no event of its own has more.
const maxFields = 32768 / 4

// A Reader reads the header maps of one text.
type Reader struct {
	Text    string
	Entries []Entry // of all maps so far; room for them that is given saves an allocation
}

// Read reads the header map that is next in s: an object of lower-case names, each
// with an array of {key, value} objects (lambda-event-structure.html). Names in
// another case are accepted and count as the lower-case one. What it reads is kept
// in came, to which the result refers.
func (r *Reader) Read(s *jsontext.Scanner, came *Original) Map {
	if s.Null() {
		return Map{}
	}
	first := len(r.Entries)
	var names map[string]bool // nil as long as all are spelt as CloudFront spells them
	for m := s.Object(); m.Next(); {
		span := m.Span()
		name := lower(span.In(r.Text)) // a part of the text, and not of m, which so stays on the stack
		if names == nil && (span.Escaped() || name != m.Name) {
			names = namesOf(r.Entries[first:], r.Text)
		}
		if names[name] {
			s.Fail(s.Pos(), "the header "+strconv.Quote(jsontext.Shorten(name))+" stands twice, in two spellings")
		}
		before := len(r.Entries)
		for e := s.Array(); e.Next(); {
			if len(r.Entries)-first == maxFields {
				s.Fail(s.Pos(), "more than "+strconv.Itoa(maxFields)+" header fields; CloudFront sends at most 32,768 bytes of them")
				break
			}
			r.Entries = append(r.Entries, r.entry(s, span, name))
		}
		if names != nil && len(r.Entries) > before {
			names[name] = true
		}
	}
	if len(r.Entries) == first {
		return Map{}
	}
	came.text, came.entries = r.Text, r.Entries[first:]
	if names != nil {
		return Map{fields: came.fields()}
	}
	return Map{came: came}
}

// entry reads one entry of a header map. Its name stands at span.
func (r *Reader) entry(s *jsontext.Scanner, span jsontext.Span, name string) Entry {
	s.Peek()
	start := s.Pos()
	key, value, ok := s.KeyValue()
	if !ok {
		for m := s.Object(); m.Next(); {
			switch m.Name {
			case "key":
				key = s.SpanOrNull()
			case "value":
				value = s.SpanOrNull()
			default:
				s.Skip()
			}
		}
	}
	if key := key.In(r.Text); key != "" && !equalFold(name, key) {
		s.Fail(start, "got the key "+strconv.Quote(jsontext.Shorten(key))+"; want a spelling of "+strconv.Quote(jsontext.Shorten(name)))
	}
	return Entry{name: span, value: value, from: uint32(start), to: uint32(s.Pos())}
}

// namesOf returns the names of the entries, which are in lower case.
func namesOf(entries []Entry, text string) map[string]bool {
	names := make(map[string]bool)
	for i := range entries {
		names[entries[i].name.In(text)] = true
	}
	return names
}
