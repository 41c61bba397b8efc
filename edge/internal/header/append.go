package header

import (
	"slices"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// Append appends m as the JSON of a header map.
func (m Map) Append(dst []byte) []byte {
	dst = append(dst, '{')
	m = Map{fields: m.list()}
	for i := 0; i < m.Len(); i = m.After(i) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(jsontext.AppendString(dst, m.Name(i)), ':')
		dst = appendFields(dst, m.fields[i:m.After(i)])
	}
	return append(dst, '}')
}

// AppendEdited appends text, the JSON that came was read from, made into m: each name
// that has changed is an edit of it, all others stay in their place as they came.
func (m Map) AppendEdited(dst []byte, text string, came Map) []byte {
	if text == "" || text[0] != '{' { // absent or null
		return m.Append(dst)
	}
	return jsontext.AppendEdited(dst, text, m.edits(text, came))
}

// edits returns the edits that make text, which was read as came, into m.
func (m Map) edits(text string, came Map) []jsontext.Edit {
	var edits []jsontext.Edit
	now, then := Map{fields: m.list()}, Map{fields: came.list()}
	for i := 0; i < now.Len(); i = now.After(i) {
		fields := now.fields[i:now.After(i)]
		name := fields[0].Name
		if j := then.Index(name); j >= 0 && slices.Equal(fields, then.fields[j:then.After(j)]) {
			continue
		}
		edits = append(edits, jsontext.Edit{Name: came.spelling(text, name), Value: appendFields(make([]byte, 0, 128), fields)})
	}
	for j := 0; j < then.Len(); j = then.After(j) {
		if name := then.fields[j].Name; !m.Has(name) {
			edits = append(edits, jsontext.Edit{Name: came.spelling(text, name)})
		}
	}
	return edits
}

// spelling returns the spelling that name has in text, which m was read from, or
// name itself.
func (m Map) spelling(text, name string) string {
	if m.came != nil { // all its names are in lower case
		return name
	}
	var s jsontext.Scanner
	s.Init(text)
	found := name
	for m := s.Object(); m.Next(); {
		if equalFold(name, m.Name) {
			found = m.Name
		}
		s.Skip()
	}
	return found
}

// appendFields appends the array of entries of one name.
func appendFields(dst []byte, fields []Field) []byte {
	dst = append(dst, '[')
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		if f.raw != "" {
			dst = append(dst, f.raw...)
			continue
		}
		dst = jsontext.AppendString(append(dst, `{"key":`...), canonical(f.Name))
		dst = jsontext.AppendString(append(dst, `,"value":`...), f.Value)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}
