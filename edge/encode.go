package edge

import (
	"slices"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// What goes back to CloudFront is what came, with an edit for each member that a
// handler has changed. So nothing can be lost: not a member that this package does
// not know, nor the spelling of a number, nor the difference between absent, null
// and "".

// appendRequest appends the request that continues.
func (ev *event) appendRequest(dst []byte, r *Request) []byte {
	came := &ev.came
	var edits []jsontext.Edit
	edits = editString(edits, "uri", r.URI, came.URI)
	edits = editString(edits, "querystring", r.QueryString, came.QueryString)
	edits = editHeader(edits, "headers", r.Header, came.Header)
	edits = ev.editBody(edits, r.Body)
	edits = editOrigin(edits, r.Origin, came.Origin)
	return appendEdited(dst, ev.text, edits)
}

// appendTo appends the response of a response trigger.
func (p *reply) appendTo(dst []byte) []byte {
	r, came := &p.response, &p.came
	var edits []jsontext.Edit
	if r.StatusCode != came.StatusCode {
		edits = append(edits, jsontext.Edit{Name: "status", Value: appendStatus(nil, r.StatusCode)})
	}
	edits = editString(edits, "statusDescription", r.Status, came.Status)
	edits = editHeader(edits, "headers", r.Header, came.Header)
	if !r.Body.IsZero() {
		edits = append(edits, jsontext.Edit{Name: "body", Value: r.Body.appendData(nil)})
		edits = editString(edits, "bodyEncoding", r.Body.encoding(), "")
	}
	return appendEdited(dst, p.text, edits)
}

// appendEdited appends object with the edits made. It makes room for them at once, as
// a rule.
func appendEdited(dst []byte, object string, edits []jsontext.Edit) []byte {
	size := len(object)
	if len(edits) > 0 {
		size += 512
	}
	return jsontext.AppendEdited(slices.Grow(dst, size), object, edits)
}

// appendGenerated appends a response that a request handler makes. Members that
// it leaves empty are left out, never null: CloudFront refuses null.
func appendGenerated(dst []byte, r *Response) []byte {
	dst = appendStatus(append(dst, `{"status":`...), r.StatusCode)
	if r.Status != "" {
		dst = jsontext.AppendString(append(dst, `,"statusDescription":`...), r.Status)
	}
	if r.Header.Len() > 0 {
		dst = appendHeader(append(dst, `,"headers":`...), r.Header)
	}
	if r.Body.kind == bodyText || r.Body.kind == bodyBinary {
		dst = r.Body.appendData(append(dst, `,"body":`...))
		dst = jsontext.AppendString(append(dst, `,"bodyEncoding":`...), r.Body.encoding())
	}
	return append(dst, '}')
}

// appendStatus appends a status code as the string that AWS documents.
func appendStatus(dst []byte, code int) []byte {
	return append(strconv.AppendInt(append(dst, '"'), int64(code), 10), '"')
}

// editBody adds the edit of the request's body, if it has changed.
func (ev *event) editBody(edits []jsontext.Edit, b *RequestBody) []jsontext.Edit {
	came := ev.came.Body
	switch {
	case b == nil && came == nil:
		return edits
	case b == nil:
		return append(edits, jsontext.Edit{Name: "body"})
	case came == nil:
		came = new(RequestBody)
	case *b == *came:
		return edits
	}
	return append(edits, jsontext.Edit{Name: "body", Func: func(dst []byte, old string) []byte {
		var members []jsontext.Edit
		members = editString(members, "action", b.Action, came.Action)
		members = editString(members, "encoding", b.Encoding, came.Encoding)
		members = editString(members, "data", b.Data, came.Data)
		return jsontext.AppendEdited(dst, objectOr(old), members)
	}})
}

// editString adds the edit of a string, if it has changed.
func editString(edits []jsontext.Edit, name, value, came string) []jsontext.Edit {
	if value == came {
		return edits
	}
	return append(edits, jsontext.Edit{Name: name, Value: jsontext.AppendString(make([]byte, 0, len(value)+2), value)})
}

// editInt adds the edit of a number, if it has changed.
func editInt(edits []jsontext.Edit, name string, value, came int) []jsontext.Edit {
	if value == came {
		return edits
	}
	return append(edits, jsontext.Edit{Name: name, Value: strconv.AppendInt(nil, int64(value), 10)})
}

// editHeader adds the edit of a header map: each name that has changed is an edit
// of the map, all others stay in their place as they came.
func editHeader(edits []jsontext.Edit, name string, h, came Header) []jsontext.Edit {
	if h.untouchedSince(came) {
		return edits
	}
	return append(edits, jsontext.Edit{Name: name, Func: func(dst []byte, old string) []byte {
		if objectOr(old) != old {
			return appendHeader(dst, h)
		}
		return jsontext.AppendEdited(dst, old, headerEdits(old, h, came))
	}})
}

// headerEdits returns the edits that make the header map old, which was decoded
// as came, into h.
func headerEdits(old string, h, came Header) []jsontext.Edit {
	var edits []jsontext.Edit
	now, then := Header{fields: h.list()}, Header{fields: came.list()}
	for i := 0; i < now.Len(); i = now.after(i) {
		fields := now.fields[i:now.after(i)]
		name := fields[0].name
		if j := then.index(name); j >= 0 && slices.Equal(fields, then.fields[j:then.after(j)]) {
			continue
		}
		edits = append(edits, jsontext.Edit{Name: came.spelling(old, name), Value: appendFields(make([]byte, 0, 128), fields)})
	}
	for j := 0; j < then.Len(); j = then.after(j) {
		if name := then.fields[j].name; !h.Has(name) {
			edits = append(edits, jsontext.Edit{Name: came.spelling(old, name)})
		}
	}
	return edits
}

// spelling returns the spelling that name has in object, the header map that came
// was decoded from, or name itself.
func (came Header) spelling(object, name string) string {
	if came.came != nil { // all its names are in lower case
		return name
	}
	var s jsontext.Scanner
	s.Init(object)
	found := name
	for m := s.Object(); m.Next(); {
		if equalFold(name, m.Name) {
			found = m.Name
		}
		s.Skip()
	}
	return found
}

// appendHeader appends h as a header map.
func appendHeader(dst []byte, h Header) []byte {
	dst = append(dst, '{')
	h = Header{fields: h.list()}
	for i := 0; i < h.Len(); i = h.after(i) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(jsontext.AppendString(dst, h.name(i)), ':')
		dst = appendFields(dst, h.fields[i:h.after(i)])
	}
	return append(dst, '}')
}

// appendFields appends the array of entries of one name.
func appendFields(dst []byte, fields []field) []byte {
	dst = append(dst, '[')
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		if f.raw != "" {
			dst = append(dst, f.raw...)
			continue
		}
		dst = jsontext.AppendString(append(dst, `{"key":`...), canonical(f.name))
		dst = jsontext.AppendString(append(dst, `,"value":`...), f.value)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

// objectOr returns text if it is an object, the empty object otherwise: an edit
// inside a member that was absent or null makes a new object.
func objectOr(text string) string {
	if text != "" && text[0] == '{' {
		return text
	}
	return "{}"
}
