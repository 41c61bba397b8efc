package httpcache

import (
	"container/list"
	"slices"
	"sync"
)

// A Store is the cache: objects by key, the least recently used one leaves first when the bytes run out.
type Store struct {
	limit int64

	mu      sync.Mutex
	used    int64
	byKey   map[string]*list.Element
	parts   map[string][]*Entry // by the key of their object, in the order of their arrival
	recent  *list.List          // front: most recently used
	evicted int64
}

// NewStore makes a store of at most limit bytes.
func NewStore(limit int64) *Store {
	return &Store{limit: limit, byKey: map[string]*list.Element{}, parts: map[string][]*Entry{}, recent: list.New()}
}

// Get is the object under the key, nil when there is none; it counts as used.
func (s *Store) Get(key string) *Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	element, ok := s.byKey[key]
	if !ok {
		return nil
	}
	s.recent.MoveToFront(element)
	return element.Value.(*Entry)
}

// Put stores the entry in the place of one with the same key, a whole object also in the place of its parts, and reports how many others
// had to go. An entry that is larger than the whole cache is not stored.
func (s *Store) Put(e *Entry) (stored bool, evicted int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removeAll(e.Key)
	if e.size() > s.limit {
		return false, 0
	}
	s.byKey[e.Key] = s.recent.PushFront(e)
	if e.Object != "" {
		if parts := s.parts[e.Object]; len(parts) >= mostParts {
			s.remove(parts[0].Key)
		}
		s.parts[e.Object] = append(s.parts[e.Object], e)
	}
	s.used += e.size()
	for s.used > s.limit {
		s.remove(s.recent.Back().Value.(*Entry).Key)
		evicted++
	}
	s.evicted += int64(evicted)
	return true, evicted
}

// Drop removes the object with the key, and its parts.
func (s *Store) Drop(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removeAll(key)
}

// DropIf removes the objects that match and returns their number.
func (s *Store) DropIf(match func(*Entry) bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for element := s.recent.Front(); element != nil; {
		e := element.Value.(*Entry)
		element = element.Next()
		if match(e) {
			s.remove(e.Key)
			n++
		}
	}
	return n
}

// removeAll removes an entry and the parts of the object; it needs the lock.
func (s *Store) removeAll(key string) {
	s.remove(key)
	parts := s.parts[key]
	delete(s.parts, key)
	for _, e := range parts {
		s.remove(e.Key)
	}
}

// remove removes one entry; it needs the lock.
func (s *Store) remove(key string) {
	element, ok := s.byKey[key]
	if !ok {
		return
	}
	e := element.Value.(*Entry)
	s.used -= e.size()
	s.recent.Remove(element)
	delete(s.byKey, key)
	if parts, ok := s.parts[e.Object]; ok {
		s.parts[e.Object] = slices.DeleteFunc(parts, func(other *Entry) bool { return other == e })
		if len(s.parts[e.Object]) == 0 {
			delete(s.parts, e.Object)
		}
	}
}

// Stats are the number of objects, the bytes that they take, and how many had to go to make room.
func (s *Store) Stats() (objects int, bytes, evicted int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byKey), s.used, s.evicted
}

// Limit is the bound of the store in bytes.
func (s *Store) Limit() int64 { return s.limit }
