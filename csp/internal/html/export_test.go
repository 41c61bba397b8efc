package html

import "io"

// NewSmallTokenizer gives a tokenizer whose buffer holds n bytes at first, so
// that short pages meet its edges too.
func NewSmallTokenizer(r io.Reader, n int) *Tokenizer {
	return &Tokenizer{r: r, buf: make([]byte, 0, n)}
}
