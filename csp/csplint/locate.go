package main

import (
	"bytes"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/internal/html"
)

// A pageIndex says where in a page its code and its URLs stand, and what policies
// ask of the elements there. What of it is code, and what is loaded, package
// csphtml decides: the index has more.
//
// It does not look into noscript elements, which say nothing to browsers that run
// scripts.
type pageIndex struct {
	content  []byte
	inline   map[csp.Hash][]occurrence // by SHA-256
	urls     map[string][]occurrence
	metas    []metaPolicy
	noscript []span
}

// An occurrence is a place in the page.
type occurrence struct {
	offset    int
	inline    csp.Inline // of code
	nonce     string     // of the element
	integrity string
}

// A metaPolicy is a policy in a meta element, which governs what comes after it.
type metaPolicy struct {
	policy csp.Policy
	offset int
}

type span struct{ begin, end int }

func newPageIndex(content []byte) *pageIndex {
	x := &pageIndex{content: content, inline: make(map[csp.Hash][]occurrence), urls: make(map[string][]occurrence)}
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
	var list csp.List
	for _, m := range x.metas {
		if m.offset < offset {
			list = append(list, m.policy)
		}
	}
	return list
}

// url gives the places of a URL: attributes, or else the first place of its text,
// as in a style sheet or a list of images.
func (x *pageIndex) url(url string) []occurrence {
	if found := x.urls[url]; len(found) > 0 {
		return found
	}
	for at := 0; ; {
		n := bytes.Index(x.content[at:], []byte(url))
		if n < 0 {
			return nil
		}
		if at += n; !x.inNoscript(at) {
			return []occurrence{{offset: at}}
		}
		at += len(url)
	}
}

func (x *pageIndex) inNoscript(offset int) bool {
	for _, s := range x.noscript {
		if s.begin <= offset && offset < s.end {
			return true
		}
	}
	return false
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
}

func (r *indexer) read(content []byte) {
	z := html.NewTokenizer(bytes.NewReader(content))
	noscript := false
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
			switch {
			case noscript && r.depth == 0:
				r.index.noscript = append(r.index.noscript, span{r.at, r.at + len(t.Raw)})
			case r.begun && r.foreign && t.Kind == html.Text:
				r.code = html.AppendText(r.code, t.Raw)
			case r.begun:
				r.code = append(r.code, t.Raw...)
			}
		case html.StartTag:
			noscript = string(t.Name) == "noscript" && !t.Foreign
			r.start(t)
		case html.EndTag:
			noscript = false
			r.end()
		}
	}
}

// start handles a start tag.
func (r *indexer) start(t *html.Token) {
	r.end()
	element := occurrence{offset: r.at, nonce: attr(t, "nonce"), integrity: attr(t, "integrity")}
	for i := range t.Attrs {
		r.attribute(&t.Attrs[i], element)
	}
	switch string(t.Name) {
	case "script":
		element.inline.Kind = csp.InlineScript
		if strings.EqualFold(strings.TrimSpace(attr(t, "type")), "speculationrules") {
			element.inline.Kind = csp.InlineRules
		}
	case "style":
		element.inline.Kind = csp.InlineStyle
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
func (r *indexer) attribute(a *html.Attr, element occurrence) {
	if len(a.Raw) == 0 {
		return
	}
	o := element
	if r.depth == 0 {
		o.offset += a.Offset
	}
	value := html.AppendValue(nil, a.Raw)
	switch name := string(a.Name); {
	case name == "style":
		r.add(o, csp.InlineStyleAttribute, value)
	case strings.HasPrefix(name, "on"):
		r.add(o, csp.InlineHandler, value)
	case name == "srcdoc":
		r.fragment(value)
	default:
		url := strings.TrimFunc(string(value), func(c rune) bool { return c <= ' ' })
		r.index.urls[url] = append(r.index.urls[url], o)
	}
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
