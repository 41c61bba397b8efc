package edge

import (
	"iter"

	"github.com/edgehelpers/lambdaedge/edge/internal/header"
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
type Header struct{ fields header.Map }

// Get returns the first value of the header, "" if there is none.
func (h Header) Get(name string) string { return h.fields.Get(name) }

// Has reports whether there is a header of that name, even an empty one.
func (h Header) Has(name string) bool { return h.fields.Has(name) }

// Values returns the values of all fields of that name, in order, in a fresh
// slice; nil if there is none.
func (h Header) Values(name string) []string { return h.fields.Values(name) }

// Len returns the number of fields: a name with two values counts twice.
func (h Header) Len() int { return h.fields.Len() }

// All returns all fields as lower-case name and value, sorted by name; the values
// of one name are in order.
func (h Header) All() iter.Seq2[string, string] { return h.fields.All() }

// Equal reports whether h and g have the same names, ignoring case, with the same
// values in the same order.
func (h Header) Equal(g Header) bool { return h.fields.Equal(g.fields) }

// Set makes value the only value of the header. The field keeps its place if
// there is one of that name, and is the last one otherwise.
func (h *Header) Set(name, value string) { h.fields.Set(name, value) }

// Add adds a value to those that the header has.
func (h *Header) Add(name, value string) { h.fields.Add(name, value) }

// Del removes all fields of that name.
func (h *Header) Del(name string) { h.fields.Del(name) }
