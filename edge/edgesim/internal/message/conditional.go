package message

import (
	"cmp"
	"net/http"
	"strings"
	"time"
)

// NotModified reports whether the object is the one that the request has already (RFC 9110 section 13.2.2).
func NotModified(request, object http.Header, now time.Time) bool {
	if lines := request["If-None-Match"]; len(lines) > 0 {
		etag := strings.TrimPrefix(object.Get("Etag"), "W/")
		for item := range strings.SplitSeq(strings.Join(lines, ","), ",") {
			item = strings.TrimSpace(item)
			if item == "*" || etag != "" && strings.TrimPrefix(item, "W/") == etag {
				return true
			}
		}
		return false
	}
	since, ok := Date(request.Get("If-Modified-Since"), now)
	if !ok {
		return false
	}
	// Without Last-Modified its Date stands in (RFC 9111 section 4.3.2).
	modified, ok := Date(cmp.Or(object.Get("Last-Modified"), object.Get("Date")), now)
	return ok && !modified.After(since)
}
