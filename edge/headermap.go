package edge

import "github.com/edgehelpers/lambdaedge/edge/internal/jsontext"

// A headerMap is a header map of an event as it came: where everything stands, and no
// field of it made before a handler looks, which most handlers do at one or two.
type headerMap struct {
	text    string // of the whole event
	entries []entry
}

// An entry is one {key, value} object of a header map. Those of one name stand together.
type entry struct {
	name, value jsontext.Span
	from, to    uint32 // the object itself
}

// field returns the ith entry as a field.
func (hm *headerMap) field(i int) field {
	e := &hm.entries[i]
	return field{name: lower(e.name.In(hm.text)), value: e.value.In(hm.text), raw: hm.text[e.from:e.to]}
}

// fields returns all entries as fields.
func (hm *headerMap) fields() []field {
	fields := make([]field, len(hm.entries))
	for i := range fields {
		fields[i] = hm.field(i)
	}
	return fields
}
