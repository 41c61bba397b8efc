// Package origin is the origin behind the probe's distribution: it answers as the query string of a request says.
package origin

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The parameters of the query string.
const (
	Status  = "o.status"  // of the answer
	Header  = "o.header"  // "Name: value"; as often as there are headers
	Bytes   = "o.bytes"   // the body's size
	Chunked = "o.chunked" // the body comes in chunks and not with its length
	Delay   = "o.delay"   // until the answer, as time.ParseDuration has it; 20 seconds at most
	Interim = "o.interim" // a 103 comes first
)

// A Seen is what the origin got, as the body of its answer has it.
type Seen struct {
	ID      string              `json:"id"` // another one for each answer
	Method  string              `json:"method"`
	Headers map[string][]string `json:"headers"` // without the viewer's address
}

// A Handler is the origin.
type Handler struct {
	// NoInterim is a host that takes the first header for the last: a 103 is not sent, and a header of the answer says so.
	NoInterim bool
}

// InterimHeader says in the answer whether the 103 that was asked for was sent.
const InterimHeader = "X-Probe-Interim"

// maxDelay is less than the 30 seconds for which CloudFront waits.
const maxDelay = 20 * time.Second

// ServeHTTP answers as the query string says.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := parameters(r.URL.RawQuery)
	if d, err := time.ParseDuration(q.Get(Delay)); err == nil {
		time.Sleep(min(d, maxDelay))
	}
	if q.Has(Interim) {
		h.interim(w)
	}
	for _, line := range q[Header] {
		if name, value, ok := strings.Cut(line, ": "); ok {
			w.Header().Add(name, value)
		}
	}
	status, err := strconv.Atoi(q.Get(Status))
	if err != nil || status < 200 || status > 599 {
		status = http.StatusOK
	}
	if tag := w.Header().Get("Etag"); tag != "" && r.Header.Get("If-None-Match") == tag {
		status = http.StatusNotModified
	}
	body := content(r, q.Get(Bytes))
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	if !q.Has(Chunked) && status != http.StatusNotModified {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(status)
	if r.Method == http.MethodHead || status == http.StatusNotModified {
		return
	}
	w.Write(body[:1])
	if f, ok := w.(http.Flusher); ok && q.Has(Chunked) {
		f.Flush()
	}
	w.Write(body[1:])
}

// parameters are those of the query string, of which a function at the edge may have written another one: what cannot be read is left out.
func parameters(raw string) url.Values {
	q, _ := url.ParseQuery(raw) //nolint // it gives what it could read
	return q
}

func (h Handler) interim(w http.ResponseWriter) {
	if h.NoInterim {
		w.Header().Set(InterimHeader, "not sent")
		return
	}
	w.Header().Set("Link", "</style.css>; rel=preload; as=style")
	w.WriteHeader(http.StatusEarlyHints)
	w.Header().Del("Link")
	w.Header().Set(InterimHeader, "sent")
}

// private are headers that no answer has: the viewer's address, and what CloudFront signs its requests to a function URL with.
var private = []string{"X-Forwarded-For", "Cloudfront-Viewer-Address", "Authorization", "X-Amz-Security-Token"}

// content is what the origin saw, filled up with spaces.
func content(r *http.Request, size string) []byte {
	headers := r.Header.Clone()
	for _, name := range private {
		headers.Del(name)
	}
	body, err := json.Marshal(Seen{rand.Text(), r.Method, headers})
	if err != nil {
		body = fmt.Appendf(nil, "%q", err.Error())
	}
	const most = 1 << 20
	if n, err := strconv.Atoi(size); err == nil && n > len(body) {
		body = append(body, bytes.Repeat([]byte(" "), min(n, most)-len(body))...)
	}
	return body
}
