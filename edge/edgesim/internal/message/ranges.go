package message

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Cut cuts the part that a Range header asks for out of a whole body (RFC 9110 section 14). What is not one valid range is ignored, and
// the whole object sent, but for a range that begins behind the end, which is a 416. Several ranges, which need
// a multipart body, count as one that is ignored.
func (r *Response) Cut(header, ifRange string) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	if !ok || strings.Contains(spec, ",") || !rangeApplies(ifRange, r.Header) {
		return
	}
	size := int64(len(r.Body))
	first, last, ok := parseRange(strings.TrimSpace(spec), size)
	if !ok {
		return
	}
	r.Reason = ""
	if first >= size {
		r.Status, r.Body = http.StatusRequestedRangeNotSatisfiable, nil
		r.Header["Content-Range"] = []string{fmt.Sprintf("bytes */%d", size)}
		delete(r.Header, "Content-Length")
		return
	}
	r.Status, r.Body = http.StatusPartialContent, r.Body[first:last+1]
	r.Header["Content-Range"] = []string{fmt.Sprintf("bytes %d-%d/%d", first, last, size)}
	r.Header["Content-Length"] = []string{strconv.Itoa(len(r.Body))}
}

// rangeApplies reports whether If-Range lets the range be served (RFC 9110 section 13.1.5).
func rangeApplies(ifRange string, object http.Header) bool {
	switch {
	case ifRange == "":
		return true
	case strings.HasPrefix(ifRange, `"`):
		return ifRange == object.Get("Etag")
	case strings.HasPrefix(ifRange, "W/"):
		return false
	}
	return ifRange == object.Get("Last-Modified")
}

// parseRange reads "first-last", "first-" or "-length" and cuts it to the size.
func parseRange(spec string, size int64) (first, last int64, ok bool) {
	from, to, found := strings.Cut(spec, "-")
	if !found {
		return 0, 0, false
	}
	if from == "" {
		length, err := strconv.ParseUint(to, 10, 63)
		if err != nil || length == 0 {
			return size, size, err == nil
		}
		return max(0, size-int64(length)), size - 1, true
	}
	start, err := strconv.ParseUint(from, 10, 63)
	if err != nil {
		return 0, 0, false
	}
	end := uint64(max(0, size-1))
	if to != "" {
		if end, err = strconv.ParseUint(to, 10, 63); err != nil || end < start {
			return 0, 0, false
		}
	}
	return int64(start), min(int64(end), size-1), true
}
