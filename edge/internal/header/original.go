package header

import "github.com/edgehelpers/lambdaedge/edge/internal/jsontext"

// An Original is a header map of an event as it came: where everything stands, and no
// field of it made before a handler looks, which most handlers do at one or two.
type Original struct {
	text    string // of the whole event
	entries []Entry
}

// An Entry is one {key, value} object of a header map. Those of one name stand together.
type Entry struct {
	name, value jsontext.Span
	from, to    uint32 // the object itself
}

// field returns the ith entry as a field.
func (o *Original) field(i int) Field {
	e := &o.entries[i]
	return Field{Name: lower(e.name.In(o.text)), Value: e.value.In(o.text), raw: o.text[e.from:e.to]}
}

// fields returns all entries as fields.
func (o *Original) fields() []Field {
	fields := make([]Field, len(o.entries))
	for i := range fields {
		fields[i] = o.field(i)
	}
	return fields
}
