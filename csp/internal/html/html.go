// Package html takes HTML pages apart into tags and text as they are read, as far
// as finding the code in them needs it. It follows the tokenization of the HTML
// Standard (13.2.5) byte for byte, and of its tree construction (13.2.6) what
// decides how the tokenizer goes on: which elements hold raw text, and where SVG
// and MathML begin and end. It builds no tree, so in pages with misnested SVG it
// may take a foreign element for an HTML one or the other way round.
package html

import (
	"errors"
	"io"
)

// A Kind says what a [Token] is.
type Kind uint8

const (
	// Text is a piece of text, character references and all. One run of text
	// may come in several pieces.
	Text Kind = iota + 1

	// CDATA is a piece of text of a CDATA section, where "&" means itself.
	CDATA

	StartTag
	EndTag

	// Markup is what leaves nothing that could run: comments, doctypes, the
	// brackets of CDATA sections, a tag that the end of the page cuts off.
	Markup
)

// A Token is a piece of a page. The Raw of all tokens in a row is the page.
type Token struct {
	Kind   Kind
	Offset int64  // of Raw in the page
	Raw    []byte // as in the page

	// Of tags only.
	Name        []byte // in lower case
	Attrs       []Attr // of start tags; a repeated name counts only the first time
	SelfClosing bool

	// Foreign reports that a start tag opens an element of SVG or MathML.
	Foreign bool
}

// Attr finds the raw value of the attribute of that name, given in lower case.
func (t *Token) Attr(name string) (raw []byte, ok bool) {
	for i := range t.Attrs {
		if string(t.Attrs[i].Name) == name {
			return t.Attrs[i].Raw, true
		}
	}
	return nil, false
}

// An Attr is an attribute.
type Attr struct {
	Name   []byte // in lower case
	Raw    []byte // the value without its quotes, as in the page: see [AppendValue]
	Offset int    // of the name in the tag
}

// A Tokenizer reads a page. The memory it takes is that of the longest tag.
type Tokenizer struct {
	r      io.Reader
	err    error  // of r
	buf    []byte // buf[start:] has been read and not yet been given out
	start  int
	offset int64 // of buf[start] in the page

	mode    mode
	endName string // of modeRaw: the element whose end tag ends the text
	script  scriptState
	foreign []element // open elements of SVG and MathML
	token   Token
	lower   []byte          // letters of names that had to be changed
	names   map[string]bool // of the attributes of a tag with many
}

// A mode is a group of tokenization states.
type mode uint8

const (
	modeData      mode = iota
	modeRaw            // RCDATA and RAWTEXT, which end in the same way
	modeScript         // the script data states
	modePlaintext      // to the end of the page
	modeComment        // after "<!--"
	modeBogus          // to the next ">"
	modeCDATA
)

const firstBuffer = 64 << 10

// NewTokenizer gives a tokenizer of the page that r reads.
func NewTokenizer(r io.Reader) *Tokenizer { return &Tokenizer{r: r} }

// Next gives the next token, which is valid until the next call. At the end of
// the page the error is io.EOF; any other is the reader's.
func (z *Tokenizer) Next() (*Token, error) {
	for {
		atEnd := z.err != nil
		if atEnd && (z.err != io.EOF || z.start == len(z.buf)) {
			return nil, z.err
		}
		z.token = Token{Attrs: z.token.Attrs[:0]}
		b := z.buf[z.start:]
		if n := z.scan(b, atEnd); n > 0 {
			z.token.Raw, z.token.Offset = b[:n], z.offset
			z.start += n
			z.offset += int64(n)
			return &z.token, nil
		}
		z.more()
	}
}

// scan sets the token that b begins with, but for Raw and Offset, and gives its
// length. It gives 0 if it takes more of the page to tell; at the page's end it
// does not, unless b is empty.
func (z *Tokenizer) scan(b []byte, atEnd bool) int {
	if len(b) == 0 {
		return 0
	}
	switch z.mode {
	case modeRaw:
		return z.scanRaw(b, atEnd)
	case modeScript:
		return z.scanScript(b, atEnd)
	case modePlaintext:
		z.token.Kind = Text
		return len(b)
	case modeComment:
		return z.scanComment(b, atEnd)
	case modeBogus:
		return z.scanBogus(b)
	case modeCDATA:
		return z.scanCDATA(b, atEnd)
	}
	return z.scanData(b, atEnd)
}

// more reads on until the buffer is full or the page ends. Twice the room for
// every try keeps the time linear in the length of the longest tag.
func (z *Tokenizer) more() {
	kept := copy(z.buf, z.buf[z.start:])
	z.buf, z.start = z.buf[:kept], 0
	if kept == cap(z.buf) {
		larger := make([]byte, kept, max(2*kept, firstBuffer))
		copy(larger, z.buf)
		z.buf = larger
	}
	for idle := 0; len(z.buf) < cap(z.buf) && z.err == nil; {
		n, err := z.r.Read(z.buf[len(z.buf):cap(z.buf)])
		z.buf = z.buf[:len(z.buf)+n]
		if idle++; n > 0 {
			idle = 0
		}
		if z.err = err; err == nil && idle == 100 {
			z.err = errors.New("html: the reader gives neither data nor an error")
		}
	}
}
