package viewer

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// Compress compresses an object on its way into the cache for viewers that take the encodings, in the normal form of the cache
// key, when everything that CloudFront asks for is there ("Serve compressed files"). Only gzip is simulated: the standard library
// has no Brotli encoder. The note says what was done, "" that nothing was.
func Compress(resp *message.Response, encodings string) (note string) {
	h := resp.Header
	switch {
	case !strings.Contains(encodings, "gzip"):
		return ""
	case len(h["Content-Encoding"]) > 0 || len(resp.Body) < 1000 || len(resp.Body) > 10_000_000:
		return ""
	case resp.Status != http.StatusOK && resp.Status != http.StatusForbidden && resp.Status != http.StatusNotFound:
		return ""
	case !compressible(h.Get("Content-Type")):
		return ""
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(resp.Body)
	w.Close()
	note = fmt.Sprintf("compressed, %d bytes to %d", len(resp.Body), b.Len())
	resp.Body = b.Bytes()
	h["Content-Encoding"] = []string{"gzip"}
	h["Content-Length"] = []string{strconv.Itoa(b.Len())}
	if etag := h.Get("Etag"); etag != "" && !strings.HasPrefix(etag, "W/") {
		h["Etag"] = []string{"W/" + etag}
	}
	if vary := h.Get("Vary"); !strings.Contains(strings.ToLower(vary), "accept-encoding") {
		h.Add("Vary", "Accept-Encoding")
	}
	return note
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
		"text/tab-separated-values", "text/xml", "text/x-component", "text/x-java-source", "text/x-script":
		return true
	}
	return false
}
