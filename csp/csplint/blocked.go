package main

import (
	"net/url"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
)

// A trial holds a page against policies.
type trial struct {
	enforced, monitored csp.List // of headers
	index               *pageIndex
	page                *url.URL // an invented one if it is not known
	known               bool
	base                *url.URL              // that of the page's base element; nil without one
	pages               map[string][]*url.URL // of hostsOf, by the text of the directive
	asked               int                   // how often policies were asked about a URL
	modules             []csphtml.ModuleIntegrity
}

func newTrial(page *url.URL, index *pageIndex, enforced, monitored csp.List) *trial {
	t := &trial{enforced: enforced, monitored: monitored, index: index, page: page, known: page != nil}
	if !t.known {
		t.page = &url.URL{Scheme: "https", Host: "page.invalid", Path: "/"}
		t.pages = make(map[string][]*url.URL)
	}
	return t
}

// findings gives what policies block of a page, and what csphtml found in it. If
// the page was made for this request, its nonces are as they should be.
func (t *trial) findings(page csphtml.Page, fresh bool) []csp.Finding {
	found := new(pageFindings)
	for _, part := range []struct {
		hashes   []csp.Hash
		blockage *blockage
		kinds    []csp.InlineKind
	}{
		{page.Scripts, &blockedScript, []csp.InlineKind{csp.InlineScript, csp.InlineRules}},
		{page.Handlers, &blockedHandler, []csp.InlineKind{csp.InlineHandler}},
		{page.Styles, &blockedStyle, []csp.InlineKind{csp.InlineStyle}},
		{page.StyleAttrs, &blockedStyleAttr, []csp.InlineKind{csp.InlineStyleAttribute}},
	} {
		for _, h := range part.hashes {
			for _, o := range t.index.inline[h] {
				if slices.Contains(part.kinds, o.inline.Kind) {
					t.inline(found, o, part.blockage, "'"+h.String()+"'")
				}
			}
		}
	}
	t.modules = page.Modules
	t.setBase(page.Loads)
	for _, l := range page.Loads {
		t.load(found, l)
	}
	t.others(found, page.Findings, fresh)
	return found.all()
}

// setBase takes in the page's base element, if its policies allow it.
func (t *trial) setBase(loads []csphtml.Load) {
	for _, l := range loads {
		if l.Directive == "base-uri" && !t.load(new(pageFindings), l) {
			t.base, _ = url.Parse(l.URL)
			return
		}
	}
}

func (t *trial) hasPolicies() bool {
	return len(t.enforced) > 0 || len(t.monitored) > 0 || len(t.index.metas) > 0
}

// others adds what csphtml found, unless the policies say more exactly.
func (t *trial) others(found *pageFindings, others []csp.Finding, fresh bool) {
	for _, f := range others {
		switch f.Code {
		case "static-nonce":
			if fresh {
				continue
			}
		case "import-by-hash", "import-map-by-hash", "module-by-hash", "preload-by-hash":
			if t.hasPolicies() {
				continue // what they block is found
			}
		case "event-handler":
			if found.blocked[f.Position.Offset] {
				continue
			}
		case "javascript-url":
			o := occurrence{offset: f.Position.Offset, inline: cspcrypto.Inline(csp.InlineNavigation, f.Value)}
			if t.inline(found, o, &blockedNavigation, f.Value) {
				continue
			}
		}
		found.add(f)
	}
}

// inline adds a finding if code at a place is blocked, and reports whether it is.
func (t *trial) inline(found *pageFindings, o occurrence, b *blockage, value string) bool {
	v, blocked := t.ask(o, func(list csp.List, e csp.Engine) (csp.Decision, bool) {
		in := o.inline
		in.Engine = e
		return list.ExplainInline(in), false
	})
	if blocked {
		found.block(b, o.offset, value, v)
	}
	return blocked
}

// load adds findings for the places where a URL is blocked, and reports whether there
// are such. Places that are alike to policies are asked about once.
func (t *trial) load(found *pageFindings, l csphtml.Load) (blocked bool) {
	type place struct {
		nonce, integrity string
		metas            int // policies in meta elements before it
		object           bool
	}
	type answer struct {
		verdict
		blocked bool
	}
	answers := make(map[place]answer)
	by := l.Initiator
	if by == csphtml.ByImportCall {
		by = csphtml.ByImport
	}
	for _, o := range t.index.urls[l.URL] {
		if o.by != by {
			continue
		}
		p := place{o.nonce, o.integrity, t.index.metasBefore(o.offset), o.object}
		a, known := answers[p]
		if !known {
			a.verdict, a.blocked = t.ask(o, func(list csp.List, e csp.Engine) (csp.Decision, bool) {
				if !asks(e, l, o) {
					return csp.Decision{Allowed: true}, false
				}
				return t.decide(list, l, o, e)
			})
			answers[p] = a
		}
		if a.blocked {
			found.block(blockageOf(l, a.verdict), o.offset, l.URL, a.verdict)
			blocked = true
		}
	}
	return blocked
}

// asks reports whether an engine asks the directive about a load: see
// [csphtml.Load].
func asks(e csp.Engine, l csphtml.Load, o occurrence) bool {
	switch {
	case l.Directive == "default-src":
		return e == csp.Firefox
	case o.object && l.Directive == "img-src":
		return e == csp.WebKit
	case o.object && l.Directive == "frame-src":
		return e == csp.Chromium
	}
	return true
}

// ask asks the policies that govern a place, those that are enforced first, of each
// engine.
func (t *trial) ask(o occurrence, decide func(csp.List, csp.Engine) (d csp.Decision, maybe bool)) (v verdict, blocked bool) {
	for i, list := range [...]csp.List{slices.Concat(t.enforced, t.index.before(o.offset)), t.monitored} {
		v = verdict{list: list, enforced: i == 0}
		for _, e := range engines {
			if d, maybe := decide(list, e); !d.Allowed {
				v.Decision, v.maybe = d, v.maybe || maybe
				v.engines = append(v.engines, e)
			}
		}
		if len(v.engines) > 0 {
			return v, true
		}
	}
	return verdict{}, false
}

// decide decides about what a page loads. If that is blocked, it reports whether it
// would be allowed on another host that the page may be on.
func (t *trial) decide(list csp.List, l csphtml.Load, o occurrence, e csp.Engine) (d csp.Decision, maybe bool) {
	target, ok := t.resolve(t.page, l)
	if !ok {
		return csp.Decision{Allowed: true}, false
	}
	if d = t.decideOn(t.page, target, list, l, o, e); d.Allowed || t.known {
		return d, false
	}
	for _, page := range t.otherPages(target, list, d) {
		if target, ok := t.resolve(page, l); !ok || t.decideOn(page, target, list, l, o, e).Allowed {
			return d, true
		}
	}
	return d, false
}

// decideOn is decide for a page with that URL, and what it loads with target.
func (t *trial) decideOn(page *url.URL, target string, list csp.List, l csphtml.Load, o occurrence, e csp.Engine) csp.Decision {
	t.asked++
	r := csp.Request{Directive: l.Directive, URL: target, Origin: page.Scheme + "://" + page.Host,
		Nonce: o.nonce, Integrity: o.integrity, Engine: e}
	if o.by == csphtml.ByImport || o.by == csphtml.ByImportMap {
		r.Integrity = t.moduleIntegrity(l.URL)
		r.NotParserInserted = e == csp.WebKit // csp.Behaviors, "strict-dynamic-inline-import"
	}
	return list.Explain(r)
}

// moduleIntegrity gives the integrity that an import map has for a module.
func (t *trial) moduleIntegrity(module string) string {
	var hashes []string
	for _, m := range t.modules {
		if m.URL == module {
			for _, h := range m.Hashes {
				hashes = append(hashes, h.String())
			}
		}
	}
	return strings.Join(hashes, " ")
}

// resolve gives the absolute URL of what a page loads. Policies are not asked about
// a fragment of the page itself, or about: URLs, or what this package cannot resolve
// as browsers do.
func (t *trial) resolve(page *url.URL, l csphtml.Load) (string, bool) {
	u, err := url.Parse(l.URL)
	switch {
	case err != nil: // package csp takes more than net/url
		return l.URL, isWebURL(l.URL)
	case strings.HasPrefix(l.URL, "#"), u.Scheme == "about":
		return "", false
	}
	if u.Scheme != "" && u.Host == "" {
		return l.URL, true // data: and the like
	}
	if t.base != nil && l.Directive != "base-uri" {
		page = page.ResolveReference(t.base)
	}
	u = page.ResolveReference(u)
	ascii := !strings.ContainsFunc(u.Host, func(c rune) bool { return c >= 0x80 }) // others need Punycode
	return u.String(), ascii && u.Host != ""
}
