package csp

import (
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// comparedEngines are those whose answers are compared. AllEngines needs no comparison of
// its own: where it allows something, all browsers do, or the draft and one of them.
var comparedEngines = [...]Engine{Draft, Chromium, Firefox, WebKit}

// A comparison looks for what one list allows and none of others does, for an engine.
type comparison struct {
	engine  Engine
	rules   match.Rules
	list    List // as the engine reads it
	others  []List
	unnamed unnamed
	origins []string
	written written
}

// An asking is what a comparison for an engine asked for.
type asking struct {
	rules match.Rules
	asked *match.Set
}

// written is the lists as they are written, for all engines.
type written struct {
	list   List
	others []List
}

// alone reports whether the list allows something, and none of the others does.
func (w written) alone(allows func(List) bool) bool {
	return allows(w.list) && !slices.ContainsFunc(w.others, allows)
}

// compare calls found for what the list alone allows, engine by engine, until
// it gives false. It reports whether there was nothing, or found never gave false.
func (o Comparison) compare(list List, others []List, found func(Change) bool) bool {
	list, others = o.prepare(list), slices.Clone(others)
	for i := range others {
		others[i] = o.prepare(others[i])
	}
	var done []asking
	for _, e := range comparedEngines {
		if slices.ContainsFunc(done, func(a asking) bool { return a.rules.SameFor(e.rules(), *a.asked) }) {
			continue // nothing was asked for in which this engine differs from that
		}
		a := asking{e.rules(), new(match.Set)}
		c := newComparison(e, e.rules().Noting(a.asked), o.Origin, list, others)
		if !c.all(found) {
			return false
		}
		done = append(done, a)
	}
	return true
}

func newComparison(e Engine, rules match.Rules, origin string, list List, others []List) *comparison {
	c := &comparison{engine: e, rules: rules, list: list.as(rules), written: written{list, others}}
	for _, l := range others {
		c.others = append(c.others, l.as(rules))
	}
	all := append([]List{list}, others...)
	c.unnamed = newUnnamed(all...)
	if c.origins = []string{origin}; origin == "" {
		c.origins = pageOrigins(c.unnamed.label, all)
	}
	return c
}

// pageOrigins gives the origins of pages that make a difference.
func pageOrigins(label string, all []List) []string {
	host := "://page-" + label
	origins := []string{"https" + host}
	if !slices.ContainsFunc(all, dependsOnOrigin) {
		return origins
	}
	origins = append(origins, "http"+host, "https"+host+":8443", "http"+host+":8080",
		"https://192.0.2.7", // which a wildcard does not match in the draft
		"http://localhost")  // which is not upgraded by all
	if slices.ContainsFunc(all, func(l List) bool { return len(l) > 1 }) {
		origins = append(origins, namedOrigins(label, all)...)
	}
	return origins
}

// namedOrigins gives the origins that the policies of lists name: the 'self' of one
// policy may be a host of another.
func namedOrigins(label string, all []List) []string {
	const many = 12
	var origins []string
	add := func(s *syntax.Source) {
		scheme := s.FullScheme().Text
		if s.Kind != syntax.SourceHost || s.Host == "" || len(origins) >= many || scheme != "" && !s.FullScheme().Special() {
			return
		}
		host := s.Host
		if s.AnySub {
			host = label + host
		}
		if s.Port > 0 {
			host += ":" + strconv.Itoa(int(s.Port))
		}
		for _, scheme := range [...]string{"https", "http"} {
			if o := scheme + "://" + host; !slices.Contains(origins, o) {
				origins = append(origins, o)
			}
		}
	}
	for _, l := range all {
		for _, p := range l {
			for d := range p.Directives() {
				for i := range d.m.Sources {
					add(&d.m.Sources[i])
				}
			}
		}
	}
	return origins
}

// as gives the list as the rules have it read.
func (l List) as(rules match.Rules) List {
	read := make(List, len(l))
	for i, p := range l {
		read[i] = Policy{p.read(rules)}
	}
	return read
}

// another reports whether one of the other lists allows what the list does.
func (c *comparison) another(allows func(List) bool) bool {
	return slices.ContainsFunc(c.others, allows)
}

// dependsOnOrigin reports whether a policy has 'self' or a host without scheme.
func dependsOnOrigin(l List) bool {
	for _, p := range l {
		for d := range p.Directives() {
			if needOrigin(d.m.Sources) {
				return true
			}
		}
	}
	return false
}

// unnamed is what no policy that is compared mentions.
type unnamed struct {
	label string // a host's label, a path's segment, a scheme
	port  int32
}

// newUnnamed looks for one in the texts of policies.
func newUnnamed(lists ...List) unnamed {
	in := func(t string) bool {
		for _, l := range lists {
			for _, p := range l {
				if strings.Contains(syntax.AsciiLower(p.String()), t) {
					return true
				}
			}
		}
		return false
	}
	u := unnamed{"elsewhere", 4242}
	for n := 2; in(u.label); n++ {
		u.label = "elsewhere" + strconv.Itoa(n)
	}
	for in(strconv.Itoa(int(u.port))) {
		u.port++
	}
	return u
}

// comparedRequests are the effective directives of requests.
var comparedRequests = [...]syntax.DirectiveID{
	syntax.DirConnectSrc, syntax.DirFencedFrameSrc, syntax.DirFontSrc, syntax.DirFrameSrc, syntax.DirImgSrc,
	syntax.DirManifestSrc, syntax.DirMediaSrc, syntax.DirObjectSrc, syntax.DirScriptSrcElem, syntax.DirStyleSrcElem,
	syntax.DirWorkerSrc, syntax.DirBaseURI, syntax.DirFormAction, syntax.DirFrameAncestors,
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

// inline compares which inline code is allowed.
func (c *comparison) inline(k InlineKind, found func(Change) bool) bool {
	conditions, ok := conditionsOf(c.list, c.rules, func(p Policy) []condition { return p.inlineConditions(k, c.rules) })
	if !ok {
		return found(Change{Directive: syntax.Directives[k.directive()].Name, Witness: tooMany, Engine: c.engine})
	}
	for _, w := range conditions {
		check := inlineCheck{kind: k, nonce: w.nonce, notParserInserted: w.notParserInserted, digests: w.digests}
		allows := func(l List) bool { return l.inline(&check, c.rules).Allowed }
		if !allows(c.list) || c.another(allows) {
			continue
		}
		change := Change{Directive: syntax.Directives[k.directive()].Name, Witness: check.describe(), Engine: c.engine}
		if c.written.alone(func(l List) bool {
			return decide(AllEngines, func(rules match.Rules) Decision { return l.inline(&check, rules) }).Allowed
		}) {
			change.Engine = AllEngines
		}
		if !found(change) {
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
	s += withNonce(c.nonce)
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
