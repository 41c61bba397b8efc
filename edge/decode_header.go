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
// accepted and count as the lower-case one. usual is how many fields there are as a
// rule.
func (d *decoder) header(usual int) Header {
	var h Header
	if d.Null() {
		return h
	}
	d.Object(func(name string) {
		start := d.Pos()
		if low := lower(name); low != name {
			name, h.mixed = low, true
		}
		if h.mixed && h.Has(name) {
			d.Fail(start, "the header "+strconv.Quote(jsontext.Shorten(name))+" stands twice, in two spellings")
		}
		d.Array(func(int) {
			if len(h.fields) == maxFields {
				d.Fail(d.Pos(), "more than "+strconv.Itoa(maxFields)+" header fields; CloudFront sends at most 32,768 bytes of them")
				return
			}
			if h.fields == nil {
				h.fields = make([]field, 0, usual)
			}
			h.fields = append(h.fields, d.field(name))
		})
	})
	return h
}

// field reads one entry of a header map.
func (d *decoder) field(name string) field {
	f := field{name: name}
	d.Peek()
	start := d.Pos()
	key, value, ok := d.KeyValue()
	if ok {
		f.value = value
	} else {
		d.Object(func(member string) {
			switch member {
			case "key":
				key = d.StringOrNull()
			case "value":
				f.value = d.StringOrNull()
			default:
				d.Skip()
			}
		})
	}
	f.raw = d.Text(start)
	if key != "" && !equalFold(name, key) {
		d.Fail(start, "got the key "+strconv.Quote(jsontext.Shorten(key))+"; want a spelling of "+strconv.Quote(jsontext.Shorten(name)))
	}
	return f
}
