package csphtml

import (
	"github.com/edgehelpers/lambdaedge/csp/internal/css"
	"github.com/edgehelpers/lambdaedge/csp/internal/html"
	"github.com/edgehelpers/lambdaedge/csp/internal/js"
)

// A language is what a text in the page is written in.
type language uint8

const (
	languageOther language = iota
	languageScript
	languageModule
	languageImportMap
	languageStyle
)

// heldLimit is how much of a text is kept to see whether it has anything to look for.
const heldLimit = 256 << 10

// importMapLimit is the length of the longest import map that is read.
const importMapLimit = 1 << 20

// code is the text of an element, in which loads are looked for. Most texts have none,
// and it takes much longer to look for them than to see that.
type code struct {
	language language
	at       int64  // offset of the text in the page
	exact    bool   // at is that of the text, not only that of the element
	held     []byte // text that nobody has looked at
	scanning bool
	css      css.Scanner
	js       js.Scanner
}

// beginCode begins the text of the element whose start tag is being read.
func (c *collector) beginCode(l language) {
	d := &c.code
	d.language, d.at, d.exact, d.scanning, d.held = l, c.at, false, false, d.held[:0]
	d.js.Module = l == languageModule
}

// readCode reads a piece of the text.
func (c *collector) readCode(piece []byte) {
	d := &c.code
	if !d.exact && c.depth == 0 && !c.element.foreign() {
		d.at, d.exact = c.at, true
	}
	switch {
	case d.language == languageOther || d.language == languageImportMap && len(d.held) > importMapLimit:
		return
	case d.scanning:
		d.scan(piece)
		return
	}
	const longest = len("import")
	from := max(0, len(d.held)-longest)
	d.held = append(d.held, piece...)
	if d.language != languageImportMap && (len(d.held) > heldLimit || d.mayLoad(d.held[from:])) {
		d.scanning = true
		d.scan(d.held)
		d.held = d.held[:0]
	}
}

// mayLoad reports whether there may be something to find in the text.
func (d *code) mayLoad(text []byte) bool {
	if d.language == languageStyle {
		return css.MayLoad(text)
	}
	return js.MayImport(text, d.language == languageModule)
}

func (d *code) scan(piece []byte) {
	if d.language == languageStyle {
		d.css.Write(piece)
	} else {
		d.js.Write(piece)
	}
}

// endCode sees the end of a text. runs is false if no browser uses it.
func (c *collector) endCode(runs bool) {
	d := &c.code
	switch {
	case d.scanning && d.language == languageStyle:
		d.css.Close()
	case d.scanning:
		d.js.Close()
	case d.language == languageImportMap && runs && len(d.held) <= importMapLimit:
		c.importMap(d.held)
	}
	d.language = languageOther
}

// place gives the offset in the page of what stands at an offset in the text.
func (d *code) place(offset int64) int64 {
	if !d.exact {
		offset = 0
	}
	return d.at + offset
}

// addImport takes an import of an inline script, or of an event handler.
func (c *collector) addImport(i js.Import, at int64, handler bool) {
	ref, ok := c.modules.resolve(string(html.Normalize([]byte(i.Specifier))))
	if !ok {
		return // a name that no import map knows; it fails in browsers too
	}
	load := Load{URL: ref, Initiator: ByImport}
	if i.Dynamic {
		load.Initiator = ByImportCall
	}
	switch i.Type {
	case "":
		load.Directive = "script-src"
		if handler {
			load.Integrity = c.modules.hasIntegrity(ref)
			c.addURL(load, at) // handlers are not parser-inserted: 'strict-dynamic' covers them
		} else {
			c.addModule(load, at)
		}
	case "json", "text":
		load.Directive = "connect-src"
		c.addURL(load, at)
		load.Directive = "script-src" // in WebKit
		c.addURL(load, at)
	case "css":
		load.Directive = "style-src"
		c.addURL(load, at)
	}
}

// addModule takes the URL of a module that has no element of its own.
func (c *collector) addModule(l Load, at int64) {
	l.Integrity = c.modules.hasIntegrity(l.URL)
	finding := findingImport
	if l.Initiator == ByImportMap {
		finding = findingImportMap
	}
	if c.addURL(l, at) && !l.Integrity {
		c.findOnce(finding, l.Directive, stripURL(l.URL), at)
	}
}

// addStyle takes a URL in a style.
func (c *collector) addStyle(l css.Load, at int64) {
	directive := "img-src"
	switch l.Kind {
	case css.Font:
		directive = "font-src"
	case css.Sheet:
		directive = "style-src"
	}
	c.addURL(Load{Directive: directive, URL: string(html.Normalize([]byte(l.URL))), Initiator: ByStyle}, at)
}

// readDeclarations looks for loads in the value of an attribute that is a style.
func (c *collector) readDeclarations(value []byte, at int64) {
	if !css.MayLoad(value) {
		return
	}
	s := css.Scanner{Declarations: true, Found: func(l css.Load) { c.addStyle(l, at) }}
	s.Write(value)
	s.Close()
}

// readHandler looks for imports in an event handler.
func (c *collector) readHandler(value []byte, at int64) {
	if !js.MayImport(value, false) {
		return
	}
	s := js.Scanner{Found: func(i js.Import) { c.addImport(i, at, true) }}
	s.Write(value)
	s.Close()
}
