package edgesim

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// conditional answers a viewer's conditional or range request from the whole object.
func (x *exchange) conditional(resp *response) {
	get := x.viewer.method == http.MethodGet || x.viewer.method == http.MethodHead
	if resp.status != http.StatusOK || !get {
		return
	}
	if notModified(x.viewer.header, resp.header) {
		resp.close()
		resp.status, resp.reason, resp.body, resp.stream = http.StatusNotModified, "", nil, nil
		delete(resp.header, "Content-Length")
		return
	}
	if resp.stream == nil && x.viewer.method == http.MethodGet {
		applyRange(resp, x.viewer.header.Get("Range"), x.viewer.header.Get("If-Range"))
	}
}

// notModified reports whether the object is the one that the request has already (RFC 9110 section 13.2.2).
func notModified(request, object http.Header) bool {
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

// applyRange cuts a part out of a whole body (RFC 9110 section 14). What is not one valid range is ignored, and
// the whole object sent, but for a range that begins behind the end, which is a 416. Several ranges, which need
// a multipart body, count as one that is ignored.
func applyRange(resp *response, header, ifRange string) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	if !ok || strings.Contains(spec, ",") || !rangeApplies(ifRange, resp.header) {
		return
	}
	size := int64(len(resp.body))
	first, last, ok := parseRange(strings.TrimSpace(spec), size)
	if !ok {
		return
	}
	resp.reason = ""
	if first >= size {
		resp.status, resp.body = http.StatusRequestedRangeNotSatisfiable, nil
		resp.header["Content-Range"] = []string{fmt.Sprintf("bytes */%d", size)}
		delete(resp.header, "Content-Length")
		return
	}
	resp.status, resp.body = http.StatusPartialContent, resp.body[first:last+1]
	resp.header["Content-Range"] = []string{fmt.Sprintf("bytes %d-%d/%d", first, last, size)}
	resp.header["Content-Length"] = []string{strconv.Itoa(len(resp.body))}
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
