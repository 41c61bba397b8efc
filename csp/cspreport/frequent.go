package cspreport

import (
	"cmp"
	"maps"
	"slices"
)

// A frequent keeps a value for each of the keys that are counted often, however
// many others somebody makes up. When it has twice as many keys as it is to keep,
// it drops the rarer half, and every key that comes later begins with the credit of
// the best of these: so a key counts for no less than it has been seen, and one that
// makes up more than its share (one in as many as are kept) of all is never
// missing (Anderson and others, A High-Performance Algorithm for Identifying
// Frequent Items in Data Streams, 2017).
type frequent[K comparable, V any] struct {
	of    map[K]*entry[V]
	level int // the greatest credit that was dropped
	seen  int // all that was counted

	forgotten int // what was counted for keys that were dropped since
}

type entry[V any] struct {
	value  V
	count  int
	credit int // count, and the level when it came
	since  int
}

// add counts a key, and gives its entry.
func (f *frequent[K, V]) add(key K, keep int) *entry[V] {
	if f.of == nil {
		f.of = make(map[K]*entry[V])
	}
	f.seen++
	e := f.of[key]
	if e == nil {
		if len(f.of) == 2*keep {
			f.forget(keep)
		}
		e = &entry[V]{credit: f.level, since: f.seen}
		f.of[key] = e
	}
	e.count++
	e.credit++
	return e
}

// forget drops the rarer keys, and of equals the later ones.
func (f *frequent[K, V]) forget(keep int) {
	keys := slices.SortedFunc(maps.Keys(f.of), func(a, b K) int {
		return cmp.Or(cmp.Compare(f.of[b].credit, f.of[a].credit), cmp.Compare(f.of[a].since, f.of[b].since))
	})
	f.level = f.of[keys[keep]].credit
	for _, key := range keys[keep:] {
		f.forgotten += f.of[key].count
		delete(f.of, key)
	}
}
