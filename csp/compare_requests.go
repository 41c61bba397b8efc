package csp

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// comparedRequests are the effective directives of requests.
var comparedRequests = [...]syntax.DirectiveID{
	syntax.DirConnectSrc, syntax.DirFencedFrameSrc, syntax.DirFontSrc, syntax.DirFrameSrc, syntax.DirImgSrc,
	syntax.DirManifestSrc, syntax.DirMediaSrc, syntax.DirObjectSrc, syntax.DirScriptSrcElem, syntax.DirStyleSrcElem,
	syntax.DirWorkerSrc, syntax.DirBaseURI, syntax.DirFormAction, syntax.DirFrameAncestors,
}

// A question is what a request of an effective directive comes down to: the
// directives that govern it, policy by policy, and how their lists are asked.
type question struct {
	governing []*syntax.Directive
	style     bool
	special   syntax.DirectiveID // the one that has rules of its own, if it is one
	script    []bool
}

func (c *comparison) question(id syntax.DirectiveID) question {
	q := question{style: id == syntax.DirStyleSrcElem}
	if id >= syntax.DirBaseURI || id == syntax.DirWorkerSrc {
		q.special = id
	}
	for _, l := range append([]List{c.list}, c.others...) {
		for _, p := range l {
			by := p.governing(id)
			q.governing = append(q.governing, by)
			q.script = append(q.script, by != nil && asksScript(id, by, c.rules))
		}
	}
	return q
}

func (q question) equal(r question) bool {
	return q.style == r.style && q.special == r.special && slices.Equal(q.governing, r.governing) && slices.Equal(q.script, r.script)
}

// requests compares what may be requested, and what redirects of that may lead to:
// there paths do not count, and two policies with different paths meet.
func (c *comparison) requests(id syntax.DirectiveID, found func(Change) bool) bool {
	for _, origin := range c.origins {
		begins, ok := c.requestsFrom(id, origin, 0, found)
		if ok && begins && c.list.pathsMeet(id) {
			_, ok = c.requestsFrom(id, origin, 1, found)
		}
		if !ok {
			return false
		}
	}
	return true
}

// requestsFrom compares what a page of that origin may request, after that many
// redirects. It reports whether the list allows anything, and false if found did.
func (c *comparison) requestsFrom(id syntax.DirectiveID, origin string, redirects int, found func(Change) bool) (begins, ok bool) {
	of := func(p Policy) []condition { return p.requestConditions(id, origin, redirects > 0, c.rules) }
	conditions, few := conditionsOf(c.list, c.rules, of)
	if !few {
		return true, found(Change{Directive: syntax.Directives[id].Name, Witness: tooMany, Engine: c.engine})
	}
	for _, w := range conditions {
		r, alone := c.alone(id, Request{Origin: origin, Redirects: redirects}, w)
		if !alone {
			continue
		}
		all := r
		if all.Engine = AllEngines; c.written.alone(func(l List) bool { return l.AllowsRequest(all) }) {
			r = all
		}
		if !found(Change{Directive: r.Directive, Witness: r.URL, Request: r, Engine: r.Engine}) {
			return true, false
		}
	}
	return len(conditions) > 0, true
}

// tooMany is the Witness where there is too much to compare.
const tooMany = "something else: there are too many combinations of its sources to compare"

// pathsMeet reports whether two policies have paths for requests of that directive.
func (l List) pathsMeet(id syntax.DirectiveID) bool {
	n := 0
	for _, p := range l {
		if by := p.governing(id); by != nil && slices.ContainsFunc(by.Sources, func(s syntax.Source) bool { return s.Path != "" }) {
			n++
		}
	}
	return n > 1
}

// alone gives a request under a condition that only the list allows, if there is one.
func (c *comparison) alone(id syntax.DirectiveID, r Request, w condition) (Request, bool) {
	for _, url := range w.urls.Examples(c.unnamed.label, c.unnamed.port) {
		r.Directive, r.URL, r.Engine = syntax.Directives[id].Name, url, c.engine
		r.Nonce, r.Integrity, r.NotParserInserted = w.nonce, w.integrity, w.notParserInserted
		if !c.list.request(&r, c.rules).Allowed {
			continue
		}
		asked := r
		if c.list.upgrades(c.rules) && id != syntax.DirBaseURI && id != syntax.DirFrameAncestors {
			asked.URL = upgradedText(url, c.rules) // nothing else is ever requested
		}
		if !c.another(func(l List) bool {
			return l.request(&asked, c.rules).Allowed || l.starSubsumesSelf(id, w.urls)
		}) {
			return r, true
		}
	}
	return Request{}, false
}

// upgradedText gives the text of a URL as upgrade-insecure-requests makes it.
func upgradedText(url string, rules match.Rules) string {
	u, ok := match.ParseURL(url)
	if !ok {
		return url
	}
	before := u.Scheme
	if rules.Upgrade(&u); u.Scheme == before {
		return url
	}
	return u.Scheme.Text + strings.TrimPrefix(url, before.Text)
}

// starSubsumesSelf makes the exception that Subsumes documents: the ws: and
// wss: URLs of 'self' count as matched by *.
func (l List) starSubsumesSelf(id syntax.DirectiveID, urls match.URLSet) bool {
	if !urls.OfSelf || !urls.IsWebSocket() {
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
