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
	// Fields in the order in which they came, those of one name together. The
	// slice is never written to after it has been stored here: copies share it.
	fields []field

	// mixed is true if the header map that came has names in another case than
	// lower case.
	mixed bool
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
		return h.fields[i].value
	}
	return ""
}

// Has reports whether there is a header of that name, even an empty one.
func (h Header) Has(name string) bool { return h.index(name) >= 0 }

// Values returns the values of all fields of that name, in order, in a fresh
// slice; nil if there is none.
func (h Header) Values(name string) []string {
	var values []string
	if i := h.index(name); i >= 0 {
		for _, f := range h.fields[i:h.after(i)] {
			values = append(values, f.value)
		}
	}
	return values
}

// Len returns the number of fields: a name with two values counts twice.
func (h Header) Len() int { return len(h.fields) }

// All returns all fields as lower-case name and value, sorted by name; the values
// of one name are in order.
func (h Header) All() iter.Seq2[string, string] {
	sorted := slices.Clone(h.fields)
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
	if len(h.fields) != len(g.fields) {
		return false
	}
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
	at := len(h.fields)
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
		h.splice(len(h.fields), len(h.fields), fields...)
	}
}

// splice stores a new slice in which fields stand in the place of h.fields[i:j].
func (h *Header) splice(i, j int, fields ...field) {
	fresh := make([]field, 0, len(h.fields)-(j-i)+len(fields))
	fresh = append(fresh, h.fields[:i]...)
	fresh = append(fresh, fields...)
	h.fields = append(fresh, h.fields[j:]...)
}

// index returns the index of the first field of that name, or -1.
func (h Header) index(name string) int {
	for i := range h.fields {
		if equalFold(h.fields[i].name, name) {
			return i
		}
	}
	return -1
}

// after returns the index after the last field that has the name of field i.
func (h Header) after(i int) int {
	j := i + 1
	for j < len(h.fields) && h.fields[j].name == h.fields[i].name {
		j++
	}
	return j
}

// untouchedSince reports whether h is the very value that before is.
func (h Header) untouchedSince(before Header) bool {
	if len(h.fields) != len(before.fields) {
		return false
	}
	return len(h.fields) == 0 || &h.fields[0] == &before.fields[0]
}
