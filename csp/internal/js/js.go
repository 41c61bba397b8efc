// Package js finds the modules that a script imports. It takes the text apart into the
// tokens of ECMAScript (section 12), and knows of the grammar what tells a regular
// expression from a division, and what import and export declarations and import calls
// look like. It builds no tree, so what it finds in a text that is no script, which no
// browser runs, means nothing.
package js

import "bytes"

// An Import is a module that a script names by a constant.
type Import struct {
	Specifier string
	Type      string // of its attributes, "json" for example; "" for scripts
	Dynamic   bool   // it is an import call
	Offset    int64  // of the specifier's first quote
}

// maxText limits the memory that a specifier takes. A longer one is left out, unless it
// is a data: URL, of which the beginning is kept.
const maxText = 64 << 10

// maxDepth limits the memory that open brackets take. What is deeper is not read.
const maxDepth = 64 << 10

// A Scanner reads a script that is written to it in pieces, and calls Found for what it
// imports, in the order of the text. Close it at the end of the text. The zero Scanner
// reads a classic script.
type Scanner struct {
	Found func(Import)

	// Module says that the text is that of a module: it may have import and export
	// declarations.
	Module bool

	lexer   lexer
	context context
	parser  parser
}

// MayImport reports whether the text of a script or a module, or a piece of it, has
// anything in it that an import takes. It is much faster than a [Scanner]. Keywords
// cannot be written in escapes (12.7.2).
func MayImport(text []byte, module bool) bool {
	return bytes.Contains(text, []byte("import")) || module && bytes.Contains(text, []byte("from"))
}

// Write reads a piece of the text. It never fails.
func (s *Scanner) Write(piece []byte) (int, error) {
	for rest := piece; len(rest) > 0; {
		n := s.step(rest)
		s.lexer.offset += int64(n)
		rest = rest[n:]
	}
	return len(piece), nil
}

// Close reads the end of the text, and makes the Scanner ready for another one.
func (s *Scanner) Close() error {
	s.flush()
	s.parser.end(s)
	*s = Scanner{Found: s.Found, Module: s.Module,
		lexer: lexer{text: s.lexer.text[:0]}, context: context{open: s.context.open[:0]}}
	return nil
}
