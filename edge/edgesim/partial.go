package edgesim

import (
	"net/http"
	"strings"
)

// CloudFront keeps parts of objects, which it gets when a viewer asks for a range of an object that is not in
// the cache (RangeGETs.html). The simulator keeps each part under the range that was asked for, and serves it to
// those who ask for the same range; a whole object serves every range.

// partKey is the key of a part, or "" when the request is not for one.
func (x *exchange) partKey(key string) string {
	h := x.viewer.header
	ranges := h["Range"]
	if key == "" || x.viewer.method != http.MethodGet || len(ranges) != 1 || len(h["If-Range"]) > 0 || !strings.HasPrefix(ranges[0], "bytes=") {
		return ""
	}
	return key + "\nrange=" + strings.ReplaceAll(ranges[0], " ", "")
}

// storedPart is the fresh part that the request asks for, or nil.
func (x *exchange) storedPart(key string) *entry {
	part := x.partKey(key)
	if part == "" {
		return nil
	}
	e := x.s.cache.get(part)
	if e == nil || !e.freshAt(x.now) {
		return nil
	}
	return e
}
