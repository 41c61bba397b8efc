package redirect

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// A builder makes the compiled form of rules, which it is given one at a time and
// keeps only in that form.
type builder struct {
	site       *site
	options    optionSet
	seeds      map[shape]uint64
	records    records
	offsets    []uint32 // of the records, in the order of the rules
	firstOther uint32   // the offset of the first rule that is not for one path of any host
	exact      int      // how many rules are for one path
	scratch    writer

	exactSlots, wildSlots string   // made by finish
	mayChain              []uint32 // made by mayLoop: the offsets of the rules whose target a rule may be for
}

// An indexEntry is a key and the offset of a rule that has it, or of the bucket of
// all that have.
type indexEntry struct {
	key    uint64
	offset uint32
}

// maxBucket is how many rules may have one key. A lookup may have to try them all,
// one after the other.
const maxBucket = 1000

func newBuilder(s *site) *builder {
	b := &builder{site: s, options: newOptionSet(), seeds: map[shape]uint64{}}
	b.records.append([]byte{0})
	return b
}

// add adds a rule, whose options have been added before.
func (b *builder) add(e *entry, option int) {
	e.offset = b.records.size
	b.offsets = append(b.offsets, e.offset)
	sh := shapeOf(e.host, e.pattern)
	if _, ok := b.seeds[sh]; !ok {
		b.seeds[sh] = sh.newSeed()
	}
	if e.exact = sh[0]&shapeExact != 0; e.exact {
		b.exact++
	}
	if b.firstOther == 0 && (!e.exact || e.host != "") {
		b.firstOther = e.offset
	}
	w := b.scratch[:0]
	w.uint(uint64(option)<<flagBits | boolBit(e.plain)*flagPlain)
	w.uint(uint64(e.line))
	w.uint(uint64(len(e.host) + len(e.pattern)))
	w = append(w, e.host...)
	w = append(w, e.pattern...)
	w.string(e.template)
	b.records.append(w)
	b.scratch = w
}

func boolBit(set bool) uint64 {
	if set {
		return 1
	}
	return 0
}

// entryAt decodes the record at offset.
func (b *builder) entryAt(e *entry, offset uint32) {
	decodeRecord(e, offset, b.records.at(offset), b.options.list)
}

// group puts the entries in the order of their keys, and those that have one key
// into a bucket. It returns the offsets of the rules that are one too many for
// theirs.
func (b *builder) group(entries []indexEntry) (kept []indexEntry, excess []uint32) {
	slices.SortFunc(entries, func(x, y indexEntry) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.offset, y.offset))
	})
	kept = entries[:0]
	for len(entries) > 0 {
		n := 1
		for n < len(entries) && entries[n].key == entries[0].key {
			n++
		}
		entry := entries[0]
		if n > maxBucket {
			excess = append(excess, entries[maxBucket].offset)
		} else if n > 1 {
			entry.offset = b.bucket(entries[:n])
		}
		kept, entries = append(kept, entry), entries[n:]
	}
	return kept, excess
}

// finish makes the slots and buckets of the rules that have been added, and returns
// the offsets of those that are one too many for theirs. No rule can be added after
// it.
func (b *builder) finish() (excess []uint32) {
	exact, wild := b.indexEntries()
	exact, excess = b.group(exact)
	wild, more := b.group(wild)
	b.exactSlots, b.wildSlots = slots(exact), slots(wild)
	return slices.Concat(excess, more)
}

// indexEntries returns the keys of the rules: of those for one path, and of the
// others.
func (b *builder) indexEntries() (exact, wild []indexEntry) {
	exact, wild = make([]indexEntry, 0, b.exact), make([]indexEntry, 0, len(b.offsets)-b.exact)
	var e entry
	var h hasher
	for _, offset := range b.offsets {
		b.entryAt(&e, offset)
		sh := shapeOf(e.host, e.pattern)
		if sh[0]&shapeExact != 0 {
			exact = append(exact, indexEntry{sh.exactKey(b.seeds[sh], e.host, e.pattern), offset})
			continue
		}
		h.host = e.host
		h.cut(e.pattern, maxSegments)
		key, _ := h.key(&seededShape{shape: sh, seed: b.seeds[sh]})
		wild = append(wild, indexEntry{key, offset})
	}
	return exact, wild
}

var errTooLarge = errors.New("redirect: the table is larger than 4 GiB; split it")

// form returns the compiled form, with a flag for the rules at the offsets of
// mayLoop.
func (b *builder) form(mayLoop []uint32) (string, error) {
	if b.records.full || len(b.exactSlots) > maxForm {
		return "", errTooLarge
	}
	var site, options, shapes writer
	site.string(b.site.index)
	site.uint(boolBit(b.site.ignoreSlash)*siteIgnoresSlash | boolBit(b.site.greedy)*siteGreedy)
	site.strings(b.site.languages)
	site.uint(uint64(b.firstOther))
	options.uint(uint64(len(b.options.list)))
	options = append(options, b.options.encoded...)
	shapes.strings(b.sortedShapes())
	header := writer(magic)
	size := 0
	for _, n := range [parts]int{len(site), len(options), len(shapes), len(b.exactSlots), len(b.wildSlots), int(b.records.size)} {
		header.uint32(uint32(n))
		size += n
	}
	var form strings.Builder
	form.Grow(len(header) + size)
	for _, part := range [][]byte{header, site, options, shapes} {
		form.Write(part)
	}
	form.WriteString(b.exactSlots)
	form.WriteString(b.wildSlots)
	b.records.moveTo(&form, mayLoop)
	return form.String(), nil
}

// sortedShapes returns the shapes so that those that begin alike follow each other:
// sorted by their segments, then by what stands before these.
func (b *builder) sortedShapes() []string {
	list := make([]string, 0, len(b.seeds))
	for sh := range b.seeds {
		header := min(shapeHeaderLen, len(sh))
		list = append(list, string(sh[header:]+sh[:header]))
	}
	slices.Sort(list)
	for i, s := range list {
		header := max(len(s)-shapeHeaderLen, 0)
		list[i] = s[header:] + s[:header]
	}
	return list
}

// slots returns a hash table, half full: open addressing with linear probing. The
// entries are in the order of their keys.
func slots(entries []indexEntry) string {
	n := 2 * len(entries)
	table := make([]byte, slotLen*n)
	for _, entry := range entries {
		i := slotOf(entry.key, n)
		for table[i] != 0 {
			if i++; i == n {
				i = 0
			}
		}
		table[i] = tagOf(entry.key)
		p := table[n+4*i:]
		p[0], p[1], p[2], p[3] = byte(entry.offset), byte(entry.offset>>8), byte(entry.offset>>16), byte(entry.offset>>24)
	}
	return string(table)
}
