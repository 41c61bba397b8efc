package viewer

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A Compression is how objects are compressed.
type Compression struct {
	Brotli     func(io.Writer) io.WriteCloser // nil: with gzip only
	KeepLength bool                           // the answer has a Content-Length, and does not come in chunks
}

// Compress compresses an object on its way into the cache for viewers that take the encodings, in the normal form of the cache
// key, when everything that CloudFront asks for is there ("Serve compressed files"). The note says what was done, "" that
// there was nothing to do.
func (c Compression) Compress(resp *message.Response, encodings string) (note string) {
	h := resp.Header
	coding := c.coding(encodings)
	switch {
	case coding == "" || len(h["Content-Encoding"]) > 0 || !compressible(h.Get("Content-Type")):
		return ""
	case resp.Status != http.StatusOK && resp.Status != http.StatusForbidden && resp.Status != http.StatusNotFound:
		return ""
	case message.Chunked(h) || resp.Stream != nil:
		return "not compressed: the origin gave no Content-Length" // "The origin must include a Content-Length header in the response"
	case len(resp.Body) < 1000 || len(resp.Body) > 10_000_000:
		return ""
	}
	var b bytes.Buffer
	w := io.WriteCloser(gzip.NewWriter(&b))
	if coding == "br" {
		w = c.Brotli(&b)
	}
	_, err := w.Write(resp.Body)
	if err = cmp.Or(err, w.Close()); err != nil {
		return "not compressed: " + err.Error()
	}
	note = fmt.Sprintf("compressed with %s, %d bytes to %d", coding, len(resp.Body), b.Len())
	resp.Body = b.Bytes()
	c.label(h, coding, b.Len())
	return note
}

// coding is the format for viewers that take the encodings. "When the viewer supports both Gzip and Brotli, CloudFront uses Brotli."
func (c Compression) coding(encodings string) string {
	switch {
	case c.Brotli != nil && strings.Contains(encodings, "br"):
		return "br"
	case strings.Contains(encodings, "gzip"):
		return "gzip"
	}
	return ""
}

// label makes h the headers of the compressed object.
func (c Compression) label(h http.Header, coding string, length int) {
	h["Content-Encoding"] = []string{coding}
	if c.KeepLength {
		h["Content-Length"] = []string{strconv.Itoa(length)}
	} else {
		message.SetChunked(h)
	}
	// "To convert the strong ETag value to a weak one, CloudFront adds the characters W/"; an invalid one it removes.
	switch etag := h.Get("Etag"); {
	case strings.HasPrefix(etag, "W/"):
	case len(etag) > 1 && etag[0] == '"' && etag[len(etag)-1] == '"':
		h["Etag"] = []string{"W/" + etag}
	default:
		delete(h, "Etag")
	}
	if vary := h.Get("Vary"); !strings.Contains(strings.ToLower(vary), "accept-encoding") {
		h.Add("Vary", "Accept-Encoding")
	}
}

// compressible reports whether CloudFront compresses a content type (same page, "File types that CloudFront
// compresses").
func compressible(contentType string) bool {
	t, _, _ := strings.Cut(contentType, ";")
	t = strings.ToLower(strings.TrimSpace(t))
	switch t {
	case "application/dash+xml", "application/eot", "application/font", "application/font-sfnt", "application/javascript", "application/json",
		"application/opentype", "application/otf", "application/pdf", "application/pkcs7-mime", "application/protobuf", "application/rss+xml",
		"application/truetype", "application/ttf", "application/vnd.apple.mpegurl", "application/vnd.mapbox-vector-tile",
		"application/vnd.ms-fontobject", "application/wasm", "application/xhtml+xml", "application/xml", "application/x-font-opentype",
		"application/x-font-truetype", "application/x-font-ttf", "application/x-httpd-cgi", "application/x-javascript", "application/x-mpegurl",
		"application/x-opentype", "application/x-otf", "application/x-perl", "application/x-ttf", "font/eot", "font/opentype", "font/otf", "font/ttf",
		"image/svg+xml", "text/css", "text/csv", "text/html", "text/javascript", "text/js", "text/plain", "text/richtext",
		"text/tab-separated-values", "text/xml", "text/x-component", "text/x-java-source", "text/x-script", "vnd.apple.mpegurl":
		return true
	}
	return false
}
