package forms

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// words cuts a line into words as Apache does: a word may stand between quotation
// marks, in which a backslash before one makes it a part of the word.
// What begins in a line that goes on has no column there.
func (h *htaccessReader) words(line string) (words []field, ok bool) {
	at := h.at[0]
	for i := 0; i < len(line); {
		if line[i] == ' ' || line[i] == '\t' {
			i++
			continue
		}
		where := position{at.line, at.column + i}
		if len(h.at) > 1 && i > 0 {
			where.column = 0
		}
		text, n := quotedWord(line[i:])
		if n < 0 {
			h.fail(where, rulefile.Syntax, "a quotation mark without its end")
			return nil, false
		}
		words = append(words, field{where, text, true})
		i += n
	}
	return words, len(words) > 0
}

// quotedWord returns the word that s begins with and its length there, -1 if it does
// not end.
func quotedWord(s string) (text string, n int) {
	quote := s[0]
	if quote != '"' && quote != '\'' {
		if n = strings.IndexAny(s, " \t"); n < 0 {
			n = len(s)
		}
		return s[:n], n
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && s[i+1] == quote:
			i++
			b.WriteByte(quote)
		case s[i] == quote:
			return b.String(), i + 1
		default:
			b.WriteByte(s[i])
		}
	}
	return "", -1
}
