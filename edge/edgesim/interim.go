package edgesim

import (
	"maps"
	"net/http"
	"slices"
	"sync"
)

// An interim passes the interim responses of origins, such as 103, on to the viewer until the answer begins: "A proxy MUST forward 1xx
// responses" (RFC 9110 section 15.2). An origin may send them from a goroutine of its own.
type interim struct {
	mu   sync.Mutex
	w    http.ResponseWriter // nil when the answer has begun
	sent []int
}

// newInterim is for the viewer of a request; nil for one of HTTP/1.0, who knows no interim responses.
func newInterim(w http.ResponseWriter, r *http.Request) *interim {
	if !r.ProtoAtLeast(1, 1) {
		return nil
	}
	return &interim{w: w}
}

// send passes one on.
func (i *interim) send(status int, h http.Header) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.w == nil {
		return
	}
	i.sent = append(i.sent, status)
	to := i.w.Header()
	maps.Copy(to, h)
	i.w.WriteHeader(status)
	clear(to) // a ResponseWriter keeps them for the answer
}

// taken are the different statuses that were sent since it was last called.
func (i *interim) taken() []int {
	i.mu.Lock()
	defer i.mu.Unlock()
	sent := i.sent
	i.sent = nil
	slices.Sort(sent)
	return slices.Compact(sent)
}

// end is called when the answer begins.
func (i *interim) end() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.w = nil
}

// passInterim is what an origin gives its interim responses to; nil when there is nobody to pass them to.
func (x *exchange) passInterim() func(status int, h http.Header) {
	if x.interim == nil || x.s.config.Unknowns.DropInterim {
		return nil
	}
	r, b, names, to := x.request, x.behavior, x.names, x.interim // an origin that is given up may still send one
	return func(status int, h http.Header) {
		h = h.Clone()
		b.policies.PassOn(r, b.caches(r.Method), h)
		names.Outward(h)
		to.send(status, h)
	}
}

// noteInterim notes what went on to the viewer.
func (x *exchange) noteInterim(st *Stage) {
	if x.interim == nil {
		return
	}
	for _, status := range x.interim.taken() {
		st.note("%d went on to the viewer; whether CloudFront does so is not documented (Unknowns.DropInterim)", status)
	}
}
