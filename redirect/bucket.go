package redirect

import (
	"slices"
	"strings"
)

// A bucket is the rules of one key, in their order, when there are several: they
// begin alike up to their first wildcard, or are for one path and differ in their
// conditions. So that a lookup need not try them one by one, most have a tag: the
// hash of one thing that the request must have for the rule to be the one, such as
// the text behind the wildcard or the value of a parameter. A hint says what.
//
// Its form is a byte of flags, the number of rules, a list of hints, and for each
// rule the distance of its record from the one before; if there are hints also the
// number of its hint, 0 for none, and its tag.
type bucket struct {
	rest        string // the rules to come
	n           int    // how many these are
	offset      uint32 // of the rule
	hintNumber  byte   // of its hint, from 1; 0 for none
	tag         byte
	hints       [maxHints]hint
	hintCount   int  // how many hints there are
	samePattern bool // all rules have one pattern
}

// A hint is what tags are hashes of.
type hint struct {
	kind     byte
	arg      int    // of the tail, its length; of the segment, its number; of a value, the length of its beginning, 0 for all of it
	name     string // of the parameter, the cookie or the header
	computed bool
	skipped  bool      // a rule with this hint has been skipped
	tags     [4]uint64 // a bit for each tag that the request has
}

// Kinds of hints.
const (
	hintTail    = 't' // the literal text that the pattern ends in
	hintSegment = 's' // a literal segment, counted from the end
	hintQuery   = 'q'
	hintCookie  = 'c'
	hintHeader  = 'h'
	hintCountry = 'y'
)

// maxHints is how many hints a bucket has at most.
const maxHints = 4

// flagSamePattern, behind flagBucket, says that all rules of a bucket have one
// pattern.
const flagSamePattern = 2

// openBucket reads the beginning of a bucket.
func openBucket(form string) (b bucket, ok bool) {
	b.samePattern = form[0]&flagSamePattern != 0
	r := reader{s: form[1:]}
	b.n = r.count()
	b.hintCount = r.count()
	if b.hintCount > maxHints {
		return b, false
	}
	for i := range b.hintCount {
		b.hints[i].kind, b.hints[i].arg, b.hints[i].name = r.byte(), int(r.byte()), r.string()
	}
	b.rest = r.s
	return b, !r.bad
}

// advance goes on to the next rule of b.
func (b *bucket) advance() bool {
	if b.n == 0 {
		return false
	}
	b.n--
	r := reader{s: b.rest}
	offset := uint64(b.offset) + r.uint()
	if b.hintCount > 0 {
		b.hintNumber, b.tag = r.byte(), r.byte()
	}
	// Rules follow each other in order, also in a compiled form that is damaged, so
	// that a search ends.
	if r.bad || offset <= uint64(b.offset) || offset > maxForm || int(b.hintNumber) > b.hintCount {
		return false
	}
	b.rest, b.offset = r.s, uint32(offset)
	return true
}

// isFor reports whether the rule at offset is for the path.
func (c *candidates) isFor(offset uint32) bool {
	var e entry
	c.table.decode(&e, offset)
	return e.pattern == c.path || c.table.site.match(e.pattern, c.path, c.path, new(captures))
}

// mayHold reports whether the request has what the rule of b asks for, or something
// with the same tag. A rule whose condition does not hold has decided as much as one
// whose condition does, so the headers that it looks at count.
func (c *candidates) mayHold(req *request, b *bucket) bool {
	if b.hintNumber == 0 {
		return true
	}
	h := &b.hints[b.hintNumber-1]
	if c.tracing && h.isCondition() {
		return true
	}
	if !h.computed {
		h.computed = true
		h.computeTags(req, c.path)
	}
	if h.tags[b.tag>>6]>>(b.tag&63)&1 != 0 {
		return true
	}
	if h.isCondition() && !h.skipped {
		h.skipped = true
		var e entry
		c.table.decode(&e, b.offset)
		if e.options != nil {
			c.vary = union(c.vary, e.vary)
		}
	}
	return false
}

// isCondition reports whether h is about a condition, and not about the path.
func (h *hint) isCondition() bool { return h.kind != hintTail && h.kind != hintSegment }

// computeTags sets the tags that the request has.
func (h *hint) computeTags(req *request, path string) {
	switch h.kind {
	case hintTail:
		if h.arg <= len(path) {
			h.addTag(path[len(path)-h.arg:])
		}
	case hintSegment:
		if segment, ok := segmentFromEnd(path, h.arg); ok {
			h.addTag(segment)
		}
	case hintQuery:
		if value, ok := req.parameter(h.name); ok {
			h.addValue(decoded(value))
		}
	case hintCookie:
		for value := range req.cookies(h.name) {
			h.addValue(value)
		}
	case hintHeader:
		for _, value := range req.header(h.name) {
			h.addValue(value)
		}
	case hintCountry:
		h.addTag(strings.ToUpper(req.cloudfront("cloudfront-viewer-country")))
	}
}

func (h *hint) addValue(value string) {
	switch {
	case h.arg == 0:
		h.addTag(value)
	case h.arg <= len(value):
		h.addTag(value[:h.arg])
	}
}

func (h *hint) addTag(value string) {
	tag := hintTag(value)
	h.tags[tag>>6] |= 1 << (tag & 63)
}

// hintTag returns the tag of what a rule asks for.
func hintTag(value string) byte { return byte(hash(3, value)) }

// hintOf returns what the request must have for the rule to be the one, and the
// value that gives the tag; ok is false if there is nothing to say. Rules of a
// bucket that are all for one pattern differ in their conditions.
func (e *entry) hintOf(samePattern bool) (h hintKey, value string, ok bool) {
	switch {
	case !samePattern:
		return e.pathHint()
	case e.scheme != "":
		return h, "", false
	}
	h.vary = strings.Join(e.vary, ",")
	for _, list := range []struct {
		kind   byte
		fields []Field
	}{{hintQuery, e.when.Query}, {hintCookie, e.when.Cookie}, {hintHeader, e.when.Header}} {
		for _, f := range list.fields {
			value, open := strings.CutSuffix(f.Value, "*")
			if value == "" || len(value) > 255 || list.kind == hintQuery && value[0] == ':' {
				continue
			}
			h.kind, h.name = list.kind, f.Name
			if open {
				h.arg = byte(len(value))
			}
			return h, value, true
		}
	}
	if len(e.when.Country) == 1 {
		h.kind = hintCountry
		return h, strings.ToUpper(e.when.Country[0]), true
	}
	return h, "", false
}

// A hintKey tells hints apart. All rules with one look at the same headers.
type hintKey struct {
	kind, arg  byte
	name, vary string
}

// pathHint is hintOf for rules of different patterns.
func (e *entry) pathHint() (h hintKey, value string, ok bool) {
	if tail := literalTail(e.pattern); tail != "" {
		return hintKey{kind: hintTail, arg: byte(len(tail))}, tail, len(tail) < 256
	}
	// Behind the splat, where segments can be counted from the end only.
	_, tail, _ := cutSplat(e.pattern)
	for n := 0; n < 256; n++ {
		segment, ok := segmentFromEnd(tail, n)
		if !ok {
			break
		}
		if !hasSign(segment) {
			return hintKey{kind: hintSegment, arg: byte(n)}, segment, true
		}
	}
	return h, "", false
}

// segmentFromEnd returns the segment of a path that n others follow.
func segmentFromEnd(path string, n int) (segment string, ok bool) {
	for ; ; n-- {
		i := strings.LastIndexByte(path, '/')
		if i < 0 {
			return "", false
		}
		if n == 0 {
			return path[i+1:], true
		}
		path = path[:i]
	}
}

// bucket writes the bucket of rules that have one key, and returns its offset.
func (b *builder) bucket(entries []indexEntry) (offset uint32) {
	var first, e entry
	b.entryAt(&first, entries[0].offset)
	samePattern := true
	for _, entry := range entries[1:] {
		b.entryAt(&e, entry.offset)
		samePattern = samePattern && e.host == first.host && e.pattern == first.pattern
	}
	var hints []hintKey
	numbers, tags := make([]byte, len(entries)), make([]byte, len(entries))
	for i, entry := range entries {
		b.entryAt(&e, entry.offset)
		key, value, ok := e.hintOf(samePattern)
		if !ok {
			continue
		}
		number := slices.Index(hints, key)
		if number < 0 {
			if len(hints) == maxHints {
				continue
			}
			number, hints = len(hints), append(hints, key)
		}
		numbers[i], tags[i] = byte(number+1), hintTag(value)
	}
	offset = b.records.size
	w := append(b.scratch[:0], byte(flagBucket|boolBit(samePattern)*flagSamePattern))
	w.uint(uint64(len(entries)))
	w.uint(uint64(len(hints)))
	for _, h := range hints {
		w = append(w, h.kind, h.arg)
		w.string(h.name)
	}
	last := uint32(0)
	for i, entry := range entries {
		w.uint(uint64(entry.offset - last))
		last = entry.offset
		if len(hints) > 0 {
			w = append(w, numbers[i], tags[i])
		}
	}
	b.records.append(w)
	b.scratch = w
	return offset
}
