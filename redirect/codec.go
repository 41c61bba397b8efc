package redirect

import "encoding/binary"

// A writer appends values in the form in which a reader reads them: numbers as
// varints, strings and lists with their length in front.
type writer []byte

func (w *writer) uint(n uint64) { *w = binary.AppendUvarint(*w, n) }

// uint32 appends four bytes, the lowest first.
func (w *writer) uint32(n uint32) { *w = binary.LittleEndian.AppendUint32(*w, n) }

func (w *writer) bool(b bool) { w.uint(boolBit(b)) }

func (w *writer) string(s string) {
	w.uint(uint64(len(s)))
	*w = append(*w, s...)
}

func (w *writer) strings(list []string) {
	w.uint(uint64(len(list)))
	for _, s := range list {
		w.string(s)
	}
}

// A reader reads what a writer has written. What it returns lies in the string that
// it reads: nothing is copied. After a mistake it returns zeros.
type reader struct {
	s   string
	bad bool
}

func (r *reader) uint() uint64 {
	var n uint64
	for i := 0; i < len(r.s) && i < binary.MaxVarintLen64; i++ {
		n |= uint64(r.s[i]&0x7f) << (7 * i)
		if r.s[i] < 0x80 {
			r.s = r.s[i+1:]
			return n
		}
	}
	r.fail()
	return 0
}

func (r *reader) bool() bool { return r.uint() != 0 }

func (r *reader) string() string {
	n := r.uint()
	if n > uint64(len(r.s)) {
		r.fail()
		return ""
	}
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

// count reads the length of a list. Each element takes a byte at least, so that a
// wrong length cannot make the reader ask for more memory than it has text.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.s)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) strings() []string {
	n := r.count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = r.string()
	}
	return list
}

func (r *reader) byte() byte {
	if r.s == "" {
		r.fail()
		return 0
	}
	c := r.s[0]
	r.s = r.s[1:]
	return c
}

func (r *reader) fail() { r.s, r.bad = "", true }
