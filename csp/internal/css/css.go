// Package css finds the URLs that a style sheet, or a style attribute, loads from. It
// takes the text apart into tokens as CSS Syntax Level 3 says (section 4), and of the
// grammar it follows what decides what a URL is for: blocks, at-rules and functions. What
// is wrong in other ways, an unknown property for example, it does not see.
package css

import "bytes"

// A Kind says what a URL is for.
type Kind uint8

const (
	// Image is a URL in a declaration: of an image, a cursor, a filter...
	Image Kind = iota + 1

	// Font is a URL in an @font-face rule.
	Font

	// Sheet is the URL of an @import rule.
	Sheet
)

// A Load is a URL in a style sheet.
type Load struct {
	Kind   Kind
	URL    string // with its escapes replaced; of a very long data: URL only the beginning
	Offset int64  // of the URL's first byte, or of the quote before it
}

// maxURL limits the memory that a URL takes. A longer one is left out, unless it is a
// data: URL.
const maxURL = 64 << 10

// maxDepth limits the memory that open brackets take. What is deeper is not read.
const maxDepth = 64 << 10

// A Scanner reads a style sheet that is written to it in pieces, and calls Found for
// what it loads, in the order of the text. Close it at the end of the text. The zero
// Scanner reads a style sheet.
type Scanner struct {
	Found func(Load)

	// Declarations says that the text is that of a style attribute, which has no
	// at-rules.
	Declarations bool

	state  state
	escape escape
	skipLF bool   // the last byte was the CR of a newline that an escape took
	quote  byte   // that the string ends with
	prefix byte   // before a name: '@', '#', or a digit that it begins with
	text   []byte // of a name, or of a URL
	cut    bool   // text is longer than maxURL
	kind   Kind   // of the URL in text; 0 of a string that is none
	begun  int64  // offset of the URL in text
	offset int64  // of the byte that is being read

	open     []bracket
	fonts    int  // open @font-face rules
	rule     rule // whose prelude is being read
	ruleOpen int  // len(open) in that prelude
}

// MayLoad reports whether the text has anything in it that a [Scanner] could find. It
// is much faster.
func MayLoad(text []byte) bool {
	if bytes.IndexByte(text, '\\') >= 0 {
		return true // a name may be written in escapes
	}
	for rest := text; ; {
		i := bytes.IndexByte(rest, '(')
		if i < 0 {
			break
		}
		if i > 0 && (rest[i-1]|0x20 == 'l' || rest[i-1]|0x20 == 't') { // url( and image-set(
			return true
		}
		rest = rest[i+1:]
	}
	for rest := text; ; {
		i := bytes.IndexByte(rest, '@')
		if i < 0 {
			return false
		}
		if rest = rest[i+1:]; len(rest) == 0 || rest[0]|0x20 == 'i' { // @import
			return true
		}
	}
}

// Write reads a piece of the text. It never fails.
func (s *Scanner) Write(piece []byte) (int, error) {
	for rest := piece; len(rest) > 0; {
		n := s.step(rest)
		s.offset += int64(n)
		rest = rest[n:]
	}
	return len(piece), nil
}

// Close reads the end of the text, which ends a URL that is open (CSS Syntax 4.3.5 and
// 4.3.6), and makes the Scanner ready for another text.
func (s *Scanner) Close() error {
	if s.escape.digits > 0 {
		s.endEscape()
	}
	switch s.state {
	case inString, inURL, afterURL:
		s.found()
	}
	*s = Scanner{Found: s.Found, Declarations: s.Declarations, text: s.text[:0], open: s.open[:0]}
	return nil
}

// found gives the URL in text to Found.
func (s *Scanner) found() {
	if s.kind == 0 || s.cut && !bytes.HasPrefix(bytes.ToLower(s.text[:min(len(s.text), 5)]), []byte("data:")) {
		return
	}
	if url := bytes.Trim(s.text, "\t\n\f\r "); len(url) > 0 && url[0] != '#' { // "#a" is in the document itself
		s.Found(Load{s.kind, string(url), s.begun})
	}
}

// keep adds bytes to the text that is being collected.
func (s *Scanner) keep(b ...byte) {
	if len(s.text)+len(b) > maxURL {
		s.cut = true
		return
	}
	s.text = append(s.text, b...)
}
