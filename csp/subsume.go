package csp

import (
	"slices"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// Subsumes reports whether b allows nothing that a forbids: whether a subsumes
// b, in the words of Content Security Policy: Embedded Enforcement. Either may
// be a [Policy] or a [List].
//
// The answer is exact for what this package matches: on every page with an http
// or https origin, where b allows a request, an inline script or style, eval,
// WebAssembly, a base, a form action, a frame ancestor, WebRTC, a Trusted Types
// policy or what a sandbox forbids, so does a. Hashes of different algorithms
// are taken for hashes of different texts. A policy that
// upgrades insecure requests or requires Trusted Types is subsumed by one that
// does not, and not the other way round. Reporting and directives that
// are not known do not count. As in that specification, * subsumes 'self', though
// 'self' matches wss: URLs of the page's host too.
//
// It takes time in proportion to the product of the lengths of the source
// lists: it is for policies that people write, not for those that they send.
func Subsumes(a, b Policies) bool {
	return newComparison(b.List(), a.List()).all(func(Change) bool { return false })
}

// A comparison looks for what one list allows and none of others does.
type comparison struct {
	list    List
	others  []List
	x       stranger
	origins []string
}

func newComparison(list List, others ...List) *comparison {
	all := append([]List{list}, others...)
	c := &comparison{list: list, others: others, x: newStranger(all...)}
	host := "://page-" + c.x.label
	c.origins = []string{"https" + host}
	if slices.ContainsFunc(all, dependsOnOrigin) {
		c.origins = append(c.origins, "http"+host, "https"+host+":8443", "http"+host+":8080")
	}
	return c
}

// another reports whether one of the other lists allows what the list does.
func (c *comparison) another(allows func(List) bool) bool {
	return slices.ContainsFunc(c.others, allows)
}

// dependsOnOrigin reports whether a policy has 'self' or a host without scheme.
func dependsOnOrigin(l List) bool {
	for _, p := range l {
		for d := range p.Directives() {
			for _, s := range d.m.Sources {
				if s.Kind == syntax.SourceHost && s.Scheme.Kind == syntax.SchemeNone && s.Text != "*" || s.Keyword == syntax.KwSelf {
					return true
				}
			}
		}
	}
	return false
}

// comparedRequests are the effective directives of requests.
var comparedRequests = [...]syntax.DirectiveID{
	syntax.DirConnectSrc, syntax.DirFencedFrameSrc, syntax.DirFontSrc, syntax.DirFrameSrc, syntax.DirImgSrc, syntax.DirManifestSrc, syntax.DirMediaSrc, syntax.DirObjectSrc,
	syntax.DirScriptSrcElem, syntax.DirStyleSrcElem, syntax.DirWorkerSrc, syntax.DirBaseURI, syntax.DirFormAction, syntax.DirFrameAncestors,
}

var comparedInline = [...]InlineKind{
	InlineScript, InlineHandler, InlineNavigation, InlineRules, InlineStyle, InlineStyleAttribute,
}

// all calls found for what the list alone allows, until it gives false. It
// reports whether there was nothing, or found never gave false.
func (c *comparison) all(found func(Change) bool) bool {
	var asked []question
	for _, id := range comparedRequests {
		// Directives that the same lists govern have the same answer, and most
		// policies leave most to default-src.
		if q := c.question(id); !slices.ContainsFunc(asked, q.equal) {
			n := 0
			counted := func(change Change) bool { n++; return found(change) }
			if !c.requests(id, counted) {
				return false
			}
			if n == 0 {
				asked = append(asked, q)
			}
		}
	}
	for _, k := range comparedInline {
		if !c.inline(k, found) {
			return false
		}
	}
	return c.switches(found)
}

// A question is what a request of an effective directive comes down to: the
// directives that govern it, policy by policy, and how their lists are asked.
type question struct {
	governing []*syntax.Directive
	style     bool
	script    []bool
}

func (c *comparison) question(id syntax.DirectiveID) question {
	q := question{style: id == syntax.DirStyleSrcElem}
	for _, l := range append([]List{c.list}, c.others...) {
		for _, p := range l {
			by := p.governing(id)
			q.governing = append(q.governing, by)
			q.script = append(q.script, by != nil && asksScript(id, by.Id))
		}
	}
	return q
}

func (q question) equal(r question) bool {
	return q.style == r.style && slices.Equal(q.governing, r.governing) && slices.Equal(q.script, r.script)
}

// requests compares what may be requested.
func (c *comparison) requests(id syntax.DirectiveID, found func(Change) bool) bool {
	name := syntax.Directives[id].Name
	for _, origin := range c.origins {
		self, _ := parseURL(origin)
		for _, w := range meetAll(c.list, func(p Policy) []way { return p.requestWays(id, &self) }) {
			for _, url := range w.region.points(c.x) {
				r := Request{Directive: name, URL: url, Origin: origin, Nonce: w.nonce, Integrity: w.integrity,
					NotParserInserted: w.notParserInserted}
				if !c.list.AllowsRequest(r) || c.another(func(l List) bool {
					return l.AllowsRequest(r) || l.starSubsumesSelf(id, w.region)
				}) {
					continue
				}
				if !found(Change{Directive: name, Witness: url, Request: r}) {
					return false
				}
				break
			}
		}
	}
	return true
}

// starSubsumesSelf makes the exception that Subsumes documents: the ws: and
// wss: URLs of 'self' count as matched by *.
func (l List) starSubsumesSelf(id syntax.DirectiveID, r region) bool {
	if !r.ofSelf || r.scheme.Kind != syntax.SchemeWS && r.scheme.Kind != syntax.SchemeWSS {
		return false
	}
	for _, p := range l {
		by := p.governing(id)
		if by != nil && !slices.ContainsFunc(by.Sources, func(s syntax.Source) bool { return s.Text == "*" || s.Keyword == syntax.KwSelf }) {
			return false
		}
	}
	return true
}

// inline compares which inline code is allowed.
func (c *comparison) inline(k InlineKind, found func(Change) bool) bool {
	for _, w := range meetAll(c.list, func(p Policy) []way { return p.inlineWays(k) }) {
		check := inlineCheck{kind: k, nonce: w.nonce, notParserInserted: w.notParserInserted, digests: w.digests}
		if !c.list.inline(check) || c.another(func(l List) bool { return l.inline(check) }) {
			continue
		}
		if !found(Change{Directive: syntax.Directives[k.directive()].Name, Witness: check.describe()}) {
			return false
		}
	}
	return true
}

func (l List) inline(check inlineCheck) bool {
	for _, p := range l {
		if d := p.inline(&check); !d.Allowed {
			return false
		}
	}
	return true
}

// describe says what an inlineCheck is about, for people.
func (c *inlineCheck) describe() string {
	s := [...]string{
		InlineScript: "inline script", InlineHandler: "inline event handler", InlineStyle: "inline style",
		InlineStyleAttribute: "inline style attribute", InlineRules: "inline speculation rules", InlineNavigation: "javascript: URL",
	}[c.kind]
	if c.nonce != "" {
		s += " with nonce " + c.nonce
	}
	for a, digest := range c.digests {
		if digest != "" {
			s += " with hash " + syntax.HashAlgorithm(a).String() + "-" + digest
		}
	}
	if c.notParserInserted {
		s += " from a script"
	}
	return s
}
