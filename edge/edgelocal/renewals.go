package main

import "sync"

// renewals are things that are made anew, each no more than once at a time. The zero value is ready.
type renewals struct {
	mu  sync.Mutex
	now map[string]bool // those that are under way; true: once more after that
	all sync.WaitGroup
}

// do does something in a goroutine, or once more after the time that is under way.
func (r *renewals) do(name string, f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, under := r.now[name]; under {
		r.now[name] = true
		return
	}
	if r.now == nil {
		r.now = map[string]bool{}
	}
	r.now[name] = false
	r.all.Go(func() {
		for again := true; again; again = r.next(name) {
			f()
		}
	})
}

// next reports whether it is to be done once more.
func (r *renewals) next(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now[name] {
		r.now[name] = false
		return true
	}
	delete(r.now, name)
	return false
}

// wait waits until nothing is under way.
func (r *renewals) wait() { r.all.Wait() }
