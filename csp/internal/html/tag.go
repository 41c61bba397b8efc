package html

import "bytes"

// scanTag reads the tag whose name begins at b[i]: the tag name state and the
// attribute states (13.2.5.8, 13.2.5.32 to 40). It gives its length, or 0 if
// it goes on. A tag that the page's end cuts off is none.
func (z *Tokenizer) scanTag(b []byte, i int, atEnd bool) int {
	kind := StartTag
	if i == 2 {
		kind = EndTag
	}
	z.lower = z.lower[:0]
	start := i
	for i < len(b) && !isSpace(b[i]) && b[i] != '/' && b[i] != '>' {
		i++
	}
	z.token.Name = z.lowerCase(b[start:i])
	for i < len(b) {
		switch c := b[i]; {
		case c == '>':
			z.token.Kind = kind
			if kind == StartTag {
				z.open(&z.token)
			} else {
				z.token.Attrs = z.token.Attrs[:0]
				z.close(z.token.Name)
			}
			return i + 1
		case c == '/':
			i++
			z.token.SelfClosing = at(b, i) == '>'
		case isSpace(c):
			i++
		default:
			i = z.scanAttr(b, i)
		}
	}
	z.token.Attrs = z.token.Attrs[:0]
	if !atEnd {
		return 0
	}
	z.token.Name, z.token.SelfClosing = nil, false
	return z.markup(len(b), modeData)
}

// endsName has the bytes that end the name of an attribute.
var endsName = [256]bool{'=': true, '>': true, '/': true, ' ': true, '\t': true, '\n': true, '\f': true, '\r': true}

// scanAttr reads the attribute that begins at b[i] and gives where it ends.
func (z *Tokenizer) scanAttr(b []byte, i int) int {
	start := i
	i++ // "=" is part of the name if it comes first, 13.2.5.32
	for i < len(b) && !endsName[b[i]] {
		i++
	}
	attr := Attr{Name: z.lowerCase(b[start:i]), Offset: start}
	end := i
	for end < len(b) && isSpace(b[end]) {
		end++
	}
	if at(b, end) == '=' {
		attr.Raw, i = attrValue(b, end+1)
	}
	if !z.hasAttr(attr.Name) { // 13.2.5.33: a duplicate is dropped
		z.token.Attrs = append(z.token.Attrs, attr)
	}
	return i
}

// hasAttr reports whether the tag has an attribute of that name. Where there
// are many, a set keeps the time linear.
func (z *Tokenizer) hasAttr(name []byte) bool {
	const many = 32
	n := len(z.token.Attrs)
	if n < many {
		for i := range z.token.Attrs {
			if bytes.Equal(z.token.Attrs[i].Name, name) {
				return true
			}
		}
		return false
	}
	if n == many {
		z.names = make(map[string]bool)
		for i := range z.token.Attrs {
			z.names[string(z.token.Attrs[i].Name)] = true
		}
	}
	if z.names[string(name)] {
		return true
	}
	z.names[string(name)] = true
	return false
}

// attrValue reads the value after the "=" before b[i], and gives where it ends.
func attrValue(b []byte, i int) (raw []byte, end int) {
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if i == len(b) {
		return nil, i
	}
	if quote := b[i]; quote == '"' || quote == '\'' {
		n := bytes.IndexByte(b[i+1:], quote)
		if n < 0 {
			return nil, len(b)
		}
		return b[i+1 : i+1+n], i + n + 2
	}
	start := i
	for i < len(b) && !isSpace(b[i]) && b[i] != '>' {
		i++
	}
	return b[start:i], i
}

// lowerCase gives name in lower case, without copying if it is already.
func (z *Tokenizer) lowerCase(name []byte) []byte {
	for _, c := range name {
		if 'A' <= c && c <= 'Z' {
			from := len(z.lower)
			for _, c := range name {
				if 'A' <= c && c <= 'Z' {
					c += 'a' - 'A'
				}
				z.lower = append(z.lower, c)
			}
			return z.lower[from:]
		}
	}
	return name
}
