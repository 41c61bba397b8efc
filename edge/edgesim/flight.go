package edgesim

import (
	"context"
	"sync"
	"time"
)

// flights are the requests to origins that others wait for: concurrent misses on one key share one of them
// (request collapsing).
type flights struct {
	mu    sync.Mutex
	byKey map[string]*flight
}

// A flight is one request to an origin that others may wait for.
type flight struct {
	landed    chan struct{} // closed when the answer is in the cache, or known not to go there
	streaming chan struct{} // closed when the answer is on its way to the viewer, and its end cannot be foreseen
	land      func()        // closes landed, once
}

// streamPatience is how long others wait for the end of an answer that is on its way already. An answer that takes longer, such as server-sent
// events, may never end: they then ask for themselves.
const streamPatience = time.Second

// lead makes the caller the one that asks for the key; it must land the flight. When another one asks already, leader is false.
func (f *flights) lead(key string) (fl *flight, leader bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl, ok := f.byKey[key]; ok {
		return fl, false
	}
	fl = &flight{landed: make(chan struct{}), streaming: make(chan struct{})}
	if f.byKey == nil {
		f.byKey = map[string]*flight{}
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

// wait waits for the flight of another.
func (fl *flight) wait(ctx context.Context) {
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
