package message

import (
	"net/http"
	"strings"
)

// NotModified reports whether the object is the one that the request has already (RFC 9110 section 13.2.2).
func NotModified(request, object http.Header) bool {
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
	header := request.Get("If-Modified-Since")
	if header == "" {
		return false
	}
	since, err := http.ParseTime(header)
	if err != nil {
		return false
	}
	modified, err := http.ParseTime(object.Get("Last-Modified"))
	return err == nil && !modified.After(since)
}
