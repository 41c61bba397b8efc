package redirect

import (
	"bytes"
	"strings"
)

// A query is what stands after the path. A question mark with nothing behind it is
// a query too, an empty one.
type query struct {
	raw string
	has bool
}

// cutQuery cuts the query from target.
func cutQuery(target string) (path string, q query) {
	path, raw, has := strings.Cut(target, "?")
	return path, query{raw, has}
}

// append appends q with its question mark.
func (q query) append(dst []byte) []byte {
	if !q.has {
		return dst
	}
	return appendOpaque(append(dst, '?'), q.raw)
}

// equal reports whether q is text, which begins with its question mark. If either
// is empty, none is taken for the same as empty if loose is set.
func (q query) equal(text []byte, loose bool) bool {
	if len(text) == 0 {
		return q.raw == "" && (loose || !q.has)
	}
	if !loose && !q.has {
		return false
	}
	// In a Location the viewer's query is escaped where a browser would have.
	return string(text[1:]) == q.raw || hasUnsafe(q.raw) && bytes.Equal(text[1:], appendOpaque(nil, q.raw))
}

// appendViewerQuery appends what of the viewer's query goes along. The target's own
// query, if it has one, is what dst ends with, from begin on.
func appendViewerQuery(dst []byte, begin int, has bool, mode QueryMode, viewer query) []byte {
	switch {
	case mode == Drop, !viewer.has, mode == TargetWins && has:
		return dst
	case !has:
		return viewer.append(dst)
	case mode == Preserve:
		return appendPair(dst, begin, viewer.raw)
	}
	own := string(dst[begin:])
	for pair := range strings.SplitSeq(viewer.raw, "&") {
		if pair != "" && !hasParameter(own, parameterName(pair)) {
			dst = appendPair(dst, begin, pair)
		}
	}
	return dst
}

// appendPair appends pair to the query that dst ends with.
func appendPair(dst []byte, begin int, pair string) []byte {
	if len(dst) > begin && pair != "" {
		dst = append(dst, '&')
	}
	return appendOpaque(dst, pair)
}

// filterQuery returns viewer without the parameters that allow and deny leave out.
// If none is left there is no query.
func filterQuery(viewer query, allow, deny []string) query {
	if !viewer.has || len(allow) == 0 && len(deny) == 0 {
		return viewer
	}
	var kept []byte
	n := 0
	for pair := range strings.SplitSeq(viewer.raw, "&") {
		if k := parameterName(pair); len(allow) > 0 && !inList(allow, k) || inList(deny, k) {
			continue
		}
		if n++; n > 1 {
			kept = append(kept, '&')
		}
		kept = append(kept, pair...)
	}
	return query{string(kept), n > 0}
}

// parameterName returns the encoded name of a name=value pair.
func parameterName(pair string) string {
	name, _, _ := strings.Cut(pair, "=")
	return name
}

// inList reports whether list has the encoded name, or a beginning of it with *.
func inList(list []string, name string) bool {
	for _, want := range list {
		if matchEncoded(want, name) {
			return true
		}
	}
	return false
}

// hasParameter reports whether raw has a parameter with the encoded name.
func hasParameter(raw, name string) bool {
	for pair := range strings.SplitSeq(raw, "&") {
		if have, _, _ := strings.Cut(pair, "="); sameDecoded(have, name) {
			return true
		}
	}
	return false
}

// parameter returns the encoded value of the first parameter with that name.
func parameter(raw, name string) (value string, ok bool) {
	for pair := range strings.SplitSeq(raw, "&") {
		if have, value, _ := strings.Cut(pair, "="); pair != "" && matchExact(name, have) {
			return value, true
		}
	}
	return "", false
}

// matchEncoded reports whether encoded, decoded as the WHATWG URL standard decodes
// application/x-www-form-urlencoded, is want, or begins with it if want ends in *.
func matchEncoded(want, encoded string) bool {
	prefix, open := strings.CutSuffix(want, "*")
	if !open {
		return matchExact(want, encoded)
	}
	for i := range len(prefix) {
		if encoded == "" {
			return false
		}
		c, n := decodeByte(encoded)
		if c != prefix[i] {
			return false
		}
		encoded = encoded[n:]
	}
	return true
}

func matchExact(want, encoded string) bool {
	for i := range len(want) {
		if encoded == "" {
			return false
		}
		c, n := decodeByte(encoded)
		if c != want[i] {
			return false
		}
		encoded = encoded[n:]
	}
	return encoded == ""
}

// sameDecoded reports whether a and b are the same when decoded.
func sameDecoded(a, b string) bool {
	for a != "" && b != "" {
		c, n := decodeByte(a)
		d, m := decodeByte(b)
		if c != d {
			return false
		}
		a, b = a[n:], b[m:]
	}
	return a == b
}

// decoded returns s without its escapes.
func decoded(s string) string {
	if strings.IndexByte(s, '%') < 0 && strings.IndexByte(s, '+') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for s != "" {
		c, n := decodeByte(s)
		b, s = append(b, c), s[n:]
	}
	return string(b)
}

// decodeByte returns the first byte that s encodes, and how many it takes to.
func decodeByte(s string) (c byte, n int) {
	if c, ok := unescape(s); ok {
		return c, 3
	}
	if s[0] == '+' {
		return ' ', 1
	}
	return s[0], 1
}
