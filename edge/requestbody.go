package edge

import (
	"encoding/base64"
	"errors"
	"strconv"
)

// A RequestBody is the body of a request, as far as CloudFront shows it: the first
// 40 KB in viewer-request, the first 1 MB in origin-request. The members are those
// of the event; [RequestBody.Bytes] and [RequestBody.Replace] are the easy way.
type RequestBody struct {
	// InputTruncated is true if the viewer sent more than is shown; read-only.
	InputTruncated bool

	// Action is "read-only", with which the viewer's whole body goes on whatever is
	// in Data, or "replace", with which Data goes in its place.
	Action string

	// Encoding is "base64" or "text" and says how to read Data. Events always have
	// base64.
	Encoding string

	// Data is the body in that encoding.
	Data string
}

// Bytes returns the body decoded, in a fresh slice. It is only the beginning of
// the body if b.InputTruncated. A nil b has no bytes. It fails if Data is not what
// Encoding says.
func (b *RequestBody) Bytes() ([]byte, error) {
	switch {
	case b == nil:
		return nil, nil
	case b.Encoding == "text":
		return []byte(b.Data), nil
	case b.Encoding == "base64", b.Encoding == "":
		data, err := base64.StdEncoding.DecodeString(b.Data)
		if err != nil {
			return nil, &base64Error{err}
		}
		return data, nil
	}
	return nil, errors.New("edge: request body: got encoding " + strconv.Quote(b.Encoding) + "; want base64 or text")
}

// A base64Error wraps the error of package base64, which has the offset.
type base64Error struct{ err error }

func (e *base64Error) Error() string {
	return "edge: request body: data is not base64: " + e.err.Error()
}
func (e *base64Error) Unwrap() error { return e.err }

// Replace makes data the body that goes to the origin.
func (b *RequestBody) Replace(data []byte) {
	b.Action = "replace"
	b.Encoding = "base64"
	b.Data = base64.StdEncoding.EncodeToString(data)
}

// ReplaceText makes s, which must be valid UTF-8, the body that goes to the
// origin. As text it may be 40 KB in viewer-request and 1 MB in origin-request.
func (b *RequestBody) ReplaceText(s string) {
	b.Action = "replace"
	b.Encoding = "text"
	b.Data = s
}
