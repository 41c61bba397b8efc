package edgesim

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/origin"
)

// A Simulator plays one distribution. It is an http.Handler, and safe for concurrent use.
type Simulator struct {
	config     Config
	domain     string
	id         string
	via        []string // Via for HTTP/1.1
	localNames []string
	behaviors  []*behavior
	fallback   *behavior
	sources    map[Origin]*source
	sourceList []*source // in the order of the behaviours
	cache      *httpcache.Store
	flights    httpcache.Flights
	transport  *http.Transport

	offset     atomic.Int64 // of Advance, in nanoseconds
	counts     counters
	background sync.WaitGroup
}

// New makes a simulator. The error names everything that is wrong with the configuration. Changing the configuration
// afterwards has no effect.
func New(c Config) (*Simulator, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	d := &c.Distribution
	d.ErrorResponses, d.Aliases = slices.Clone(d.ErrorResponses), slices.Clone(d.Aliases)
	d.GeoRestriction.Allow, d.GeoRestriction.Block = slices.Clone(d.GeoRestriction.Allow), slices.Clone(d.GeoRestriction.Block)
	d.Origins = maps.Clone(d.Origins)
	c.ViewerHeaders = c.ViewerHeaders.Clone()
	c.CacheBytes = cmp.Or(c.CacheBytes, 256<<20)
	c.ObjectBytes = cmp.Or(c.ObjectBytes, c.CacheBytes/8)
	c.MaxRequestBody = cmp.Or(c.MaxRequestBody, 64<<30)
	c.Pop = cmp.Or(c.Pop, "ZRH55-P1")
	s := &Simulator{
		config: c, domain: cmp.Or(d.DomainName, DefaultDomainName), id: cmp.Or(d.ID, DefaultDistributionID),
		sources: map[Origin]*source{}, cache: httpcache.NewStore(c.CacheBytes), transport: origin.NewTransport(),
	}
	s.localNames = slices.Clone(c.LocalNames)
	if name, err := os.Hostname(); err == nil {
		s.localNames = append(s.localNames, name)
	}
	sum := sha256.Sum256([]byte(s.id))
	s.via = []string{"1.1 " + hex.EncodeToString(sum[:16]) + ".cloudfront.net (CloudFront)"}
	for _, b := range append(slices.Clone(d.Behaviors), d.DefaultBehavior) {
		if err := s.addSources(b.Origin); err != nil {
			return nil, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(d.Origins)) {
		if err := s.addSources(d.Origins[id]); err != nil {
			return nil, err
		}
	}
	for _, b := range d.Behaviors {
		s.behaviors = append(s.behaviors, s.compile(b, b.PathPattern))
	}
	s.fallback = s.compile(d.DefaultBehavior, "*")
	return s, nil
}

// DomainName is the distribution's domain name, as functions see it.
func (s *Simulator) DomainName() string { return s.domain }

// now is the simulator's time.
func (s *Simulator) now() time.Time {
	now := time.Now
	if s.config.Clock != nil {
		now = s.config.Clock
	}
	return now().Add(time.Duration(s.offset.Load()))
}

// Now is the time that the cache goes by: the clock's, and what [Simulator.Advance] added to it.
func (s *Simulator) Now() time.Time { return s.now() }

// Advance lets time pass for the cache: objects grow older by d. A negative d is ignored.
func (s *Simulator) Advance(d time.Duration) {
	if d > 0 {
		s.offset.Add(int64(d))
	}
}

// ServeHTTP implements [http.Handler].
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = &watchedBody{r.Body, http.NewResponseController(w)}
	}
	x := s.exchange(r)
	x.interim = newInterim(w, r)
	resp := x.run(r)
	if x.interim != nil {
		x.interim.end()
	}
	err := x.write(w, r, resp)
	x.finish()
	if err != nil {
		panic(http.ErrAbortHandler) // the viewer must not take a broken body for a whole one
	}
}

// Do sends one request through the distribution, without a network, and gives the answer and its trace. The
// answer's body is in memory: there is nothing to close. A body that breaks off is what the viewer would have
// got of it, and the trace says why.
func (s *Simulator) Do(r *http.Request) (*http.Response, *Trace) {
	x := s.exchange(r)
	w := &memoryWriter{}
	x.write(w, r, x.run(r)) // the trace says why a body broke off
	x.finish()
	w.reader.Reset(w.body)
	resp := &http.Response{
		Status: strconv.Itoa(w.status) + " " + http.StatusText(w.status), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: w.header,
		Body: w, ContentLength: int64(len(w.body)), Request: r,
	}
	if message.Chunked(w.header) { // where net/http's client has it
		resp.TransferEncoding = w.header["Transfer-Encoding"]
		delete(w.header, "Transfer-Encoding")
	}
	return resp, x.trace
}

// A memoryWriter is the http.ResponseWriter of Do, and then the answer's body.
type memoryWriter struct {
	header http.Header
	status int
	body   []byte
	reader bytes.Reader
}

// Header implements [http.ResponseWriter].
func (w *memoryWriter) Header() http.Header {
	if w.header == nil {
		w.header = http.Header{}
	}
	return w.header
}

func (w *memoryWriter) WriteHeader(status int)     { w.status = status }
func (w *memoryWriter) Read(p []byte) (int, error) { return w.reader.Read(p) }
func (w *memoryWriter) Close() error               { return nil }
func (w *memoryWriter) Write(p []byte) (int, error) {
	w.body = append(w.body, p...)
	return len(p), nil
}

// Wait waits for the refreshes that run in the background (stale-while-revalidate), for tests that look at what
// they did.
func (s *Simulator) Wait() { s.background.Wait() }

// Invalidate removes objects from the cache and returns their number. A path is one that viewers ask for, with
// its leading slash and, when the cache key has one, its query string; a "*" at its end stands for anything that
// follows. Where a viewer-request function changes the path, the path that it leaves counts.
func (s *Simulator) Invalidate(paths ...string) (int, error) {
	var errs []error
	for _, p := range paths {
		if !strings.HasPrefix(p, "/") && p != "*" || strings.Contains(strings.TrimSuffix(p, "*"), "*") {
			errs = append(errs, fmt.Errorf("edgesim: invalidate: got %q, want a path with its leading slash and at most one *, at its end", p))
		}
	}
	if len(errs) > 0 {
		return 0, errors.Join(errs...)
	}
	return s.cache.DropIf(func(e *httpcache.Entry) bool {
		full := message.Target(e.URI, e.Query)
		for _, p := range paths {
			prefix, wild := strings.CutSuffix(p, "*")
			if wild && strings.HasPrefix(full, strings.TrimSuffix(prefix, "?")) || full == p || e.URI == p && !strings.Contains(p, "?") {
				return true
			}
		}
		return false
	}), nil
}
