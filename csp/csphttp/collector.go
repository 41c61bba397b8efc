package csphttp

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

// A Collector is the handler of the URL that policies report to. It writes each
// report as a line of JSON, for cspreport.Read and "csplint reports", and answers
// 204. The zero Collector throws reports away; the fields must not be changed when
// it is in use. It is safe for concurrent use.
//
// Anybody can send anything there. So a body is read up to a limit, requests are
// limited for everybody together and for each address, and what is kept of a
// request is what a report has, escaped. Neither addresses nor the browser's name
// are written.
//
// It reads as slowly as the sender likes: set ReadTimeout of the http.Server.
//
// The answers are 204 for reports that were taken, 400 for a body that is none, 405
// for other methods than POST, 413 and 415 for a body that is too long or of
// another media type, 429 with Retry-After if there were too many requests, and 500
// if the lines cannot be written.
type Collector struct {
	// Log writes the lines; its Writer gets one line at a time. Its Accept is called
	// by many requests at once, with what anybody has sent: a URL in it may be
	// none.
	Log cspreport.Log

	// MaxBody is the longest body in bytes; 0 means 64 KB, and no more than
	// cspreport.MaxBody is taken.
	MaxBody int64

	// All limits the requests of everybody together, and Each those of one
	// address: of an IPv4 address, or of an IPv6 network of 64 bits. Zero means
	// 100 a second and 500 at once for all, 5 a second and 100 at once for
	// each: the engines send one request a violation for report-uri, and a page can
	// have many.
	All, Each Rate

	// Address gives the address of who sends a request, for a server behind
	// a proxy that writes it into a header. Nil means the connection's.
	Address func(*http.Request) string

	limits limits
	mu     sync.Mutex // held while a line is written
}

// ServeHTTP implements http.Handler.
func (c *Collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Reports go to other origins by CORS (Reporting API, 2.4), and those that
	// cannot read the answer, which is empty, count as failed.
	w.Header().Set("Access-Control-Allow-Origin", "*")
	switch r.Method {
	case http.MethodOptions:
		c.preflight(w)
	case http.MethodPost:
		c.post(w, r)
	default:
		w.Header().Set("Allow", "POST, OPTIONS")
		refuse(w, http.StatusMethodNotAllowed)
	}
}

// preflight answers what browsers ask before they send application/reports+json to
// another origin (Fetch, 4.8).
func (c *Collector) preflight(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Allow", "POST, OPTIONS")
	h.Set("Access-Control-Allow-Methods", "POST")
	h.Set("Access-Control-Allow-Headers", "Content-Type")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

func (c *Collector) post(w http.ResponseWriter, r *http.Request) {
	now := time.Now()
	if wait := c.limits.take(c, c.address(r), now); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		refuse(w, http.StatusTooManyRequests)
		return
	}
	if !cspreport.IsReportType(r.Header.Get("Content-Type")) || r.Header.Get("Content-Encoding") != "" {
		refuse(w, http.StatusUnsupportedMediaType)
		return
	}
	body, status := c.read(w, r)
	if status != 0 {
		refuse(w, status)
		return
	}
	reports, err := cspreport.Parse(body)
	if err != nil && len(reports) == 0 {
		refuse(w, http.StatusBadRequest)
		return
	}
	if err := c.log().Write(reports, now); err != nil {
		refuse(w, http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// log gives Log with a Writer that takes the lines of many requests.
func (c *Collector) log() *cspreport.Log {
	log := c.Log
	if log.Writer != nil {
		log.Writer = lineWriter{c}
	}
	return &log
}

// A lineWriter writes one line at a time. Only that is done under the lock: what
// Accept does with hostile text, or how long it takes, is the request's own affair.
type lineWriter struct{ c *Collector }

// Write implements io.Writer.
func (w lineWriter) Write(line []byte) (int, error) {
	w.c.mu.Lock()
	defer w.c.mu.Unlock() // a Writer may panic, too
	return w.c.Log.Writer.Write(line)
}

// refuse answers with a status and its name: nobody reads more.
func refuse(w http.ResponseWriter, status int) {
	http.Error(w, http.StatusText(status), status)
}

// read reads the body, or gives the status of the answer.
func (c *Collector) read(w http.ResponseWriter, r *http.Request) (body []byte, status int) {
	limit := c.MaxBody
	if limit <= 0 {
		limit = 64 << 10
	}
	limit = min(limit, cspreport.MaxBody)
	if r.ContentLength > limit {
		return nil, http.StatusRequestEntityTooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge
	case err != nil:
		return nil, http.StatusBadRequest
	}
	return body, 0
}
