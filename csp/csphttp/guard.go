package csphttp

import (
	"io"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// A guard is the ResponseWriter that a handler gets: it puts the policies into the
// header when that is about to be sent, for only then it is known whether caches
// may keep the response.
type guard struct {
	http.ResponseWriter
	m       *Middleware
	r       *http.Request
	use     *use
	decided bool
}

// WriteHeader implements http.ResponseWriter. Informational responses go by.
func (g *guard) WriteHeader(status int) {
	if status >= 200 || status == http.StatusSwitchingProtocols {
		g.decide(status)
	}
	g.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (g *guard) Write(b []byte) (int, error) {
	g.decide(http.StatusOK)
	return g.ResponseWriter.Write(b)
}

// ReadFrom implements io.ReaderFrom, so that files go the way that the server has
// for them.
func (g *guard) ReadFrom(r io.Reader) (int64, error) {
	g.decide(http.StatusOK)
	return io.Copy(g.ResponseWriter, r)
}

// Flush implements http.Flusher.
func (g *guard) Flush() { g.FlushError() } // who calls Flush has no use for an error

// FlushError is what http.ResponseController calls; it would pass WriteHeader by.
func (g *guard) FlushError() error {
	g.decide(http.StatusOK)
	return http.NewResponseController(g.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController find what else the server's ResponseWriter
// can do.
func (g *guard) Unwrap() http.ResponseWriter { return g.ResponseWriter }

// decide puts the policies into the header, once.
func (g *guard) decide(status int) {
	if g.decided {
		return
	}
	g.decided = true
	if status == http.StatusNotModified {
		return
	}
	h := g.Header()
	if g.m.endpoints != "" {
		h.Add(csp.ReportingEndpointsHeaderName, g.m.endpoints)
	}
	if !g.carriesNonce(status) {
		add(h, csp.HeaderName, g.m.cacheable)
		add(h, csp.ReportOnlyHeaderName, g.m.cacheableReportOnly)
		return
	}
	var room [1024]byte // on the stack, for most policies
	add(h, csp.HeaderName, string(g.m.enforced.Append(room[:0], g.use.nonce)))
	add(h, csp.ReportOnlyHeaderName, string(g.m.reportOnly.Append(room[:0], g.use.nonce)))
}

func add(h http.Header, name, policy string) {
	if policy != "" {
		h.Add(name, policy)
	}
}

// carriesNonce reports whether the response may carry the nonce. If the page was
// made with it, it sees to that.
func (g *guard) carriesNonce(status int) bool {
	h, asked := g.Header(), g.use.asked.Load()
	if asked && len(h["Cache-Control"]) == 0 {
		h.Set("Cache-Control", "private")
	}
	err := delivery(h, status).CheckNonce()
	if err == nil || !asked {
		return err == nil
	}
	if g.m.warn != nil {
		g.m.warn(g.r, err)
	}
	h.Set("Cache-Control", "private")
	return true
}

// delivery is what a header says of caches. Several Cache-Control headers are one
// (RFC 9110, 5.3).
func delivery(h http.Header, status int) csp.Delivery {
	return csp.Delivery{StatusCode: status, CacheControl: strings.Join(h.Values("Cache-Control"), ", "), OwnBody: true}
}
