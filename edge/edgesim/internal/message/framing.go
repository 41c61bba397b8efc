package message

import "net/http"

// Chunked reports whether the header of a message says that its body comes in chunks, without a length. It is the one value of
// Transfer-Encoding that CloudFront knows (RequestAndResponseBehaviorCustomOrigin.html, "Transfer-Encoding header").
func Chunked(h http.Header) bool { return len(h["Transfer-Encoding"]) > 0 }

// SetChunked makes the header that of a body in chunks.
func SetChunked(h http.Header) {
	h["Transfer-Encoding"] = []string{"chunked"}
	delete(h, "Content-Length")
}
