package csphtml

import (
	"bytes"
	"fmt"
	"io"

	"github.com/edgehelpers/lambdaedge/csp"
)

// A Page is what an HTML page needs a policy to allow: its inline code, by hash,
// and what its text loads, by URL. [HashHTML] reads one, [HashFS] those of a
// site; [StaticSite] and [StrictByHash] make policies of it. What external scripts and
// style sheets load in their turn is not in it, nor what inline code loads otherwise
// than by import and url().
//
// Lists are in the order of the page, without repetitions.
type Page struct {
	Scripts    []csp.Hash // of script elements, import maps and speculation rules among them
	Handlers   []csp.Hash // of event handler attributes: they need [csp.UnsafeHashes] beside them
	Styles     []csp.Hash // of style elements
	StyleAttrs []csp.Hash // of style attributes: they need UnsafeHashes too

	// Integrity has the hashes in the integrity attributes of external scripts, and
	// of links that load scripts beforehand.
	Integrity []csp.Hash

	// Modules has what import maps say of the integrity of modules, sorted by URL in
	// each map.
	Modules []ModuleIntegrity

	// Loads has the URLs of what the page loads.
	Loads []Load

	// Policies has the policies of the page's own meta elements.
	Policies csp.List

	// Findings has what strict policies have trouble with, javascript: URLs for
	// example. Position.Offset is that in the page, the rest is -1.
	Findings []csp.Finding
}

// A Load is a URL that the page's own text names, as it stands there. A relative one is
// relative to the document's base URL, in scripts, import maps and style sheets too.
//
// An element that several directives are asked about gives several loads: object-src
// governs object and embed elements in all engines, beside it img-src those with images
// in WebKit and frame-src the others in Chromium.
type Load struct {
	// Directive governs it: script-src, style-src, img-src, base-uri, form-action...
	// It is default-src for links with rel=prefetch: Firefox asks that alone, and
	// Chromium and the draft are content with any directive (draft 6.7.2.2).
	Directive string

	// URL is that in the page; of a data: URL only what comes before the data.
	URL string

	// Integrity says that it is a script whose element has an integrity attribute
	// that browsers understand, or that an import map before it has the integrity of.
	Integrity bool

	Initiator Initiator
}

// An Initiator is what makes the page load a URL.
type Initiator uint8

const (
	ByElement    Initiator = iota // an attribute of an element
	ByImport                      // an import or export declaration of an inline module
	ByImportCall                  // import() with a constant string, in an inline script or an event handler
	ByImportMap                   // an import map, its "integrity" too; loaded when a module imports it
	ByStyle                       // url(), image-set() or @import in a style element, a style attribute or an attribute of SVG that is a style
	ByHint                        // a link element that loads what may be needed later: preload, modulepreload, prefetch...
)

// String gives it in a word or two.
func (i Initiator) String() string {
	names := [...]string{"element", "import", "import()", "import map", "style", "hint"}
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("initiator(%d)", uint8(i))
}

// A ModuleIntegrity is an entry of "integrity" in an import map: browsers run the module
// only if its text has one of the hashes. A policy that lists all of them allows the
// module wherever it is imported, as it does an external script with that integrity
// attribute (draft 6.7.2.4).
//
// Chromium 127, Firefox 138 and Safari 18 were the first to know it. Measured with
// Chromium 156 and Firefox 153: import and export declarations, import() and external
// module scripts count. WebKitGTK 2.50.6 does not count it for declarations of inline
// modules, but lets those through if the policy has 'strict-dynamic', as that of
// [StrictByHash] has. Browsers that know one import map only, Firefox for one, take the
// first of the page.
type ModuleIntegrity struct {
	URL    string // as it stands in the map
	Hashes []csp.Hash
}

// HashHTML reads an HTML page, in one pass and in little memory however long it
// is. It hashes what browsers hash: the text in the document, with newlines
// normalized and character references in attributes replaced, not the bytes in
// the file. Code that does not run, data blocks for example, is left out. The
// content of noscript elements, and of srcdoc attributes, is read too.
//
// In scripts, import maps and styles it finds what they load. Import maps of more than
// 1 MiB are not read, nor are URLs of more than 64 KiB in scripts and styles.
//
// The page must be in UTF-8, as hashes are of UTF-8. In another encoding, named in
// a meta element or by a byte order mark, it may have ASCII only in its inline code;
// else it is an error. The others are those of r.
func HashHTML(r io.Reader) (Page, error) {
	var page Page
	if err := newCollector(&page, newSeen()).read(r, 0); err != nil {
		return Page{}, err
	}
	return page, nil
}

// hashFragment reads HTML that stands in the page: in noscript and in srcdoc.
func (c *collector) hashFragment(fragment []byte) error {
	const deepest = 8 // frames in frames; browsers have a limit too
	if c.depth == deepest {
		return nil
	}
	inner := newCollector(c.page, c.seen)
	inner.depth, inner.charset, inner.modules.base = c.depth+1, c.charset, c.modules.base
	return inner.read(bytes.NewReader(fragment), c.at)
}
