package redirect

import (
	"slices"
	"strings"
)

// candidates are the rules that may be for a path, in their order.
type candidates struct {
	table    *Table
	path     string // in the form that stands for all that are the same
	tracing  bool   // rules whose conditions do not hold are wanted, too
	few      [8]candidate
	many     []candidate // instead of few if these are not enough
	n, at    int         // how many there are, and which is the next
	sorted   bool
	complete bool // those of addShaped are among them
	buckets  []bucket
	vary     []string // the headers that rules look at which have been passed over
}

// A candidate is a rule, or the next one of a bucket: the offset of its record
// above, whether it is for one path, and the index of the bucket from 1, or 0.
// Candidates sort as their rules do.
type candidate uint64

const (
	exactBit   = 1 << 15
	maxBuckets = exactBit - 1
)

func newCandidate(offset uint32, bucket int, exact bool) candidate {
	c := candidate(offset)<<16 | candidate(bucket)
	if exact {
		c |= exactBit
	}
	return c
}

func (c candidate) offset() uint32 { return uint32(c >> 16) }
func (c candidate) exact() bool    { return c&exactBit != 0 }
func (c candidate) bucket() int    { return int(c & maxBuckets) }

// addAnyHost adds the rules for the path on any host, whose key is given.
func (c *candidates) addAnyHost(key uint64) {
	if c.table.anyHost != 0 && c.path != "" {
		c.probe(c.table.exact, key, true)
	}
}

// addShaped adds those of the rules that are for more than one path or for a host,
// which lie under as many keys as there are shapes.
func (c *candidates) addShaped(req *request) {
	var h hasher
	var folded [64]byte
	for i := range c.table.shapes {
		sh := &c.table.shapes[i]
		if sh.shape[0]&shapeHost != 0 && h.host == "" {
			h.host = string(appendLower(folded[:0], req.host()))
		}
		if sh.shape[0]&shapeExact != 0 {
			c.probe(c.table.exact, sh.exactKey(sh.seed, h.host, c.path), true)
			continue
		}
		if h.n == 0 {
			h.cut(c.path, c.table.keySegments+1)
		}
		if key, ok := h.key(sh); ok {
			c.probe(c.table.wildcards, key, false)
		}
	}
	c.sorted, c.complete = false, true
}

// probe adds the rules that may lie under key in slots.
func (c *candidates) probe(slots string, key uint64, exact bool) {
	n := len(slots) / slotLen
	if n == 0 {
		return
	}
	tag := tagOf(key)
	i := slotOf(key, n)
	for range n {
		if slots[i] == 0 {
			break
		}
		if slots[i] == tag {
			c.add(load32(slots[n+4*i:]), exact)
		}
		if i++; i == n {
			i = 0
		}
	}
}

// hasKey reports whether a record may lie under h in slots.
func hasKey(slots string, h uint64) bool {
	n := len(slots) / slotLen
	if n == 0 {
		return false
	}
	tag := tagOf(h)
	i := slotOf(h, n)
	for range n {
		if slots[i] == 0 {
			return false
		}
		if slots[i] == tag {
			return true
		}
		if i++; i == n {
			i = 0
		}
	}
	return false
}

// add adds the rule at offset, or those of the bucket there.
func (c *candidates) add(offset uint32, exact bool) {
	records := c.table.records
	if uint64(offset) >= uint64(len(records)) {
		return
	}
	if records[offset]&flagBucket == 0 {
		c.push(newCandidate(offset, 0, exact))
		return
	}
	b, ok := openBucket(records[offset:])
	if !ok || len(c.buckets) == maxBuckets || !b.advance() || b.samePattern && !c.isFor(b.offset) {
		return
	}
	c.buckets = append(c.buckets, b)
	c.push(newCandidate(b.offset, len(c.buckets), exact))
}

func (c *candidates) push(k candidate) {
	switch {
	case c.many == nil && c.n < len(c.few):
		c.few[c.n] = k
	case c.many == nil:
		c.many = append(append(make([]candidate, 0, 8*len(c.few)), c.few[:]...), k)
	default:
		c.many = append(c.many, k)
	}
	c.n++
}

// rest returns those that have not been taken.
func (c *candidates) rest() []candidate {
	if c.many == nil {
		return c.few[c.at:c.n]
	}
	return c.many[c.at:]
}

// precedesShaped reports whether the rule at offset has its turn before all those of
// addShaped, which cost more to find.
func (c *candidates) precedesShaped(offset uint32) bool {
	return c.complete || offset < c.table.firstOther
}

// next decodes the next rule into e. The rules of a bucket are looked at when it is
// their turn, since those that are passed over count for Vary.
func (c *candidates) next(req *request, e *entry) bool {
	for {
		rest := c.rest()
		if !c.sorted {
			slices.Sort(rest)
			c.sorted = true
		}
		switch {
		case !c.complete && (len(rest) == 0 || !c.precedesShaped(rest[0].offset())):
			c.addShaped(req)
		case len(rest) == 0:
			return false
		case rest[0].bucket() > 0:
			if c.nextInBucket(req, rest, rest[0], e) {
				return true
			}
		default:
			c.at++
			c.table.decode(e, rest[0].offset())
			e.exact = rest[0].exact()
			return true
		}
	}
}

// nextInBucket decodes the next rule of the bucket of k, which is the first of the
// rest, into e, unless one of another key has its turn before.
func (c *candidates) nextInBucket(req *request, rest []candidate, k candidate, e *entry) bool {
	b := &c.buckets[k.bucket()-1]
	for {
		found := c.mayHold(req, b)
		if found {
			c.table.decode(e, b.offset)
			e.exact = k.exact()
		}
		switch more := b.advance(); {
		case !more:
			c.at++
			return found
		case found || !c.precedesShaped(b.offset) || len(rest) > 1 && rest[1].offset() < b.offset:
			replaceFirst(rest, newCandidate(b.offset, k.bucket(), k.exact()))
			return found
		}
	}
}

// replaceFirst replaces the first of a sorted list with k, and keeps the list
// sorted.
func replaceFirst(list []candidate, k candidate) {
	i := 0
	for ; i+1 < len(list) && list[i+1] < k; i++ {
		list[i] = list[i+1]
	}
	list[i] = k
}

// decode decodes the record at offset into e.
func (t *Table) decode(e *entry, offset uint32) {
	decodeRecord(e, offset, t.records[min(uint64(offset), uint64(len(t.records))):], t.options)
}

// decodeRecord decodes a record, which lies at offset, into e. What it decodes of a
// damaged one is a rule without options, which matches nothing.
func decodeRecord(e *entry, offset uint32, record string, all []*options) {
	*e = entry{offset: offset}
	r := reader{s: record}
	flags := r.uint()
	e.line = int(r.uint())
	from := r.string()
	e.template = r.string()
	option := flags >> flagBits
	if r.bad || flags&flagBucket != 0 || option >= uint64(len(all)) {
		return
	}
	if !all[option].pass && !strings.HasPrefix(e.template, "/") {
		return
	}
	e.mayLoop, e.plain = flags&flagMayLoop != 0, flags&flagPlain != 0
	e.options = all[option]
	e.host, e.pattern = cutHost(from)
}

// cutHost cuts the host from a record's host and pattern.
func cutHost(from string) (host, pattern string) {
	for i := range len(from) {
		if from[i] == '/' {
			return from[:i], from[i:]
		}
	}
	return "", ""
}

// appendLower appends s with its ASCII letters in lower case.
func appendLower(dst []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}
