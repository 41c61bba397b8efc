// Package header is the header map of an event: where its fields stand in the event's text, a value that a handler changes, and the text
// that goes back, which is the one that came but for what has changed.
package header

import (
	"iter"
	"slices"
	"strings"
)

// A Map is the header map of a request, a response or an origin. It is a value: copying it copies the fields. Names are
// case-insensitive, several values of one name stay several fields, and the zero Map is empty and ready to use.
type Map struct {
	// The map that came, as long as no field of it is changed; nil otherwise, and
	// if it is empty or has names in another spelling than CloudFront's lower case.
	came *Original

	// Without came, the fields in the order in which they came, those of one name
	// together. The slice is never written to after it has been stored here: copies
	// share it.
	fields []Field
}

// A Field is one entry of a header map.
type Field struct {
	Name  string // in lower case
	Value string
	raw   string // the entry as it came, "" if a handler has set it
}

// IsNew reports whether a handler has set the field.
func (f Field) IsNew() bool { return f.raw == "" }

// Get returns the first value of the header, "" if there is none.
func (m Map) Get(name string) string {
	if i := m.Index(name); i >= 0 {
		return m.At(i).Value
	}
	return ""
}

// Has reports whether there is a header of that name, even an empty one.
func (m Map) Has(name string) bool { return m.Index(name) >= 0 }

// Values returns the values of all fields of that name, in order, in a fresh
// slice; nil if there is none.
func (m Map) Values(name string) []string {
	i := m.Index(name)
	if i < 0 {
		return nil
	}
	values := make([]string, m.After(i)-i)
	for n := range values {
		values[n] = m.At(i + n).Value
	}
	return values
}

// Len returns the number of fields: a name with two values counts twice.
func (m Map) Len() int {
	if m.came != nil {
		return len(m.came.entries)
	}
	return len(m.fields)
}

// At returns the ith field.
func (m Map) At(i int) Field {
	if m.came != nil {
		return m.came.field(i)
	}
	return m.fields[i]
}

// Name returns the name of the ith field.
func (m Map) Name(i int) string {
	if m.came != nil {
		return m.came.entries[i].name.In(m.came.text)
	}
	return m.fields[i].Name
}

// list returns the fields. They must not be written to.
func (m Map) list() []Field {
	if m.came != nil {
		return m.came.fields()
	}
	return m.fields
}

// All returns all fields as lower-case name and value, sorted by name; the values
// of one name are in order.
func (m Map) All() iter.Seq2[string, string] {
	sorted := slices.Clone(m.list())
	slices.SortStableFunc(sorted, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return func(yield func(string, string) bool) {
		for _, f := range sorted {
			if !yield(f.Name, f.Value) {
				return
			}
		}
	}
}

// Equal reports whether m and g have the same names, ignoring case, with the same
// values in the same order.
func (m Map) Equal(g Map) bool {
	if m.UntouchedSince(g) {
		return true
	}
	if m.Len() != g.Len() {
		return false
	}
	m, g = Map{fields: m.list()}, Map{fields: g.list()}
	for i := 0; i < len(m.fields); i = m.After(i) {
		j := g.Index(m.fields[i].Name)
		if j < 0 || !slices.EqualFunc(m.fields[i:m.After(i)], g.fields[j:g.After(j)], sameValue) {
			return false
		}
	}
	return true
}

func sameValue(f, g Field) bool { return f.Value == g.Value }

// Set makes value the only value of the header. The field keeps its place if
// there is one of that name, and is the last one otherwise.
func (m *Map) Set(name, value string) {
	m.replace(name, Field{Name: lower(name), Value: value})
}

// Add adds a value to those that the header has.
func (m *Map) Add(name, value string) {
	at := m.Len()
	if i := m.Index(name); i >= 0 {
		at = m.After(i)
	}
	m.splice(at, at, Field{Name: lower(name), Value: value})
}

// Del removes all fields of that name.
func (m *Map) Del(name string) { m.replace(name) }

// replace puts fields in the place of those of that name.
func (m *Map) replace(name string, fields ...Field) {
	i := m.Index(name)
	switch {
	case i >= 0:
		m.splice(i, m.After(i), fields...)
	case len(fields) > 0:
		m.splice(m.Len(), m.Len(), fields...)
	}
}

// splice stores a new slice in which fields stand in the place of those from i to j.
func (m *Map) splice(i, j int, fields ...Field) {
	fresh := make([]Field, 0, m.Len()-(j-i)+len(fields))
	for n := range i {
		fresh = append(fresh, m.At(n))
	}
	fresh = append(fresh, fields...)
	for n := j; n < m.Len(); n++ {
		fresh = append(fresh, m.At(n))
	}
	*m = Map{fields: fresh}
}

// Index returns the index of the first field of that name, or -1.
func (m Map) Index(name string) int {
	for i := range m.Len() {
		if equalFold(m.Name(i), name) {
			return i
		}
	}
	return -1
}

// After returns the index after the last field that has the name of field i.
func (m Map) After(i int) int {
	j := i + 1
	for j < m.Len() && m.Name(j) == m.Name(i) {
		j++
	}
	return j
}

// UntouchedSince reports whether m is the very value that before is.
func (m Map) UntouchedSince(before Map) bool {
	if m.came != before.came || len(m.fields) != len(before.fields) {
		return false
	}
	return len(m.fields) == 0 || &m.fields[0] == &before.fields[0]
}
