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
	site    *site
	options optionSet
	seeds   map[shape]uint64
	records records
	places  []uint32 // of the records, in the order of the rules
	first   uint32   // the place of the first rule that is not for one path of any host
	exact   int      // how many rules are for one path
	scratch writer

	exactSlots, wildSlots string   // made by finish
	hops                  []uint32 // made by mayLoop: the places of the rules whose target a rule may be for
}

// A head is a key and the place of a rule that has it, or of the bucket of all that
// have.
type head struct {
	key   uint64
	place uint32
}

// maxAlike is how many rules may have one key. A lookup may have to try them all,
// one after the other.
const maxAlike = 1000

func newBuilder(s *site) *builder {
	b := &builder{site: s, options: newOptionSet(), seeds: map[shape]uint64{}}
	b.records.append([]byte{0})
	return b
}

// add adds a rule, whose options have been added before.
func (b *builder) add(e *entry, option int) {
	e.place = b.records.size
	b.places = append(b.places, e.place)
	sh := shapeOf(e.host, e.pattern)
	if _, ok := b.seeds[sh]; !ok {
		b.seeds[sh] = sh.newSeed()
	}
	if e.exact = sh[0]&shapeExact != 0; e.exact {
		b.exact++
	}
	if b.first == 0 && (!e.exact || e.host != "") {
		b.first = e.place
	}
	w := b.scratch[:0]
	w.uint(uint64(option)<<flagBits | bit(e.plain)*flagPlain)
	w.uint(uint64(e.line))
	w.uint(uint64(len(e.host) + len(e.pattern)))
	w = append(w, e.host...)
	w = append(w, e.pattern...)
	w.string(e.template)
	b.records.append(w)
	b.scratch = w
}

func bit(set bool) uint64 {
	if set {
		return 1
	}
	return 0
}

// entryAt decodes the record at place.
func (b *builder) entryAt(e *entry, place uint32) {
	decodeRecord(e, place, b.records.at(place), b.options.list)
}

// group puts the heads in the order of their keys, and those that have one key into
// a bucket. It returns the places of the rules that are one too many for theirs.
func (b *builder) group(heads []head) (kept []head, excess []uint32) {
	slices.SortFunc(heads, func(x, y head) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.place, y.place))
	})
	kept = heads[:0]
	for len(heads) > 0 {
		n := 1
		for n < len(heads) && heads[n].key == heads[0].key {
			n++
		}
		h := heads[0]
		if n > maxAlike {
			excess = append(excess, heads[maxAlike].place)
		} else if n > 1 {
			h.place = b.bucket(heads[:n])
		}
		kept, heads = append(kept, h), heads[n:]
	}
	return kept, excess
}

// finish makes the slots and buckets of the rules that have been added, and returns
// the places of those that are one too many for theirs. No rule can be added after
// it.
func (b *builder) finish() (excess []uint32) {
	exact, wild := b.heads()
	exact, excess = b.group(exact)
	wild, more := b.group(wild)
	b.exactSlots, b.wildSlots = slots(exact), slots(wild)
	return slices.Concat(excess, more)
}

// heads returns the keys of the rules: of those for one path, and of the others.
func (b *builder) heads() (exact, wild []head) {
	exact, wild = make([]head, 0, b.exact), make([]head, 0, len(b.places)-b.exact)
	var e entry
	var h hasher
	for _, place := range b.places {
		b.entryAt(&e, place)
		sh := shapeOf(e.host, e.pattern)
		if sh[0]&shapeExact != 0 {
			exact = append(exact, head{sh.exactKey(b.seeds[sh], e.host, e.pattern), place})
			continue
		}
		h.host = e.host
		h.cut(e.pattern, maxSegments)
		key, _ := h.key(&seededShape{shape: sh, seed: b.seeds[sh]})
		wild = append(wild, head{key, place})
	}
	return exact, wild
}

var errTooLarge = errors.New("redirect: the table is larger than 4 GiB; split it")

// form returns the compiled form, with a flag for the rules at the places of
// followed.
func (b *builder) form(followed []uint32) (string, error) {
	if b.records.full || len(b.exactSlots) > maxForm {
		return "", errTooLarge
	}
	var site, options, shapes writer
	site.string(b.site.index)
	site.uint(bit(b.site.ignoreSlash)*siteIgnoresSlash | bit(b.site.greedy)*siteGreedy)
	site.strings(b.site.languages)
	site.uint(uint64(b.first))
	options.uint(uint64(len(b.options.list)))
	options = append(options, b.options.encoded...)
	shapes.strings(b.sortedShapes())
	head := writer(magic)
	size := 0
	for _, n := range [parts]int{len(site), len(options), len(shapes), len(b.exactSlots), len(b.wildSlots), int(b.records.size)} {
		head.uint32(uint32(n))
		size += n
	}
	var form strings.Builder
	form.Grow(len(head) + size)
	for _, part := range [][]byte{head, site, options, shapes} {
		form.Write(part)
	}
	form.WriteString(b.exactSlots)
	form.WriteString(b.wildSlots)
	b.records.moveTo(&form, followed)
	return form.String(), nil
}

// sortedShapes returns the shapes so that those that begin alike follow each other:
// sorted by their segments, then by what stands before these.
func (b *builder) sortedShapes() []string {
	list := make([]string, 0, len(b.seeds))
	for sh := range b.seeds {
		head := min(shapeHead, len(sh))
		list = append(list, string(sh[head:]+sh[:head]))
	}
	slices.Sort(list)
	for i, s := range list {
		head := max(len(s)-shapeHead, 0)
		list[i] = s[head:] + s[:head]
	}
	return list
}

// slots returns a hash table, half full: open addressing with linear probing. The
// heads are in the order of their keys.
func slots(heads []head) string {
	n := 2 * len(heads)
	table := make([]byte, slotLen*n)
	for _, h := range heads {
		i := slotOf(h.key, n)
		for table[i] != 0 {
			if i++; i == n {
				i = 0
			}
		}
		table[i] = tagOf(h.key)
		p := table[n+4*i:]
		p[0], p[1], p[2], p[3] = byte(h.place), byte(h.place>>8), byte(h.place>>16), byte(h.place>>24)
	}
	return string(table)
}
