package edgesim

import (
	"container/list"
	"net/http"
	"sync"
	"time"
)

// An entry is one object in the cache. It never changes once it is stored; a refresh stores a new one.
type entry struct {
	key, uri, query string
	status          int
	reason          string
	header          http.Header
	body            []byte
	etag, modified  string // the origin's validators, which a function cannot take away

	stored time.Time     // when it came, or was last found unchanged
	age    time.Duration // how old it was then
	life   lifetime
	retry  time.Time // a stale object whose origin fails is served until then without asking again

	skipViewerResponse bool // the origin's status was 400 or more
	originFunctions    int  // function runs that a hit spares
}

// ageAt is how long ago the origin made the object.
func (e *entry) ageAt(now time.Time) time.Duration { return e.age + max(0, now.Sub(e.stored)) }

// expires is when the object is no longer fresh.
func (e *entry) expires() time.Time { return e.stored.Add(e.life.ttl - e.age) }

// freshAt reports whether the object may be served without asking the origin.
func (e *entry) freshAt(now time.Time) bool { return now.Before(e.expires()) || now.Before(e.retry) }

// staleFor reports whether a stale object may still be served, given how long after its expiry it may.
func (e *entry) staleFor(now time.Time, allowed time.Duration) bool {
	return now.Before(e.expires().Add(allowed))
}

// size is what the object counts against the cache's bound: its bytes and an allowance for the maps and lists
// around them.
func (e *entry) size() int64 {
	const allowance, perHeader = 1024, 64
	n := allowance + len(e.body) + 2*len(e.key) + len(e.uri) + len(e.query)
	for name, values := range e.header {
		n += len(name) + perHeader
		for _, v := range values {
			n += len(v) + perHeader
		}
	}
	return int64(n)
}

// A store is the cache: objects by key, the least recently used one leaves first when the bytes run out.
type store struct {
	limit int64

	mu      sync.Mutex
	used    int64
	byKey   map[string]*list.Element
	recent  *list.List // front: most recently used
	evicted int64
}

func newStore(limit int64) *store {
	return &store{limit: limit, byKey: map[string]*list.Element{}, recent: list.New()}
}

func (s *store) get(key string) *entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	element, ok := s.byKey[key]
	if !ok {
		return nil
	}
	s.recent.MoveToFront(element)
	return element.Value.(*entry)
}

// put stores the entry in the place of one with the same key and reports how many others had to go. An entry
// that is larger than the whole cache is not stored.
func (s *store) put(e *entry) (stored bool, evicted int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(e.key)
	if e.size() > s.limit {
		return false, 0
	}
	s.byKey[e.key] = s.recent.PushFront(e)
	s.used += e.size()
	for s.used > s.limit {
		s.remove(s.recent.Back().Value.(*entry).key)
		evicted++
	}
	s.evicted += int64(evicted)
	return true, evicted
}

// drop removes the object with the key.
func (s *store) drop(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(key)
}

// dropIf removes the objects that match and returns their number.
func (s *store) dropIf(match func(*entry) bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for element := s.recent.Front(); element != nil; {
		e := element.Value.(*entry)
		element = element.Next()
		if match(e) {
			s.remove(e.key)
			n++
		}
	}
	return n
}

// remove needs the lock.
func (s *store) remove(key string) {
	if element, ok := s.byKey[key]; ok {
		s.used -= element.Value.(*entry).size()
		s.recent.Remove(element)
		delete(s.byKey, key)
	}
}

func (s *store) stats() (objects int, bytes, evicted int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byKey), s.used, s.evicted
}
