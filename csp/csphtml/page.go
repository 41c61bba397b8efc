package csphtml

import (
	"bytes"
	"io"

	"github.com/edgehelpers/lambdaedge/csp"
)

// A Page is what an HTML page needs a policy to allow: its inline code, by hash,
// and what its elements load, by URL. [HashHTML] reads one, [HashFS] those of a
// site; [StaticSite] and [StrictByHash] make policies of it. What scripts and style
// sheets load in their turn is not in it.
//
// Lists are in the order of the page, without repetitions.
type Page struct {
	Scripts    []csp.Hash // of script elements, import maps and speculation rules among them
	Handlers   []csp.Hash // of event handler attributes: they need [UnsafeHashes] beside them
	Styles     []csp.Hash // of style elements
	StyleAttrs []csp.Hash // of style attributes: they need UnsafeHashes too

	// Integrity has the hashes in the integrity attributes of external scripts.
	Integrity []csp.Hash

	// Loads has the URLs in the attributes of elements.
	Loads []Load

	// Policies has the policies of the page's own meta elements.
	Policies csp.List

	// Findings has what strict policies have trouble with, javascript: URLs for
	// example. Position.Offset is that in the page, the rest is -1.
	Findings []csp.Finding
}

// A Load is a URL in an attribute of an element, as it stands there.
type Load struct {
	Directive string // which governs it: script-src, style-src, img-src, base-uri, form-action...
	URL       string
	Integrity bool // it is a script with an integrity attribute that browsers understand
}

// HashHTML reads an HTML page, in one pass and in little memory however long it
// is. It hashes what browsers hash: the text in the document, with newlines
// normalized and character references in attributes replaced, not the bytes in
// the file. Code that does not run, data blocks for example, is left out. The
// content of noscript elements, and of srcdoc attributes, is read too.
//
// The page must be in UTF-8, as hashes are of UTF-8. In another encoding, named in
// a meta element or by a byte order mark, it may have ASCII only in its inline code;
// else it is an error. The others are those of r.
func HashHTML(r io.Reader) (Page, error) {
	var page Page
	c := newCollector(&page, &seen{make(map[hashIn]bool), make(map[Load]bool), make(map[loadKey]bool)})
	if err := c.read(r, 0); err != nil {
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
	inner.depth, inner.charset = c.depth+1, c.charset
	return inner.read(bytes.NewReader(fragment), c.at)
}

// What HashHTML finds.
var (
	findingJavaScriptURL = csp.Finding{Code: "javascript-url", Severity: csp.Medium,
		Reason: "policies without 'unsafe-inline' block javascript: URLs",
		Mend:   "use a button, and an event listener in a script"}
	findingEventHandler = csp.Finding{Code: "event-handler", Severity: csp.Low,
		Reason: "the policy takes 'unsafe-hashes' to allow it, and then allows that code in any element",
		Mend:   "use addEventListener in a script"}
	findingNoIntegrity = csp.Finding{Code: "no-integrity", Severity: csp.Info,
		Reason: "the script comes from another host, which may change it",
		Mend:   "give the element an integrity attribute"}
	findingNonceInPage = csp.Finding{Code: "static-nonce", Severity: csp.High,
		Reason: "a nonce that stands in a file is the same for everybody, so an attacker knows it",
		Mend:   "use hashes for pages that are files"}
	findingDataScript = csp.Finding{Code: "data-script", Severity: csp.Medium,
		Reason: "allowing it takes data: in script-src, which allows every script",
		Mend:   "write the script into the page, or into a file"}
)

func (c *collector) find(f csp.Finding, directive, value string, offset int64) {
	at := csp.Position{Policy: -1, Directive: -1, Value: -1, Offset: int(offset)}
	f.Position, f.Directive, f.Value = at, directive, value
	c.page.Findings = append(c.page.Findings, f)
}
