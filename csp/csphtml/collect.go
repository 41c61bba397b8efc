package csphtml

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"

	"github.com/edgehelpers/lambdaedge/csp/internal/css"
	"github.com/edgehelpers/lambdaedge/csp/internal/html"
	"github.com/edgehelpers/lambdaedge/csp/internal/js"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A collector reads a page. It hashes the text of one element at a time.
type collector struct {
	page    *Page
	seen    *seen
	depth   int    // of hashFragment
	at      int64  // offset in the page of the tag that is being read
	charset string // that the page is in, if it is not UTF-8

	element element // whose text is being read, if any
	sum     hash.Hash
	text    html.Normalizer // writes to sum
	size    int             // of text
	ascii   bool            // text has had ASCII only
	pending bytes.Buffer    // text of foreign elements, and of noscript
	inner   int             // open elements in a foreign one

	code    code
	modules modules
}

// An element is one whose text matters.
type element uint8

const (
	elementNone element = iota
	elementScript
	elementStyle
	elementNoscript
	elementForeignScript // of SVG, where text is read as any other
	elementForeignStyle
)

func (e element) foreign() bool { return e == elementForeignScript || e == elementForeignStyle }

func newCollector(page *Page, seen *seen) *collector {
	c := &collector{page: page, sum: sha256.New(), seen: seen, modules: modules{base: unknownPage}}
	c.text.W = c.sum
	c.code.js.Found = func(i js.Import) { c.addImport(i, c.code.place(i.Offset), false) }
	c.code.css.Found = func(l css.Load) { c.addStyle(l, c.code.place(l.Offset)) }
	return c
}

// read reads a page that begins at offset base of the page that counts.
func (c *collector) read(r io.Reader, base int64) error {
	z := html.NewTokenizer(r)
	for {
		t, err := z.Next()
		if err == io.EOF {
			return c.end(false)
		}
		if err != nil {
			return fmt.Errorf("csp: reading a page: %w", err)
		}
		if c.at = base; c.depth == 0 {
			c.at += t.Offset
		}
		if t.Offset == 0 && c.depth == 0 {
			if err := checkByteOrderMark(t.Raw); err != nil {
				return err
			}
		}
		if err := c.token(t); err != nil {
			return err
		}
	}
}

func (c *collector) token(t *html.Token) error {
	switch t.Kind {
	case html.Text, html.CDATA:
		c.addText(t)
	case html.StartTag:
		return c.start(t)
	case html.EndTag:
		return c.endTag(t)
	case html.Markup:
		if c.element.foreign() {
			c.flush() // a comment parts a text, so that "&am<!---->p;" is no reference
		}
	}
	return nil
}

func (c *collector) addText(t *html.Token) {
	switch {
	case c.element == elementNone || c.inner > 0:
	case c.element == elementNoscript:
		c.pending.Write(t.Raw)
	case c.element.foreign() && t.Kind == html.Text:
		c.pending.Write(t.Raw)
	default:
		c.write(t.Raw)
	}
}

// flush hashes pending text of a foreign element.
func (c *collector) flush() {
	if c.pending.Len() > 0 {
		c.write(html.AppendText(nil, c.pending.Bytes()))
		c.pending.Reset()
	}
}

func (c *collector) write(text []byte) {
	c.size += len(text)
	c.ascii = c.ascii && (c.charset == "" || isASCIIBytes(text))
	c.text.Write(text)
	c.readCode(text)
}

// start handles a start tag.
func (c *collector) start(t *html.Token) error {
	if c.element.foreign() {
		c.flush()
		if t.Foreign {
			if !t.SelfClosing {
				c.inner++
			}
		} else if err := c.end(false); err != nil { // an HTML element ends foreign ones
			return err
		}
	}
	if err := c.attributes(t); err != nil {
		return err
	}
	if c.element != elementNone {
		return nil
	}
	switch string(t.Name) {
	case "script":
		c.script(t)
	case "style":
		if v, _ := t.Attr("type"); len(v) == 0 || syntax.EqualFold(attrText(v), "text/css") {
			c.begin(t, elementStyle, elementForeignStyle, languageStyle)
		}
	case "noscript":
		c.begin(t, elementNoscript, elementNone, languageOther)
	}
	return nil
}

// begin starts to read the text of the element that t opens.
func (c *collector) begin(t *html.Token, inHTML, foreign element, l language) {
	c.element = inHTML
	if t.Foreign {
		if c.element = foreign; t.SelfClosing {
			c.element = elementNone
		}
	}
	c.sum.Reset()
	c.pending.Reset()
	c.size, c.ascii, c.inner = 0, true, 0
	c.beginCode(l)
}

func (c *collector) endTag(t *html.Token) error {
	if c.element.foreign() {
		c.flush()
		if c.inner > 0 {
			c.inner--
			return nil
		}
	}
	return c.end(true)
}

// end takes the text that has been read. A script that the page's end cuts off
// does not run (HTML, 13.2.6.4.8); a style sheet counts.
func (c *collector) end(closed bool) error {
	e := c.element
	c.element = elementNone
	if e.foreign() {
		c.flush()
	}
	c.text.Close()
	c.endCode(closed)
	switch e {
	case elementScript, elementForeignScript:
		if closed && c.size > 0 { // an empty script is none: HTML, 4.12.1.1, "prepare the script element"
			return c.addSum(&c.page.Scripts)
		}
	case elementStyle, elementForeignStyle:
		return c.addSum(&c.page.Styles)
	case elementNoscript:
		return c.hashFragment(bytes.Clone(c.pending.Bytes()))
	}
	return nil
}
