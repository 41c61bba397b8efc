package httpcache

import (
	"net/http"
	"slices"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// An Entry is one object in the cache. It never changes once it is stored; a refresh stores a new one.
type Entry struct {
	Key, URI, Query string
	Status          int
	Reason          string // status description
	Header          http.Header
	Body            []byte
	ETag, Modified  string // the origin's validators, which a function cannot take away

	Stored time.Time     // when it came, or was last found unchanged
	Age    time.Duration // how old it was then
	Life   Lifetime
	Retry  time.Time // a stale object whose origin fails is served until then without asking again

	Object string        // of a part, the key of its object
	Part   message.Range // which bytes of the object the body has
	Size   int64         // of the whole object; 0 for a part that has no place in it

	SkipViewerResponse bool // the origin's status was 400 or more
	OriginFunctions    int  // function runs that a hit spares
}

// AgeAt is how long ago the origin made the object.
func (e *Entry) AgeAt(now time.Time) time.Duration { return e.Age + max(0, now.Sub(e.Stored)) }

// Expires is when the object is no longer fresh.
func (e *Entry) Expires() time.Time { return e.Stored.Add(e.Life.TTL - e.Age) }

// FreshAt reports whether the object may be served without asking the origin.
func (e *Entry) FreshAt(now time.Time) bool { return now.Before(e.Expires()) || now.Before(e.Retry) }

// StaleFor reports whether a stale object may still be served, given how long after its expiry it may.
func (e *Entry) StaleFor(now time.Time, allowed time.Duration) bool {
	return now.Before(e.Expires().Add(allowed))
}

// size is what the object counts against the cache's bound: its bytes and an allowance for the maps and lists
// around them.
func (e *Entry) size() int64 {
	const allowance, perHeader = 1024, 64
	n := allowance + len(e.Body) + 2*len(e.Key) + len(e.URI) + len(e.Query)
	for name, values := range e.Header {
		n += len(name) + perHeader
		for _, v := range values {
			n += len(v) + perHeader
		}
	}
	return int64(n)
}

// MayStandIn reports whether an expired object may stand in for an origin that does not answer or fails, for at most the maximum TTL
// (HTTPStatusCodes.html). The origin shortens that with stale-if-error; no-cache does not (Expiration.html, the warning).
func (e *Entry) MayStandIn(r Rules, now time.Time) bool {
	cc := parseCacheControl(e.Header)
	switch {
	case cc.forbidsStale() || e.Status >= 400:
		return false
	case cc.has("stale-if-error"):
		return e.StaleFor(now, e.Life.IfError)
	}
	return e.StaleFor(now, r.Max)
}

// Refreshed is the object after the origin's 304, whose headers and modification date take the place of the stored ones
// (RFC 9111 section 3.2).
func (e *Entry) Refreshed(r Rules, h http.Header, modified string, now time.Time) *Entry {
	again := *e
	again.Header = e.Header.Clone()
	for name, values := range h {
		switch name {
		case "Content-Length", "Content-Encoding", "Content-Md5", "Content-Range", "Transfer-Encoding", "Age", "Etag":
		default:
			again.Header[name] = slices.Clip(values) // hits share them: what is added to one must not grow into the room of all
		}
	}
	if modified != "" {
		again.Modified = modified
	}
	again.Stored, again.Age, again.Retry = now, r.OriginAge(h), time.Time{}
	again.Life = r.Success(again.Status, again.Header, now)
	return &again
}

// Revalidate makes h the headers of a request that asks whether the object is still current; of an error and of an object that varies
// by all it asks for it anew.
func (e *Entry) Revalidate(h http.Header) {
	for _, name := range []string{"Range", "If-Range", "If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since"} {
		delete(h, name)
	}
	if e.Life.Unconditional || e.Status >= 400 {
		return
	}
	if e.ETag != "" {
		h["If-None-Match"] = []string{e.ETag}
	}
	if e.Modified != "" {
		h["If-Modified-Since"] = []string{e.Modified}
	}
}
