// Package redact takes out of text what a viewer sent and nobody else should read: the query string, cookies, credentials, addresses,
// and whatever else is not known to be harmless. It knows plain values only, not where they come from.
//
// A text is a function's error, for instance: it may quote a secret whole or in part, shortened, and escaped by who quoted it. So
// the rule is about pieces:
//
//   - eight bytes in a row that a secret has, too, are blanked, wherever they stand;
//   - a value of 3 to 7 bytes, or a word of 4 to 7 letters and digits in a value, is blanked where it stands by itself, between
//     characters that are no ASCII letters and digits;
//   - the beginning of a value, 3 to 7 bytes, is blanked in front of a cut ("…" or "...");
//   - an address is blanked in every spelling.
//
// Values of one or two bytes stay: they say little, and without them nothing could be read. Capital letters count as small ones. All
// this holds for what the text says under up to three layers of escapes (see [views]).
package redact

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Text is something to print.
type Text struct {
	String string
	Words  bool // it may quote values: short ones are looked for. Without it only pieces of eight bytes and addresses are
}

// Redact returns the texts with "…" in the place of each run that is secret. The time that it takes grows with the length of the
// texts and of the secrets, the memory with that of the texts only.
func (s *Secrets) Redact(texts []Text) []string {
	x := index{}
	for kind := range x {
		x[kind] = map[uint64]bool{}
	}
	seen := make([][]view, len(texts))
	for i, t := range texts {
		seen[i] = views(t.String, true)
		for _, v := range seen[i] {
			v.runs(t.Words, func(kind, _, _ int, key uint64) { x[kind][key] = false })
		}
	}
	for secret, hasWords := range s.values {
		for _, v := range views(secret, false) {
			x.find(v.text, hasWords)
		}
	}
	redacted := make([]string, len(texts))
	for i, t := range texts {
		marked := make([]bool, len(t.String))
		for _, v := range seen[i] {
			v.runs(t.Words, func(kind, from, to int, key uint64) {
				if x[kind][key] {
					v.mark(marked, from, to)
				}
			})
			for a := range s.addresses.in(v.text) {
				v.mark(marked, a.from, a.to)
			}
		}
		redacted[i] = blank(t.String, marked)
	}
	return redacted
}

// The kinds of runs of bytes that are looked for.
const (
	piece = iota // pieceLength bytes in a row
	word         // a short value, or a short word of a value
	cut          // what stands in front of a cut
	kinds
)

const (
	pieceLength = 8 // fits into a uint64
	shortest    = 3 // of a value, or of its beginning
	shortestOf  = 4 // of a word in a value
)

// An index has the runs of the texts by their packed bytes, and whether a secret has the run, too.
type index [kinds]map[uint64]bool

// find marks the runs that stand in a secret.
func (x *index) find(secret []byte, hasWords bool) {
	hit := func(kind int, key uint64) {
		if _, wanted := x[kind][key]; wanted {
			x[kind][key] = true
		}
	}
	pieces(secret, func(_ int, key uint64) { hit(piece, key) })
	if !hasWords {
		return
	}
	value := func(v []byte, shortest int) {
		if len(v) >= shortest && len(v) < pieceLength {
			hit(word, pack(v))
		}
	}
	beginning := func(v []byte) {
		for n := shortest; n < min(len(v), pieceLength); n++ {
			hit(cut, pack(v[:n]))
		}
	}
	value(secret, shortest)
	beginning(secret)
	for part := range bytes.FieldsFuncSeq(secret, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		value(part, shortestOf)
		beginning(part)
	}
}

// runs calls f with each run of the view that a secret may have.
func (v *view) runs(words bool, f func(kind, from, to int, key uint64)) {
	pieces(v.text, func(from int, key uint64) { f(piece, from, from+pieceLength, key) })
	if !words {
		return
	}
	for i := range v.text {
		if rest := v.text[i:]; bytes.HasPrefix(rest, []byte("…")) || bytes.HasPrefix(rest, []byte("...")) {
			for n := shortest; n < pieceLength && n <= i; n++ {
				f(cut, i-n, i, pack(v.text[i-n:i]))
			}
		}
		if i > 0 && isWord(v.text[i-1]) {
			continue
		}
		for to := i + shortest; to < i+pieceLength && to <= len(v.text); to++ {
			if to == len(v.text) || !isWord(v.text[to]) {
				f(word, i, to, pack(v.text[i:to]))
			}
		}
	}
}

// pieces calls f with each pieceLength bytes in a row.
func pieces(text []byte, f func(from int, key uint64)) {
	var key uint64
	for i, c := range text {
		key = key<<8 | uint64(lower(c))
		if i >= pieceLength-1 {
			f(i-pieceLength+1, key)
		}
	}
}

// pack makes a number of less than eight bytes.
func pack(b []byte) uint64 {
	key := uint64(len(b))
	for _, c := range b {
		key = key<<8 | uint64(lower(c))
	}
	return key
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func isWord(c byte) bool {
	c = lower(c)
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
}

// blank puts "…" in the place of each run that has a mark. A character with a mark on one of its bytes goes as a whole; a space at
// the end of a run stays, for the words around it.
func blank(text string, marked []bool) string {
	for i := range marked {
		if text[i] == ' ' && (i == 0 || !marked[i-1] || i+1 == len(text) || !marked[i+1]) {
			marked[i] = false
		}
	}
	var b strings.Builder
	hidden := false
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		was := hidden
		hidden = slices.Contains(marked[i:i+size], true)
		switch {
		case !hidden:
			b.WriteString(text[i : i+size])
		case !was:
			b.WriteString("…")
		}
		i += size
	}
	return b.String()
}
