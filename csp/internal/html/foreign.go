package html

// An element is an open element of SVG or MathML.
type element struct {
	name     string // in lower case
	math     bool
	htmlIn   bool // an HTML integration point: what is in it is HTML (13.2.6.1)
	mathText bool // a MathML text integration point: likewise, with two exceptions
}

// isHTML reports whether text in the element is treated as in HTML.
func (e element) isHTML() bool { return e.htmlIn || e.mathText }

// takesCDATA reports whether a CDATA section may begin: in a foreign element
// itself, not in an HTML element in it, which foreignObject is there for.
func (z *Tokenizer) takesCDATA() bool {
	n := len(z.foreign)
	return n > 0 && !(z.foreign[n-1].htmlIn && (z.foreign[n-1].name == "foreignobject" || z.foreign[n-1].math))
}

// open makes what follows a start tag be read as that element's content.
func (z *Tokenizer) open(t *Token) {
	if z.inForeign(t) {
		if !breaksOut(t) {
			t.Foreign = true
			z.push(t, z.foreign[len(z.foreign)-1].math)
			return
		}
		z.leaveForeign()
	}
	switch string(t.Name) {
	case "svg", "math":
		t.Foreign = true
		z.push(t, t.Name[0] == 'm')
	case "script":
		z.mode, z.script = modeScript, scriptState{}
	case "style", "xmp", "iframe", "noembed", "noframes", "noscript", "title", "textarea":
		// noscript is raw text where scripts run, 13.2.6.4.4 and 13.2.6.4.7.
		z.mode, z.endName = modeRaw, string(t.Name)
	case "plaintext":
		z.mode = modePlaintext
	}
}

// inForeign tells whether a start tag is handled "in foreign content": the
// dispatcher of 13.2.6.
func (z *Tokenizer) inForeign(t *Token) bool {
	if len(z.foreign) == 0 {
		return false
	}
	top, name := z.foreign[len(z.foreign)-1], string(t.Name)
	switch {
	case top.htmlIn:
		return false
	case top.mathText:
		return name == "mglyph" || name == "malignmark"
	case top.math && top.name == "annotation-xml":
		return name != "svg"
	}
	return true
}

// push opens a foreign element, unless its tag closes itself (13.2.6.5).
func (z *Tokenizer) push(t *Token, math bool) {
	if t.SelfClosing {
		return
	}
	e := element{name: string(t.Name), math: math}
	switch e.name {
	case "mi", "mo", "mn", "ms", "mtext":
		e.mathText = math
	case "annotation-xml":
		encoding, _ := t.Attr("encoding")
		value := string(AppendValue(nil, encoding))
		e.htmlIn = math && (foldEqual(value, "text/html") || foldEqual(value, "application/xhtml+xml"))
	case "foreignobject", "desc", "title":
		e.htmlIn = !math
	}
	z.foreign = append(z.foreign, e)
}

// close handles an end tag. One that fits no open foreign element most likely
// closes an HTML element around them, and them with it.
func (z *Tokenizer) close(name []byte) {
	if len(z.foreign) == 0 {
		return
	}
	for i := len(z.foreign) - 1; i >= 0; i-- {
		if z.foreign[i].name == string(name) {
			z.foreign = z.foreign[:i]
			return
		}
	}
	z.leaveForeign()
}

// leaveForeign closes foreign elements until what follows is HTML.
func (z *Tokenizer) leaveForeign() {
	for n := len(z.foreign); n > 0 && !z.foreign[n-1].isHTML(); n-- {
		z.foreign = z.foreign[:n-1]
	}
}

// breaksOut reports whether a start tag ends foreign content (13.2.6.5).
func breaksOut(t *Token) bool {
	switch string(t.Name) {
	case "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed",
		"h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr",
		"ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u",
		"ul", "var":
		return true
	case "font":
		for i := range t.Attrs {
			switch string(t.Attrs[i].Name) {
			case "color", "face", "size":
				return true
			}
		}
	}
	return false
}

// foldEqual reports whether s is t, which is in lower case, but for ASCII case.
func foldEqual(s, t string) bool {
	if len(s) != len(t) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != t[i] && !('A' <= c && c <= 'Z' && c+('a'-'A') == t[i]) {
			return false
		}
	}
	return true
}
