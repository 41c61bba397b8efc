package jsontext

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Error says what is wrong with a text and at which byte.
type Error struct {
	Offset int    // in bytes, from 0
	Reason string // what stands there and what should
}

func (e *Error) Error() string {
	return "byte " + strconv.Itoa(e.Offset) + ": " + e.Reason
}

// Path returns the place in text of the value, or the member name, that begins at
// offset or is around it, such as Records[0].cf.request.headers.host[0].value; it
// is "" for the outermost value. It reads text anew, since only the message of an
// error needs it, and asks no more of it than that it is JSON up to the offset.
func Path(text string, offset int) string {
	var (
		levels []level
		name   string // the member name read last
	)
	for i := 0; i < min(offset, len(text)); i++ {
		top := len(levels) - 1
		switch text[i] {
		case '{':
			levels = append(levels, level{object: true})
		case '[':
			levels = append(levels, level{})
		case '}', ']':
			levels = levels[:max(top, 0)]
		case ',':
			if top >= 0 {
				levels[top].index++
				levels[top].named = false
			}
		case ':':
			if top >= 0 {
				levels[top].name, levels[top].named = name, true
			}
		case '"':
			end := stringEnd(text, i)
			name = text[i+1 : end]
			i = end
		}
	}
	if top := len(levels) - 1; top >= 0 && levels[top].object && !levels[top].named && offset < len(text) && text[offset] == '"' {
		levels[top].name, levels[top].named = text[offset+1:stringEnd(text, offset)], true
	}
	return join(levels)
}

// A level is one object or array around an offset.
type level struct {
	object bool
	index  int
	name   string
	named  bool
}

// join writes the levels as a path. Names that are no plain words are quoted, and
// what is deeper than eight levels is left out.
func join(levels []level) string {
	var b strings.Builder
	for i, l := range levels {
		switch {
		case i == 8:
			return b.String() + "..."
		case !l.object:
			b.WriteString("[" + strconv.Itoa(l.index) + "]")
		case !l.named:
			return b.String()
		case isWord(l.name):
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(l.name)
		default:
			b.WriteString("[" + strconv.Quote(Shorten(l.name)) + "]")
		}
	}
	return b.String()
}

// isWord reports whether a name needs no quotation marks in a path.
func isWord(name string) bool {
	for _, c := range []byte(name) {
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return name != "" && len(name) <= 64
}

// stringEnd returns the offset of the quotation mark that ends the string at i,
// or the length of the text.
func stringEnd(text string, i int) int {
	for i++; i < len(text) && text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return min(i, len(text))
}

// Shorten returns s, or its beginning and its length where it is long, so that a
// message stays readable whatever came in.
func Shorten(s string) string {
	const most = 64
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "... (" + strconv.Itoa(len(s)) + " bytes)"
}
