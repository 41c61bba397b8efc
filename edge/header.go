package edge

import (
	"iter"
	"slices"
	"strings"
)

// A Header holds header fields. It is a value: copying it copies the fields, so
//
//	before := r.Header
//
// is a snapshot that no later Set changes. Names are case-insensitive, several
// values of one name stay several fields (Set-Cookie is never joined), and the
// zero Header is empty and ready to use.
//
// Fields that a handler does not touch go back to CloudFront byte for byte; those
// that it sets get the canonical spelling of their name.
type Header struct {
	// The header map that came, as long as no field of it is changed; nil otherwise, and
	// if it is empty or has names in another spelling than CloudFront's lower case.
	came *headerMap

	// Without came, the fields in the order in which they came, those of one name
	// together. The slice is never written to after it has been stored here: copies
	// share it.
	fields []field
}

// A field is one entry of a header map of an event.
type field struct {
	name  string // in lower case
	value string
	raw   string // the entry as it came, "" if a handler has set it
}

// Get returns the first value of the header, "" if there is none.
func (h Header) Get(name string) string {
	if i := h.index(name); i >= 0 {
		return h.at(i).value
	}
	return ""
}

// Has reports whether there is a header of that name, even an empty one.
func (h Header) Has(name string) bool { return h.index(name) >= 0 }

// Values returns the values of all fields of that name, in order, in a fresh
// slice; nil if there is none.
func (h Header) Values(name string) []string {
	i := h.index(name)
	if i < 0 {
		return nil
	}
	values := make([]string, h.after(i)-i)
	for n := range values {
		values[n] = h.at(i + n).value
	}
	return values
}

// Len returns the number of fields: a name with two values counts twice.
func (h Header) Len() int {
	if h.came != nil {
		return len(h.came.entries)
	}
	return len(h.fields)
}

// at returns the ith field.
func (h Header) at(i int) field {
	if h.came != nil {
		return h.came.field(i)
	}
	return h.fields[i]
}

// name returns the name of the ith field.
func (h Header) name(i int) string {
	if h.came != nil {
		return h.came.entries[i].name.In(h.came.text)
	}
	return h.fields[i].name
}

// list returns the fields. They must not be written to.
func (h Header) list() []field {
	if h.came != nil {
		return h.came.fields()
	}
	return h.fields
}

// All returns all fields as lower-case name and value, sorted by name; the values
// of one name are in order.
func (h Header) All() iter.Seq2[string, string] {
	sorted := slices.Clone(h.list())
	slices.SortStableFunc(sorted, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return func(yield func(string, string) bool) {
		for _, f := range sorted {
			if !yield(f.name, f.value) {
				return
			}
		}
	}
}

// Equal reports whether h and g have the same names, ignoring case, with the same
// values in the same order.
func (h Header) Equal(g Header) bool {
	if h.untouchedSince(g) {
		return true
	}
	if h.Len() != g.Len() {
		return false
	}
	h, g = Header{fields: h.list()}, Header{fields: g.list()}
	for i := 0; i < len(h.fields); i = h.after(i) {
		j := g.index(h.fields[i].name)
		if j < 0 || !slices.EqualFunc(h.fields[i:h.after(i)], g.fields[j:g.after(j)], sameValue) {
			return false
		}
	}
	return true
}

func sameValue(f, g field) bool { return f.value == g.value }

// Set makes value the only value of the header. The field keeps its place if
// there is one of that name, and is the last one otherwise.
func (h *Header) Set(name, value string) {
	h.replace(name, field{name: lower(name), value: value})
}

// Add adds a value to those that the header has.
func (h *Header) Add(name, value string) {
	at := h.Len()
	if i := h.index(name); i >= 0 {
		at = h.after(i)
	}
	h.splice(at, at, field{name: lower(name), value: value})
}

// Del removes all fields of that name.
func (h *Header) Del(name string) { h.replace(name) }

// replace puts fields in the place of those of that name.
func (h *Header) replace(name string, fields ...field) {
	i := h.index(name)
	switch {
	case i >= 0:
		h.splice(i, h.after(i), fields...)
	case len(fields) > 0:
		h.splice(h.Len(), h.Len(), fields...)
	}
}

// splice stores a new slice in which fields stand in the place of those from i to j.
func (h *Header) splice(i, j int, fields ...field) {
	fresh := make([]field, 0, h.Len()-(j-i)+len(fields))
	for n := range i {
		fresh = append(fresh, h.at(n))
	}
	fresh = append(fresh, fields...)
	for n := j; n < h.Len(); n++ {
		fresh = append(fresh, h.at(n))
	}
	*h = Header{fields: fresh}
}

// index returns the index of the first field of that name, or -1.
func (h Header) index(name string) int {
	for i := range h.Len() {
		if equalFold(h.name(i), name) {
			return i
		}
	}
	return -1
}

// after returns the index after the last field that has the name of field i.
func (h Header) after(i int) int {
	j := i + 1
	for j < h.Len() && h.name(j) == h.name(i) {
		j++
	}
	return j
}

// untouchedSince reports whether h is the very value that before is.
func (h Header) untouchedSince(before Header) bool {
	if h.came != before.came || len(h.fields) != len(before.fields) {
		return false
	}
	return len(h.fields) == 0 || &h.fields[0] == &before.fields[0]
}
