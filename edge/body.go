package edge

import (
	"encoding/base64"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// A Body is the body of a [Response]. Its three states are three things to
// CloudFront: the zero Body leaves the origin's body as it is, [EmptyBody] removes
// it, [Text] and [Binary] replace it.
//
// Text and base64 are measured as they travel: a viewer-request function's answer
// may have 40 KB with its headers, an origin function's 1 MB.
type Body struct {
	kind bodyKind
	data string
}

type bodyKind uint8

const (
	bodyKeep bodyKind = iota
	bodyEmpty
	bodyText
	bodyBinary
)

// Text returns a body with the text s, which must be valid UTF-8.
func Text(s string) Body { return Body{bodyText, s} }

// Binary returns a body with the bytes of b, which travel as base64. It copies b.
func Binary(b []byte) Body { return Body{bodyBinary, string(b)} }

// EmptyBody returns the body that removes the origin's body.
func EmptyBody() Body { return Body{kind: bodyEmpty} }

// IsZero reports whether b is the zero Body, which leaves the origin's body as it
// is.
func (b Body) IsZero() bool { return b.kind == bodyKeep }

// Bytes returns the bytes that a viewer receives, in a fresh slice; nil for the
// zero Body.
func (b Body) Bytes() []byte {
	if b.kind == bodyKeep {
		return nil
	}
	return []byte(b.data)
}

// Equal reports whether b and c are the same body, sent in the same way.
func (b Body) Equal(c Body) bool { return b == c }

// encoding is the value of bodyEncoding.
func (b Body) encoding() string {
	if b.kind == bodyBinary {
		return "base64"
	}
	return "text"
}

// appendData appends the value of the body member.
func (b Body) appendData(dst []byte) []byte {
	if b.kind != bodyBinary {
		return jsontext.AppendString(dst, b.data)
	}
	dst = append(dst, '"')
	dst = base64.StdEncoding.AppendEncode(dst, []byte(b.data))
	return append(dst, '"')
}
