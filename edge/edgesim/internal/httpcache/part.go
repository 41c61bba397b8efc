package httpcache

import (
	"net/http"
	"strings"
)

// CloudFront keeps parts of objects, which it gets when a viewer asks for a range of an object that is not in
// the cache (RangeGETs.html). The simulator keeps each part under the range that was asked for, and serves it to
// those who ask for the same range; a whole object serves every range.

// PartKey is the key of the part that a request asks for, under the key of the whole object; "" when it asks for none.
func PartKey(key, method string, h http.Header) string {
	ranges := h["Range"]
	if key == "" || method != http.MethodGet || len(ranges) != 1 || len(h["If-Range"]) > 0 || !strings.HasPrefix(ranges[0], "bytes=") {
		return ""
	}
	return key + "\nrange=" + strings.ReplaceAll(ranges[0], " ", "")
}
