package csphttp

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"

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
	carries bool // the header has the nonce, or is to have no policy
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

// Hijack implements http.Hijacker, for libraries that ask for it. What is sent then has no
// header of this package. It is an error with HTTP/2.
func (g *guard) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(g.ResponseWriter).Hijack()
	if err == nil {
		g.decided, g.carries = true, true
	}
	return conn, rw, err
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
		g.carries = true
		return
	}
	h := g.Header()
	// The names of endpoints are unique in all of the header (RFC 9651, 3.2).
	if g.m.endpoints != "" && !slices.Contains(h.Values(csp.ReportingEndpointsHeaderName), g.m.endpoints) {
		h.Add(csp.ReportingEndpointsHeaderName, g.m.endpoints)
	}
	if g.carries = g.carriesNonce(); !g.carries {
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
func (g *guard) carriesNonce() bool {
	if !g.use.asked.Load() {
		return !isShared(g.Header())
	}
	if err := makePrivate(g.Header()); err != nil {
		g.warn(err)
	}
	return true
}

// warn tells of what the handler should do in another way.
func (g *guard) warn(err error) {
	if g.m.warn != nil {
		g.m.warn(g.r, err)
	}
}

// errLate is for a nonce that no policy has.
var errLate = errors.New("csphttp: the nonce was asked for when the header was written already, without it, so that no element with it works; " +
	"call Nonce before the first Write, Flush or WriteHeader")

// end puts the policies into the header of a handler that has written nothing.
func (g *guard) end() {
	g.decide(http.StatusOK)
	if !g.carries && g.use.asked.Load() {
		g.warn(errLate)
	}
}
