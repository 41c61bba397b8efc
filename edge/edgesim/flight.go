package edgesim

import "sync"

// flights are the requests to origins that others wait for: concurrent misses on one key share one of them
// (request collapsing).
type flights struct {
	mu    sync.Mutex
	byKey map[string]chan struct{}
}

// lead makes the caller the one that asks for the key, and gives the function that it must call when the answer
// is in the cache or known not to go there. When another one asks already, landed is closed when that one is
// done.
func (f *flights) lead(key string) (done func(), landed <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c, ok := f.byKey[key]; ok {
		return nil, c
	}
	c := make(chan struct{})
	if f.byKey == nil {
		f.byKey = map[string]chan struct{}{}
	}
	f.byKey[key] = c
	return sync.OnceFunc(func() {
		f.mu.Lock()
		delete(f.byKey, key)
		f.mu.Unlock()
		close(c)
	}), nil
}
