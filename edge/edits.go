package edge

import (
	"slices"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// edits are the members of an object that a handler has changed. What goes back to
// CloudFront is what came, with these edits made. So nothing can be lost: not a
// member that this package does not know, nor the spelling of a number, nor the
// difference between absent, null and "".
type edits []jsontext.Edit

// set adds the edit of a member; nil removes it.
func (e *edits) set(name string, value []byte) {
	*e = append(*e, jsontext.Edit{Name: name, Value: value})
}

// string adds the edit of a string, if it has changed.
func (e *edits) string(name, value, came string) {
	if value != came {
		e.set(name, jsontext.AppendString(make([]byte, 0, len(value)+2), value))
	}
}

// int adds the edit of a number, if it has changed.
func (e *edits) int(name string, value, came int) {
	if value != came {
		e.set(name, strconv.AppendInt(nil, int64(value), 10))
	}
}

// strings adds the edit of an array of strings, if it has changed.
func (e *edits) strings(name string, value, came []string) {
	if !slices.Equal(value, came) {
		e.set(name, appendStrings(nil, value))
	}
}

// header adds the edit of a header map, if it has changed.
func (e *edits) header(name string, h, came Header) {
	if h.fields.UntouchedSince(came.fields) {
		return
	}
	*e = append(*e, jsontext.Edit{Name: name, Func: func(dst []byte, old string) []byte {
		return h.fields.AppendEdited(dst, old, came.fields)
	}})
}

// body adds the edit of a request's body, if it has changed.
func (e *edits) body(name string, b, came *RequestBody) {
	switch {
	case b == nil && came == nil:
		return
	case b == nil:
		e.set(name, nil)
		return
	case came == nil:
		came = new(RequestBody)
	case *b == *came:
		return
	}
	*e = append(*e, jsontext.Edit{Name: name, Func: func(dst []byte, old string) []byte {
		var e edits
		e.string("action", b.Action, came.Action)
		e.string("encoding", b.Encoding, came.Encoding)
		e.string("data", b.Data, came.Data)
		if old == "" || old[0] != '{' { // absent or null
			old = "{}"
		}
		return jsontext.AppendEdited(dst, old, e)
	}})
}

// appendTo appends object with the edits made. It makes room for them at once, as
// a rule.
func (e edits) appendTo(dst []byte, object string) []byte {
	size := len(object)
	if len(e) > 0 {
		size += 512
	}
	return jsontext.AppendEdited(slices.Grow(dst, size), object, e)
}

func appendStrings(dst []byte, list []string) []byte {
	dst = append(dst, '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = jsontext.AppendString(dst, s)
	}
	return append(dst, ']')
}
