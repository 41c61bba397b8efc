package edge

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// maxFields is how many fields a header map may have. CloudFront accepts 32,768
// bytes of headers and a field in HTTP/1.1 takes at least four ("a:" and the line
// end), so that no event of its own has more.
const maxFields = 32768 / 4

// header reads a header map: an object of lower-case names, each with an array of
// {key, value} objects (G/lambda-event-structure.html). Names in another case are
// accepted and count as the lower-case one. It stores in hm what it reads.
func (d *decoder) header(hm *headerMap) Header {
	if d.Null() {
		return Header{}
	}
	first := len(d.entries)
	var names map[string]bool // nil as long as all are spelt as CloudFront spells them
	for m := d.Object(); m.Next(); {
		span := m.Span()
		name := lower(span.In(d.text)) // a part of the text, and not of m, which so stays on the stack
		if names == nil && (span.Escaped() || name != m.Name) {
			names = namesOf(d.entries[first:], d.text)
		}
		if names[name] {
			d.Fail(d.Pos(), "the header "+strconv.Quote(jsontext.Shorten(name))+" stands twice, in two spellings")
		}
		before := len(d.entries)
		for e := d.Array(); e.Next(); {
			if len(d.entries)-first == maxFields {
				d.Fail(d.Pos(), "more than "+strconv.Itoa(maxFields)+" header fields; CloudFront sends at most 32,768 bytes of them")
				break
			}
			d.entries = append(d.entries, d.entry(span, name))
		}
		if names != nil && len(d.entries) > before {
			names[name] = true
		}
	}
	if len(d.entries) == first {
		return Header{}
	}
	hm.text, hm.entries = d.text, d.entries[first:]
	if names != nil {
		return Header{fields: hm.fields()}
	}
	return Header{came: hm}
}

// entry reads one entry of a header map. Its name stands at span.
func (d *decoder) entry(span jsontext.Span, name string) entry {
	d.Peek()
	start := d.Pos()
	key, value, ok := d.KeyValue()
	if !ok {
		for m := d.Object(); m.Next(); {
			switch m.Name {
			case "key":
				key = d.SpanOrNull()
			case "value":
				value = d.SpanOrNull()
			default:
				d.Skip()
			}
		}
	}
	if key := key.In(d.text); key != "" && !equalFold(name, key) {
		d.Fail(start, "got the key "+strconv.Quote(jsontext.Shorten(key))+"; want a spelling of "+strconv.Quote(jsontext.Shorten(name)))
	}
	return entry{name: span, value: value, from: uint32(start), to: uint32(d.Pos())}
}

// namesOf returns the names of the entries, which are in lower case.
func namesOf(entries []entry, text string) map[string]bool {
	names := make(map[string]bool)
	for i := range entries {
		names[entries[i].name.In(text)] = true
	}
	return names
}
