package redirect

import (
	"slices"
	"strings"
)

// records are those of a table that is being built, in pieces, so that they need
// not be copied when there are more. A record lies in one piece.
type records struct {
	pieces []*strings.Builder
	begins []uint32 // where the pieces begin
	size   uint32
	full   bool // there were more than a table may have
}

// The first piece is small, since most tables are; each is as large as all before
// it, until they are large enough to be few and small enough to waste little.
const (
	minPiece = 1 << 8
	maxPiece = 1 << 20
)

// append appends a record, which lies at the size that r had before.
func (r *records) append(record []byte) {
	if r.full = r.full || len(record) > maxForm-int(r.size); r.full {
		return
	}
	last := len(r.pieces) - 1
	if last < 0 || r.pieces[last].Len()+len(record) > r.pieces[last].Cap() {
		piece := new(strings.Builder)
		piece.Grow(max(minPiece, min(int(r.size), maxPiece), len(record)))
		r.pieces, r.begins = append(r.pieces, piece), append(r.begins, r.size)
		last++
	}
	r.pieces[last].Write(record)
	r.size += uint32(len(record))
}

// at returns the record at offset and what follows it in its piece.
func (r *records) at(offset uint32) string {
	i, found := slices.BinarySearch(r.begins, offset)
	if !found {
		i--
	}
	return r.pieces[i].String()[offset-r.begins[i]:]
}

// moveTo appends all records to form, with a flag set in those at the offsets of
// mayLoop, and forgets them.
func (r *records) moveTo(form *strings.Builder, mayLoop []uint32) {
	for i, piece := range r.pieces {
		rest, begin := piece.String(), r.begins[i]
		for len(mayLoop) > 0 && mayLoop[0]-begin < uint32(piece.Len()) {
			at := int(mayLoop[0]-begin) - (piece.Len() - len(rest))
			form.WriteString(rest[:at])
			form.WriteByte(rest[at] | flagMayLoop)
			rest, mayLoop = rest[at+1:], mayLoop[1:]
		}
		form.WriteString(rest)
		r.pieces[i] = nil
	}
	r.pieces = nil
}
