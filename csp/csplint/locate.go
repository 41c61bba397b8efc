package main

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/edgehelpers/lambdaedge/csp/internal/html"
)

// A pageIndex says where in a page its code and its URLs stand, and what policies
// ask of the elements there. What of it is code, and what is loaded, package
// csphtml decides: the index may have more.
//
// It does not look into noscript elements, which say nothing to browsers that run
// scripts.
type pageIndex struct {
	inline map[csp.Hash][]occurrence // by SHA-256
	urls   map[string][]occurrence   // of those that are asked for
	metas  []metaPolicy
}

// An occurrence is a place in the page.
type occurrence struct {
	offset    int
	inline    csp.Inline        // of code
	by        csphtml.Initiator // of a URL; ByImport stands for ByImportCall too
	object    bool              // the element is object or embed
	nonce     string            // of the element
	integrity string
}

// A metaPolicy is a policy in a meta element, which governs what comes after it.
type metaPolicy struct {
	policy csp.Policy
	offset int
}

// newPageIndex reads a page that loads what csphtml says.
func newPageIndex(content []byte, loads []csphtml.Load) *pageIndex {
	x := &pageIndex{inline: make(map[csp.Hash][]occurrence), urls: make(map[string][]occurrence, len(loads))}
	for _, l := range loads {
		x.urls[l.URL] = nil
	}
	r := indexer{index: x}
	r.read(content)
	return x
}

// policyOffset gives the offset of the meta element of a policy, by its index.
func (x *pageIndex) policyOffset(policy int) (int, bool) {
	if policy < 0 || policy >= len(x.metas) {
		return 0, false
	}
	return x.metas[policy].offset, true
}

// before gives the policies of the meta elements before an offset.
func (x *pageIndex) before(offset int) csp.List {
	list := make(csp.List, x.metasBefore(offset))
	for i := range list {
		list[i] = x.metas[i].policy
	}
	return list
}

// metasBefore counts them.
func (x *pageIndex) metasBefore(offset int) int {
	n, _ := slices.BinarySearchFunc(x.metas, offset, func(m metaPolicy, offset int) int { return cmp.Compare(m.offset, offset) })
	return n
}

// add adds a place of a URL, if it is asked for. Of a data: URL csphtml gives what
// comes before the data.
func (x *pageIndex) add(url []byte, o occurrence) {
	const scheme = "data:"
	if len(url) > len(scheme) && strings.EqualFold(string(url[:len(scheme)]), scheme) {
		if comma := bytes.IndexByte(url, ','); comma >= 0 {
			url = url[:comma+1]
		}
	}
	if places, ok := x.urls[string(url)]; ok {
		x.urls[string(url)] = append(places, o)
	}
}

// What parts the URLs of a list of images, those that an attribute of SVG gets one
// after another, and those of a script or a style sheet from what is around them.
const (
	listDelimiters   = " \t\r\n\f,"
	valuesDelimiters = " \t\r\n\f;"
	codeDelimiters   = " \t\r\n\f\"'`()"
)

// addWords adds the words of a text that may be URLs. They are where o is or, if the
// text stands in the page as it is, as far behind as they are in the text.
func (x *pageIndex) addWords(text []byte, delimiters string, o occurrence, asItIs bool) {
	for at := 0; at < len(text); {
		n := bytes.IndexAny(text[at:], delimiters)
		if n < 0 {
			n = len(text) - at
		}
		word := o
		if asItIs {
			word.offset += at
		}
		x.add(text[at:at+n], word)
		at += n + 1
	}
}

// An indexer reads a page into an index.
type indexer struct {
	index *pageIndex
	depth int // of srcdoc
	at    int // offset of the tag that is being read

	element occurrence // whose code is being read, if begun
	begun   bool
	foreign bool // it is of SVG, where text is read as any other
	code    []byte
	codeAt  int // offset of its first piece
}

func (r *indexer) read(content []byte) {
	z := html.NewTokenizer(bytes.NewReader(content))
	for {
		t, err := z.Next()
		if err != nil {
			r.end() // the one error is the end
			return
		}
		if r.depth == 0 {
			r.at = int(t.Offset)
		}
		switch t.Kind {
		case html.Text, html.CDATA:
			r.text(t)
		case html.StartTag:
			r.start(t)
		case html.EndTag:
			r.end()
		}
	}
}

func (r *indexer) text(t *html.Token) {
	if !r.begun {
		return
	}
	if len(r.code) == 0 {
		r.codeAt = r.at
	}
	if r.foreign && t.Kind == html.Text {
		r.code = html.AppendText(r.code, t.Raw)
	} else {
		r.code = append(r.code, t.Raw...)
	}
}

// start handles a start tag.
func (r *indexer) start(t *html.Token) {
	r.end()
	element := occurrence{offset: r.at, nonce: attr(t, "nonce"), integrity: attr(t, "integrity")}
	switch string(t.Name) {
	case "object", "embed":
		element.object = true
	case "link":
		if isHint(attr(t, "rel")) {
			element.by = csphtml.ByHint
		}
	}
	for i := range t.Attrs {
		r.attribute(t, &t.Attrs[i], element)
	}
	switch string(t.Name) {
	case "script":
		element.inline.Kind, element.by = csp.InlineScript, csphtml.ByImport
		switch strings.ToLower(strings.TrimSpace(attr(t, "type"))) {
		case "speculationrules":
			element.inline.Kind = csp.InlineRules
		case "importmap":
			element.by = csphtml.ByImportMap
		}
	case "style":
		element.inline.Kind, element.by = csp.InlineStyle, csphtml.ByStyle
	case "meta":
		r.meta(t)
		return
	default:
		return
	}
	if !t.Foreign || !t.SelfClosing {
		r.element, r.begun, r.foreign, r.code = element, true, t.Foreign, r.code[:0]
	}
}

// end takes the code that has been read.
func (r *indexer) end() {
	if !r.begun {
		return
	}
	r.begun = false
	word := r.element
	if word.by == csphtml.ByStyle {
		word.nonce = "" // a style sheet is asked for without it
	}
	asItIs := r.depth == 0 && !r.foreign
	if asItIs {
		word.offset = r.codeAt
	}
	r.index.addWords(r.code, codeDelimiters, word, asItIs)
	code := r.code
	if !r.foreign {
		code = html.Normalize(code)
	}
	r.add(r.element, r.element.inline.Kind, code)
}

// add adds a place of code.
func (r *indexer) add(o occurrence, kind csp.InlineKind, code []byte) {
	o.inline = cspcrypto.Inline(kind, code)
	o.inline.Nonce = o.nonce
	sha256 := o.inline.Hashes[0]
	r.index.inline[sha256] = append(r.index.inline[sha256], o)
}

// attribute handles an attribute that may hold code or a URL.
func (r *indexer) attribute(t *html.Token, a *html.Attr, element occurrence) {
	if len(a.Raw) == 0 {
		return
	}
	o := element
	if r.depth == 0 {
		o.offset += a.Offset
	}
	value := html.AppendValue(nil, a.Raw)
	switch name := string(a.Name); name {
	case "style":
		r.add(o, csp.InlineStyleAttribute, value)
		r.words(value, codeDelimiters, o, csphtml.ByStyle)
	case "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker", "marker-start", "marker-mid", "marker-end":
		r.words(value, codeDelimiters, o, csphtml.ByStyle)
	case "srcdoc":
		r.fragment(value)
	case "srcset", "imagesrcset":
		r.words(value, listDelimiters, o, o.by)
	case "from", "to", "values", "ping":
		r.words(value, valuesDelimiters, o, o.by)
	case "src", "href", "xlink:href", "action", "formaction", "poster", "data", "background":
		if link := string(t.Name); link != "a" && link != "area" {
			r.index.add(bytes.TrimFunc(value, func(c rune) bool { return c <= ' ' }), o)
		}
	default:
		if strings.HasPrefix(name, "on") {
			r.add(o, csp.InlineHandler, value)
			r.words(value, codeDelimiters, o, csphtml.ByImport)
		}
	}
}

// words adds the words of an attribute that may be URLs.
func (r *indexer) words(value []byte, delimiters string, o occurrence, by csphtml.Initiator) {
	if o.by = by; by == csphtml.ByStyle {
		o.nonce = ""
	}
	r.index.addWords(value, delimiters, o, false)
}

// isHint reports whether a link with that rel loads what may be needed later.
func isHint(rel string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(rel)) {
		switch name {
		case "preload", "modulepreload", "prefetch", "next", "compression-dictionary":
			return true
		}
	}
	return false
}

// fragment reads the page of a frame, which has the policies of the page that it
// stands in.
func (r *indexer) fragment(content []byte) {
	const deepest = 8 // as deep as csphtml.HashHTML looks
	if r.depth == deepest {
		return
	}
	inner := indexer{index: r.index, depth: r.depth + 1, at: r.at}
	inner.read(content)
}

// meta handles a meta element with a policy.
func (r *indexer) meta(t *html.Token) {
	if t.Foreign || !strings.EqualFold(attr(t, "http-equiv"), csp.HeaderName) {
		return
	}
	list, _ := csp.ParseList(attr(t, "content"))
	for _, p := range list {
		r.index.metas = append(r.index.metas, metaPolicy{p, r.at})
	}
}

// attr gives the value of an attribute, "" without one.
func attr(t *html.Token, name string) string {
	raw, _ := t.Attr(name)
	return string(html.AppendValue(nil, raw))
}
