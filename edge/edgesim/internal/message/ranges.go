package message

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
)

// A Range is bytes of an object: the places of the first and of the last, counted from 0.
type Range struct{ First, Last int64 }

// of names the range as Content-Range does.
func (g Range) of(size int64) string { return fmt.Sprintf("bytes %d-%d/%d", g.First, g.Last, size) }

// Ranges reads the Range header of a request for an object of so many bytes (RFC 9110 section 14.2). ok is false when it asks for the
// whole object: without the header, and with one that has not only valid ranges, in ascending order, that do not overlap
// (RangeGETs.html). No range of an ok header is left when all of them begin behind the end.
func Ranges(request http.Header, size int64) (ranges []Range, ok bool) {
	lines := request["Range"]
	if len(lines) != 1 {
		return nil, false
	}
	unit, set, _ := strings.Cut(lines[0], "=")
	if !strings.EqualFold(unit, "bytes") {
		return nil, false
	}
	for item := range strings.SplitSeq(set, ",") {
		item = strings.Trim(item, " \t")
		if item == "" {
			continue // RFC 9110 section 5.6.1.2
		}
		g, valid := parseRange(item, size)
		switch {
		case !valid || len(ranges) > 0 && g.First <= ranges[len(ranges)-1].Last:
			return nil, false
		case g.First < size:
			ranges = append(ranges, g)
		}
		ok = true
	}
	return ranges, ok
}

// ContentRange reads the Content-Range of a 206 (RFC 9110 section 14.4): which bytes it has, of how many. ok is false without one, with an
// invalid one, and with one that leaves the size open.
func ContentRange(h http.Header) (g Range, size int64, ok bool) {
	spec, found := strings.CutPrefix(h.Get("Content-Range"), "bytes ")
	span, length, _ := strings.Cut(spec, "/")
	n, err := strconv.ParseUint(length, 10, 63)
	if !found || err != nil || strings.HasPrefix(span, "-") || strings.HasSuffix(span, "-") {
		return Range{}, 0, false
	}
	size = int64(n)
	g, ok = parseRange(span, size)
	return g, size, ok && g.First < size && g.of(size) == h.Get("Content-Range")
}

// parseRange reads "first-last", "first-" or "-length" and cuts it to the size.
func parseRange(spec string, size int64) (g Range, ok bool) {
	from, to, found := strings.Cut(spec, "-")
	if !found {
		return Range{}, false
	}
	if from == "" {
		length, err := position(to)
		if err != nil || length == 0 {
			return Range{size, size}, err == nil
		}
		return Range{max(0, size-int64(length)), size - 1}, true
	}
	start, err := position(from)
	if err != nil {
		return Range{}, false
	}
	end := uint64(max(0, size-1))
	if to != "" {
		if end, err = position(to); err != nil || end < start {
			return Range{}, false
		}
	}
	return Range{int64(start), min(int64(end), size-1)}, true
}

// position reads a place or a length. One that is too large for a number is behind every end: "Recipients SHOULD anticipate potentially
// large decimal numerals" (RFC 9110 section 14.1.1).
func position(digits string) (uint64, error) {
	n, err := strconv.ParseUint(digits, 10, 63)
	if errors.Is(err, strconv.ErrRange) {
		err = nil
	}
	return n, err
}

// RangeApplies reports whether If-Range lets a range of the object be served (RFC 9110 section 13.1.5).
func RangeApplies(request, object http.Header) bool {
	ifRange := request.Get("If-Range")
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

// Cut cuts what the request asks for out of a whole body: a part, several parts in one multipart body, or a 416 when all that it asks
// for is behind the end.
func (r *Response) Cut(request http.Header) {
	whole := r.Body
	ranges, ok := Ranges(request, int64(len(whole)))
	if !ok || !RangeApplies(request, r.Header) {
		return
	}
	r.Reason = ""
	if len(ranges) == 0 {
		r.Status, r.Body = http.StatusRequestedRangeNotSatisfiable, nil
		r.Header["Content-Range"] = []string{fmt.Sprintf("bytes */%d", len(whole))}
		delete(r.Header, "Content-Length")
		delete(r.Header, "Transfer-Encoding")
		return
	}
	r.Status = http.StatusPartialContent
	r.Body = Partial(r.Header, ranges, int64(len(whole)), func(g Range) []byte { return whole[g.First : g.Last+1] })
}

// Partial gives the body of a 206 with the ranges of an object of so many bytes, and makes h, the object's headers, its headers
// (RFC 9110 section 15.3.7). read gives the bytes of a range.
func Partial(h http.Header, ranges []Range, size int64, read func(Range) []byte) []byte {
	var body []byte
	if len(ranges) == 1 {
		body = read(ranges[0])
		h["Content-Range"] = []string{ranges[0].of(size)}
	} else {
		body = multipartRanges(h, ranges, size, read)
	}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	delete(h, "Transfer-Encoding") // a part has a length
	return body
}

// multipartRanges is a body in the media type multipart/byteranges (RFC 9110 section 14.6).
func multipartRanges(h http.Header, ranges []Range, size int64, read func(Range) []byte) []byte {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, g := range ranges {
		part := textproto.MIMEHeader{"Content-Range": {g.of(size)}}
		if t := h["Content-Type"]; len(t) > 0 {
			part["Content-Type"] = t
		}
		to, _ := w.CreatePart(part) // a buffer takes all
		to.Write(read(g))
	}
	w.Close()
	delete(h, "Content-Range")
	h["Content-Type"] = []string{"multipart/byteranges; boundary=" + w.Boundary()}
	return body.Bytes()
}
