package redirect

import (
	"slices"
	"strings"
)

// options are what rules have besides paths. Few tables have many different ones,
// so rules share them.
type options struct {
	pass         bool   // requests go on
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

// An optionSet is the options of a table's rules, each once.
type optionSet struct {
	list    []*options
	encoded writer
	number  map[string]int        // of the encoded options
	simple  map[simpleOptions]int // of options without lists and conditions
	scratch writer
}

// simpleOptions are options without lists and conditions, which most rules have.
type simpleOptions struct {
	pass                         bool
	scheme, origin, cacheControl string
	status                       int
	mode                         QueryMode
}

func newOptionSet() optionSet {
	return optionSet{number: map[string]int{}, simple: map[simpleOptions]int{}}
}

// add returns the number of options like o, which it adds if they are new. What it
// keeps are copies.
func (s *optionSet) add(o *options) int {
	simple := !o.conditional && len(o.allow)+len(o.deny) == 0
	key := simpleOptions{o.pass, o.scheme, o.origin, o.cacheControl, o.status, o.mode}
	if simple {
		if n, ok := s.simple[key]; ok {
			return n
		}
	}
	s.scratch = s.scratch[:0]
	o.encode(&s.scratch)
	n, ok := s.number[string(s.scratch)]
	if !ok {
		n = len(s.list)
		text := string(s.scratch)
		s.number[text] = n
		s.encoded = append(s.encoded, text...)
		own := decodeOptions(&reader{s: text})
		s.list = append(s.list, own)
	}
	if simple {
		own := s.list[n]
		s.simple[simpleOptions{own.pass, own.scheme, own.origin, own.cacheControl, own.status, own.mode}] = n
	}
	return n
}

// modeBits is how many bits a QueryMode takes.
const modeBits = 2

// encode appends o.
func (o *options) encode(w *writer) {
	w.string(o.scheme)
	w.string(o.origin)
	w.uint(uint64(o.status))
	w.uint(uint64(o.mode) | boolBit(o.pass)<<modeBits)
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
	}
	mode := r.uint()
	o.mode, o.pass = QueryMode(mode&(1<<modeBits-1)), mode>>modeBits != 0
	o.allow, o.deny = r.strings(), r.strings()
	o.cacheControl = r.string()
	o.when.decode(r)
	o.unless.decode(r)
	o.conditional = !o.when.isZero() || !o.unless.isZero()
	for _, name := range slices.Concat(o.when.vary(), o.unless.vary()) {
		// There are a few at most, so slices.Sort would take more room in the program than it saves time.
		if i, found := slices.BinarySearch(o.vary, name); !found {
			o.vary = slices.Insert(o.vary, i, name)
		}
	}
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
