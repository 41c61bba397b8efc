package redirect

import (
	"slices"
	"strings"
)

// options are what rules have besides paths. Few tables have many different ones,
// so rules share them.
type options struct {
	scheme       string // of the request, "" for any
	origin       string // of the target: "", distribution or an origin in normal form
	status       int    // 0 for the right one
	mode         QueryMode
	allow, deny  []string
	when, unless When
	cacheControl string

	// What follows from these.
	conditional bool
	vary        []string // the request headers that the conditions look at
}

// encode appends o.
func (o *options) encode(w *writer) {
	w.string(o.scheme)
	w.string(o.origin)
	w.uint(uint64(o.status))
	w.uint(uint64(o.mode))
	w.strings(o.allow)
	w.strings(o.deny)
	w.string(o.cacheControl)
	o.when.encode(w)
	o.unless.encode(w)
}

// decodeOptions reads what encode has written.
func decodeOptions(r *reader) *options {
	o := &options{
		scheme: r.string(),
		origin: r.string(),
		status: int(r.uint()),
		mode:   QueryMode(r.uint()),
		allow:  r.strings(),
		deny:   r.strings(),
	}
	o.cacheControl = r.string()
	o.when.decode(r)
	o.unless.decode(r)
	o.conditional = !o.when.isZero() || !o.unless.isZero()
	o.vary = slices.Concat(o.when.vary(), o.unless.vary())
	slices.Sort(o.vary)
	o.vary = slices.Compact(o.vary)
	return o
}

func (when *When) encode(w *writer) {
	w.strings(when.Method)
	w.bool(when.HasQuery)
	for _, fields := range [][]Field{when.Header, when.Cookie, when.Query} {
		w.uint(uint64(len(fields)))
		for _, f := range fields {
			w.string(f.Name)
			w.string(f.Value)
		}
	}
	w.strings(when.Referer)
	w.strings(when.Country)
	w.strings(when.Language)
}

func (when *When) decode(r *reader) {
	when.Method = r.strings()
	when.HasQuery = r.bool()
	for _, fields := range []*[]Field{&when.Header, &when.Cookie, &when.Query} {
		for range r.count() {
			*fields = append(*fields, Field{r.string(), r.string()})
		}
	}
	when.Referer = r.strings()
	when.Country = r.strings()
	when.Language = r.strings()
}

// vary returns the names of the request headers that the conditions look at and
// that a viewer's cache knows.
func (when *When) vary() []string {
	var names []string
	for _, f := range when.Header {
		names = append(names, strings.ToLower(f.Name))
	}
	if len(when.Cookie) > 0 {
		names = append(names, "cookie")
	}
	if len(when.Referer) > 0 {
		names = append(names, "referer")
	}
	if len(when.Language) > 0 {
		names = append(names, "accept-language")
	}
	return names
}
