package jsontext

// An Edit is a change to one member of an object. Without a Value and a Func it
// removes the member.
type Edit struct {
	Name  string
	Value []byte // the member's new value, as JSON

	// Func, if it is not nil, appends the new value to dst; old is the text of the
	// value that it replaces, "" where the object has no such member.
	Func func(dst []byte, old string) []byte
}

// removes reports whether e removes the member.
func (e *Edit) removes() bool { return e.Value == nil && e.Func == nil }

// apply appends the new value of the member to dst.
func (e *Edit) apply(dst []byte, old string) []byte {
	if e.Func != nil {
		return e.Func(dst, old)
	}
	return append(dst, e.Value...)
}

// AppendEdited appends object to dst with the edits made: every member that no
// edit names is copied as it stands, in its place; a member that the object does
// not have comes last, in the order of the edits. object must be the text of one
// object that a [Scanner] has accepted.
func AppendEdited(dst []byte, object string, edits []Edit) []byte {
	if len(edits) == 0 {
		return append(dst, object...)
	}
	var (
		s     Scanner
		done  = make([]bool, len(edits))
		first = true
	)
	s.Init(object)
	dst = append(dst, '{')
	start := 1 // where the text of the next member starts
	for m := s.Object(); m.Next(); {
		s.space()
		valueAt := s.pos
		s.Skip()
		from, to := start, s.pos
		start = s.pos + 1 + leadingSpace(object[s.pos:])
		at := editOf(edits, m.Name)
		if at >= 0 {
			done[at] = true
			if edits[at].removes() {
				continue
			}
			dst = comma(dst, &first)
			dst = append(dst, object[from:valueAt]...)
			dst = edits[at].apply(dst, object[valueAt:to])
			continue
		}
		dst = comma(dst, &first)
		dst = append(dst, object[from:to]...)
	}
	for i := range edits {
		if done[i] || edits[i].removes() {
			continue
		}
		dst = comma(dst, &first)
		dst = append(AppendString(dst, edits[i].Name), ':')
		dst = edits[i].apply(dst, "")
	}
	return append(dst, '}')
}

// leadingSpace returns how much white space text begins with.
func leadingSpace(text string) int {
	n := 0
	for n < len(text) && (text[n] == ' ' || text[n] == '\n' || text[n] == '\t' || text[n] == '\r') {
		n++
	}
	return n
}

func editOf(edits []Edit, name string) int {
	for i := range edits {
		if edits[i].Name == name {
			return i
		}
	}
	return -1
}

// comma appends a comma unless this is the first member.
func comma(dst []byte, first *bool) []byte {
	if *first {
		*first = false
		return dst
	}
	return append(dst, ',')
}
