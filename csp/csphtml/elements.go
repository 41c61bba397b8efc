package csphtml

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/html"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// attrText gives the value of an attribute as it is in the document.
func attrText(raw []byte) string { return string(html.AppendValue(nil, raw)) }

// attributes handles the attributes of a start tag that hold code, URLs or
// policies.
func (c *collector) attributes(t *html.Token) error {
	for i := range t.Attrs {
		a := &t.Attrs[i]
		switch {
		case isEventHandler(a.Name):
			if err := c.handler(a); err != nil {
				return err
			}
		case string(a.Name) == "style":
			if err := c.styleAttr(a); err != nil {
				return err
			}
		case string(a.Name) == "nonce" && len(a.Raw) > 0:
			c.find(findingNonceInPage, "", attrText(a.Raw), c.at+c.inTag(a))
		case string(a.Name) == "srcdoc" && string(t.Name) == "iframe":
			if err := c.hashFragment(html.AppendValue(nil, a.Raw)); err != nil {
				return err
			}
		default:
			c.load(t, a)
		}
	}
	if string(t.Name) == "meta" && !t.Foreign {
		c.meta(t)
	}
	return nil
}

// inTag gives the place of an attribute in its tag. In a fragment only the place
// of the fragment is known.
func (c *collector) inTag(a *html.Attr) int64 {
	if c.depth > 0 {
		return 0
	}
	return int64(a.Offset)
}

// isEventHandler takes every name of that form, as every year brings new ones. A
// hash too many allows nothing else.
func isEventHandler(name []byte) bool {
	if len(name) < 3 || name[0] != 'o' || name[1] != 'n' {
		return false
	}
	for _, c := range name[2:] {
		if c < 'a' || 'z' < c {
			return false
		}
	}
	return true
}

// handler handles an event handler attribute.
func (c *collector) handler(a *html.Attr) error {
	if isBlank(a.Raw) {
		return nil
	}
	at := c.at + c.inTag(a)
	c.find(findingEventHandler, "script-src", string(a.Name), at)
	value, err := c.hashAttr(&c.page.Handlers, a.Raw)
	c.readHandler(value, at)
	return err
}

// styleAttr handles a style attribute.
func (c *collector) styleAttr(a *html.Attr) error {
	if isBlank(a.Raw) {
		return nil
	}
	value, err := c.hashAttr(&c.page.StyleAttrs, a.Raw)
	c.readDeclarations(value, c.at+c.inTag(a))
	return err
}

// isBlank reports whether code does nothing, so that it does not matter that a policy
// blocks it. Browsers report it all the same.
func isBlank(raw []byte) bool { return len(bytes.TrimSpace(raw)) == 0 }

// hashAttr hashes the value of an attribute, and gives it.
func (c *collector) hashAttr(list *[]csp.Hash, raw []byte) ([]byte, error) {
	value := html.AppendValue(nil, raw)
	if c.charset != "" && !isASCIIBytes(raw) {
		return value, fmt.Errorf("csp: an attribute at byte %d has characters outside ASCII, and the page is in %q; "+
			"browsers hash the UTF-8 of it, so save the page as UTF-8", c.at, c.charset)
	}
	sum := sha256.Sum256(value)
	c.add(list, hashOf(sum[:]))
	return value, nil
}

// script handles the start tag of a script element. Its type says whether it
// runs, and whether policies are asked: HTML, 4.12.1.1, "prepare the script element".
func (c *collector) script(t *html.Token) {
	language, ok := scriptLanguage(t)
	if !ok {
		return
	}
	_, external := t.Attr("src")
	if t.Foreign {
		_, href := t.Attr("href")
		_, xlink := t.Attr("xlink:href")
		external = href || xlink
	}
	if !external {
		c.begin(t, elementScript, elementForeignScript, language)
	}
}

// scriptLanguage gives what a script element has in it. It is not ok for a data block.
func scriptLanguage(t *html.Token) (l language, ok bool) {
	raw, ok := t.Attr("type")
	kind := attrText(raw)
	if !ok {
		if raw, ok = t.Attr("language"); ok && len(raw) > 0 && !t.Foreign {
			kind = "text/" + attrText(raw)
		}
	}
	switch kind = syntax.AsciiLower(syntax.TrimSpace(kind)); kind {
	case "":
		return languageScript, true
	case "module":
		return languageModule, true
	case "importmap":
		return languageImportMap, true
	case "speculationrules":
		return languageOther, true
	}
	return languageScript, isJavaScriptType(kind)
}

// isJavaScriptType reports the JavaScript MIME types of the MIME Sniffing
// Standard (4.6), as essences in lower case.
func isJavaScriptType(t string) bool {
	switch t {
	case "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
		"text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
		"text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
		"text/x-ecmascript", "text/x-javascript":
		return true
	}
	return false
}

// meta handles a meta element: a policy, or the encoding of the page.
func (c *collector) meta(t *html.Token) {
	if v, ok := t.Attr("charset"); ok {
		c.setCharset(attrText(v))
	}
	content, _ := t.Attr("content")
	equiv, _ := t.Attr("http-equiv")
	switch text := attrText(content); {
	case syntax.EqualFold(attrText(equiv), csp.HeaderName):
		if list, _ := csp.ParseList(text); len(list) > 0 {
			c.page.Policies = append(c.page.Policies, list...)
		}
	case syntax.EqualFold(attrText(equiv), "content-type"):
		if _, charset, ok := strings.Cut(syntax.AsciiLower(text), "charset="); ok {
			c.setCharset(strings.Trim(charset, "\"' \t;"))
		}
	}
}

func (c *collector) setCharset(name string) {
	switch name = syntax.TrimSpace(name); syntax.AsciiLower(name) {
	case "utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8",
		"utf-16", "utf-16le", "utf-16be", "": // a page that can say utf-16 in a meta element is in UTF-8 (HTML, 13.2.3.2)
	default:
		c.charset = name
	}
}

// checkByteOrderMark looks at the first bytes of the page. UTF-16 is the one
// encoding in which tags would not be found.
func checkByteOrderMark(b []byte) error {
	if bytes.HasPrefix(b, []byte("\xfe\xff")) || bytes.HasPrefix(b, []byte("\xff\xfe")) {
		return errors.New("csp: the page begins with the byte order mark of utf-16; save it as UTF-8")
	}
	return nil
}
