package signing

import (
	"encoding/base64"
	"errors"
	"strings"
)

// encoding is base64 with other characters where a query string cannot hold the usual ones: "-" for "+", "_" for "="
// and "~" for "/" (private-content-creating-signed-url-canned-policy.html). Strict: no two texts stand for the same
// bytes.
var encoding = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-~").WithPadding('_').Strict()

// Encode gives bytes the form that they have in signed URLs and cookies.
func Encode(b []byte) string { return encoding.EncodeToString(b) }

func decode(s string) ([]byte, error) {
	if s == "" || strings.ContainsAny(s, "\r\n") { // which encoding/base64 would pass over
		return nil, errors.New("empty, or with line breaks")
	}
	return encoding.DecodeString(s)
}
