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
		dst = r.Header.fields.Append(append(dst, `,"headers":`...))
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

// editHeader adds the edit of a header map, if it has changed.
func editHeader(edits []jsontext.Edit, name string, h, came Header) []jsontext.Edit {
	if h.fields.UntouchedSince(came.fields) {
		return edits
	}
	return append(edits, jsontext.Edit{Name: name, Func: func(dst []byte, old string) []byte {
		return h.fields.AppendEdited(dst, old, came.fields)
	}})
}

// objectOr returns text if it is an object, the empty object otherwise: an edit
// inside a member that was absent or null makes a new object.
func objectOr(text string) string {
	if text != "" && text[0] == '{' {
		return text
	}
	return "{}"
}
