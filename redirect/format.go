package redirect

import (
	"errors"
	"io"
	"math"
)

// The compiled form of a table is a string that is ready as it lies in a program's
// read-only data: looking up reads it in place, so that a table of a million rules
// costs a process nothing at its start, and memory only where lookups touch it.
//
//	magic     8 bytes, with the version of the format
//	lengths   4 bytes each, of the other parts
//	site      index, flags, languages, offset of the first rule that is not for one path
//	          of any host
//	options   a count, then each
//	shapes    a list of strings; those that begin alike follow each other
//	exact     slots, first a byte for each, its tag, which is the low byte of a key's
//	          hash or 0 if the slot is free, then 4 bytes for each, the offset of the
//	          rule with the key in records, or of the bucket if there are several; the
//	          high half of the hash says where the search for a key begins, and it ends
//	          at a free slot
//	wildcards the same for rules with wildcards: so few that processors keep them near
//	records   a byte that is 0, then the rules in their order, then the buckets
//
// A record is the number of its options with the flags, the line, host and pattern,
// and the template.
const magic = "edgeRED\x02"

const (
	parts     = 6
	headerLen = len(magic) + parts*4
)

// Flags of a site.
const (
	siteIgnoresSlash = 1 << iota
	siteGreedy
)

// Flags of a record.
const (
	flagBucket  = 1 << iota // it is none, but a bucket
	flagMayLoop             // whether this redirect ends is known only when the values are
	flagPlain               // the template is a path without names
	flagBits    = iota
)

// Load returns the table of a compiled form, which [Table.MarshalBinary] has
// written; most programs embed it:
//
//	//go:embed redirects.bin
//	var compiled string
//
// Load checks the frame and not the rules, which it does not read, so it takes the
// same time for all tables. The compiled form is part of the program: it is to be
// trusted like that. No other makes a lookup panic, though.
func Load(compiled string) (*Table, error) {
	if len(compiled) < headerLen || compiled[:len(magic)] != magic {
		return nil, errors.New("redirect: not a compiled table of this version; compile it again")
	}
	var part [parts]string
	rest := compiled[headerLen:]
	for i := range part {
		n := load32(compiled[len(magic)+4*i:])
		if uint64(n) > uint64(len(rest)) {
			return nil, errors.New("redirect: compiled table is cut short; compile it again")
		}
		part[i], rest = rest[:n], rest[n:]
	}
	t := &Table{compiled: compiled, exact: part[3], wildcards: part[4], records: part[5]}
	r := reader{s: part[0]}
	t.site.index = r.string()
	flags := r.uint()
	t.site.ignoreSlash, t.site.greedy = flags&siteIgnoresSlash != 0, flags&siteGreedy != 0
	t.site.languages = r.strings()
	t.firstOther = uint32(r.uint())
	bad := r.bad
	r = reader{s: part[1]}
	for range r.count() {
		t.options = append(t.options, decodeOptions(&r))
	}
	bad = bad || r.bad
	r = reader{s: part[2]}
	for _, s := range r.strings() {
		sh := shape(s)
		switch {
		case !sh.isValid():
			bad = true
		case sh[0] == shapeExact:
			t.anyHost = sh.newSeed()
		default:
			t.shapes = append(t.shapes, seededShape{shape: sh, seed: sh.newSeed()})
			if sh[0]&shapeExact == 0 {
				t.keySegments = max(t.keySegments, int(sh[1]), len(sh)-shapeHeaderLen)
			}
		}
	}
	setSharedPrefixes(t.shapes)
	if bad || r.bad || rest != "" || len(t.exact)%slotLen+len(t.wildcards)%slotLen != 0 {
		return nil, errors.New("redirect: compiled table is damaged; compile it again")
	}
	return t, nil
}

// MarshalBinary returns the table's compiled form, for a file that a program embeds
// and gives to [Load]. It never fails. The same rules always give the same bytes.
func (t *Table) MarshalBinary() ([]byte, error) {
	return []byte(t.form()), nil
}

// WriteTo writes the table's compiled form, as [Table.MarshalBinary] returns it,
// without a copy in memory.
func (t *Table) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, t.form())
	return int64(n), err
}

func (t *Table) form() string {
	if t.compiled != "" {
		return t.compiled
	}
	empty, _ := newBuilder(&site{}).form(nil)
	return empty
}

// maxForm is how long a part of a compiled form may be.
const maxForm = math.MaxUint32
