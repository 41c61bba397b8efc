package redirect

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// A builder makes the compiled form of rules.
type builder struct {
	site    *site
	options writer
	option  map[string]int // the number of encoded options
	scratch writer
	shapes  []string
	seeds   map[shape]uint64
	records writer
	first   uint32 // the place of the first rule that is not for one path of any host
	exact   []head
	wild    []head
	last    map[uint64]uint32 // the place of the link of the last rule of each key, to which the next is added
}

// A head is a key and the place of the first rule that has it.
type head struct {
	key   uint64
	place uint32
}

// maxAlike is how many rules may have one key. A lookup may have to try them all,
// one after the other.
const maxAlike = 1000

// A draft is a rule that is ready to be written.
type draft struct {
	entry
	key  uint64
	next bool // another rule with the same key follows
}

// build returns the compiled form of the drafts.
func build(s *site, drafts []draft) ([]byte, error) {
	b := &builder{site: s, option: map[string]int{}, seeds: map[shape]uint64{}}
	if err := b.keys(drafts); err != nil {
		return nil, err
	}
	b.markFollowed(drafts)
	b.records = append(b.records, 0)
	b.last = make(map[uint64]uint32)
	for i := range drafts {
		b.record(&drafts[i])
	}
	if len(b.records) > maxForm || len(b.exact) > maxForm/16 {
		return nil, errors.New("redirect: the table is larger than 4 GiB; split it")
	}
	var site, options, shapes writer
	site.string(s.index)
	site.bool(s.ignoreSlash)
	site.strings(s.languages)
	site.uint(uint64(b.first))
	options.uint(uint64(len(b.option)))
	options = append(options, b.options...)
	shapes.strings(b.shapes)
	return assemble(site, options, shapes, slots(b.exact), slots(b.wild), b.records), nil
}

// keys sets the keys of the drafts, and which have a successor.
func (b *builder) keys(drafts []draft) error {
	type group struct{ last, n int }
	groups := make(map[uint64]group, len(drafts))
	var cut segments
	for i := range drafts {
		d := &drafts[i]
		sh := shapeOf(d.host, d.pattern)
		seed, ok := b.seeds[sh]
		if !ok {
			seed = sh.newSeed()
			b.seeds[sh] = seed
			b.shapes = append(b.shapes, string(sh))
		}
		if len(b.shapes) > maxShapes {
			return fmt.Errorf("redirect: %s: the table's wildcards stand in more than %d different places; every lookup tries each, so split the table", d.from(), maxShapes)
		}
		d.exact = sh[0]&shapeExact != 0
		d.plain = !strings.ContainsAny(d.template, "?#") && !hasName(d.template)
		if d.exact {
			d.key = sh.exactKey(seed, d.host, d.pattern)
		} else {
			cut = segments{}
			cut.cut(d.pattern)
			d.key, _ = sh.key(seed, d.host, &cut)
		}
		g, ok := groups[d.key]
		if ok {
			drafts[g.last].next = true
		}
		if g.n++; g.n > maxAlike {
			return fmt.Errorf("redirect: %s: more than %d rules begin like this up to their first wildcard; a lookup tries them one by one, so split the table", d.from(), maxAlike)
		}
		groups[d.key] = group{i, g.n}
	}
	return nil
}

// record appends the record of d, and links it with the one before it that has the
// same key.
func (b *builder) record(d *draft) {
	d.place = uint32(len(b.records))
	if b.first == 0 && (!d.exact || d.host != "") {
		b.first = d.place
	}
	if link := b.last[d.key]; link != 0 {
		binary.LittleEndian.PutUint32(b.records[link:], d.place)
	} else {
		h := head{d.key, d.place}
		if d.exact {
			b.exact = append(b.exact, h)
		} else {
			b.wild = append(b.wild, h)
		}
	}
	flags := uint64(b.number(d.entry.options)) << flagBits
	flags |= bit(d.next)*flagNext | bit(d.follow)*flagFollow | bit(d.exact)*flagExact | bit(d.plain)*flagPlain
	b.records.uint(flags)
	if d.next {
		b.last[d.key] = uint32(len(b.records))
		b.records = append(b.records, 0, 0, 0, 0)
	}
	b.records.uint(uint64(d.line))
	b.records.string(d.host + d.pattern)
	b.records.string(d.template)
}

func bit(set bool) uint64 {
	if set {
		return 1
	}
	return 0
}

// number returns the number of the options, which it writes if they are new.
func (b *builder) number(o *options) int {
	b.scratch = b.scratch[:0]
	o.encode(&b.scratch)
	n, ok := b.option[string(b.scratch)]
	if !ok {
		n = len(b.option)
		b.option[string(b.scratch)] = n
		b.options = append(b.options, b.scratch...)
	}
	return n
}

// slots returns a hash table, half full: open addressing with linear probing.
func slots(heads []head) []byte {
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
		binary.LittleEndian.PutUint32(table[n+4*i:], h.place)
	}
	return table
}
