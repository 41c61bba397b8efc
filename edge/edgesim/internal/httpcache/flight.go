package httpcache

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Flights are the requests to origins that others wait for: concurrent misses on one key share one of them
// (request collapsing).
type Flights struct {
	mu    sync.Mutex
	byKey map[string]*Flight
}

// A Flight is one request to an origin that others may wait for.
type Flight struct {
	landed    chan struct{} // closed when the answer is in the cache, or known not to go there
	streaming chan struct{} // closed when the answer is on its way to the viewer, and its end cannot be foreseen
	land      func()        // see Land
	shared    atomic.Pointer[Entry]
}

// streamPatience is how long others wait for the end of an answer that is on its way already. An answer that takes longer, such as server-sent
// events, may never end: they then ask for themselves.
const streamPatience = time.Second

// Lead makes the caller the one that asks for the key; it must land the flight. When another one asks already, leader is false.
func (f *Flights) Lead(key string) (fl *Flight, leader bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl, ok := f.byKey[key]; ok {
		return fl, false
	}
	fl = &Flight{landed: make(chan struct{}), streaming: make(chan struct{})}
	if f.byKey == nil {
		f.byKey = map[string]*Flight{}
	}
	f.byKey[key] = fl
	fl.land = sync.OnceFunc(func() {
		f.mu.Lock()
		delete(f.byKey, key)
		f.mu.Unlock()
		close(fl.landed)
	})
	return fl, true
}

// Land ends the flight: the answer is in the cache, or known not to go there. It may be called more than once.
func (fl *Flight) Land() { fl.land() }

// Share gives the object to those who wait and to nobody else: it does not go into the cache. It comes before Land.
func (fl *Flight) Share(e *Entry) { fl.shared.Store(e) }

// Shared is the object of [Flight.Share], nil when there is none.
func (fl *Flight) Shared() *Entry { return fl.shared.Load() }

// Streams says that the answer is on its way to the viewer, and its end cannot be foreseen.
func (fl *Flight) Streams() { close(fl.streaming) }

// Wait waits for the flight of another.
func (fl *Flight) Wait(ctx context.Context) {
	select {
	case <-fl.landed:
		return
	case <-ctx.Done():
		return
	case <-fl.streaming:
	}
	patience := time.NewTimer(streamPatience)
	defer patience.Stop()
	select {
	case <-fl.landed:
	case <-ctx.Done():
	case <-patience.C:
	}
}
