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
// accepted and count as the lower-case one.
func (d *decoder) header() Header {
	var h Header
	if d.Null() {
		return h
	}
	mixed := false
	d.Object(func(name string) {
		start := d.Pos()
		if low := lower(name); low != name {
			name, mixed = low, true
		}
		if mixed && h.Has(name) {
			d.Fail(start, "the header "+strconv.Quote(jsontext.Shorten(name))+" stands twice, in two spellings")
		}
		d.Array(func(int) {
			if len(h.fields) == maxFields {
				d.Fail(d.Pos(), "more than "+strconv.Itoa(maxFields)+" header fields; CloudFront sends at most 32,768 bytes of them")
				return
			}
			if h.fields == nil {
				h.fields = make([]field, 0, 16)
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
	d.Object(func(member string) {
		switch member {
		case "key":
			at := d.Pos()
			if f.key = d.StringOrNull(); f.key != "" && !equalFold(name, f.key) {
				d.Fail(at, "got the key "+strconv.Quote(jsontext.Shorten(f.key))+"; want a spelling of "+strconv.Quote(jsontext.Shorten(name)))
			}
		case "value":
			f.value = d.StringOrNull()
		default:
			d.Skip()
		}
	})
	f.raw = d.Text(start)
	return f
}
