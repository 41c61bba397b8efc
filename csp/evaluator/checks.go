package evaluator

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// check finds what there is to say about the policy.
func (e *evaluation) check() {
	e.checkMissing()
	e.checkScripts()
	e.checkStyles()
	e.checkReach(syntax.DirObjectSrc, openObjectHosts)
	e.checkReach(syntax.DirBaseURI, openBaseHosts)
	e.checkReach(syntax.DirFrameAncestors, openFrames)
	e.checkReach(syntax.DirFormAction, openForms)
	e.checkObjects()
	e.checkSources()
	e.checkNonces()
	e.checkPlace()
	e.checkReporting()
	if e.c.Level >= Level3 {
		e.checkStrict()
	}
}

// checkMissing looks for directives that are not there and have no fallback that
// is.
func (e *evaluation) checkMissing() {
	if e.script.d == nil {
		e.add(&findingMissingScriptSrc, openScripts|openEval, nil, -1)
	}
	if e.governing(syntax.DirObjectSrc) == nil {
		e.add(&findingMissingObjectSrc, openObjects, nil, -1)
	}
	if e.c.Level < Level2 {
		return // what follows is not known to those browsers
	}
	if e.policy.Directive(syntax.DirBaseURI) == nil {
		kind := &findingMissingBaseURI
		if e.elem.nonce || e.elem.hash && e.elem.strictDynamic {
			kind = &findingMissingBaseURIWithNonce
		}
		e.add(kind, openBase, nil, -1)
	}
	if e.policy.Directive(syntax.DirFormAction) == nil {
		e.add(&findingMissingFormAction, openForms, nil, -1)
	}
	if e.policy.Directive(syntax.DirFrameAncestors) == nil && !e.c.Meta {
		e.add(&findingMissingFrameAncestors, openFrames, nil, -1)
	}
}

// checkScripts looks at what may run code. A list that governs several of
// elements, handlers and eval is looked at once.
func (e *evaluation) checkScripts() {
	if e.elem.d != nil {
		e.checkInline(&e.elem, openInline, &findingUnsafeInline)
		e.checkReach(syntax.DirScriptSrcElem, openScriptHosts)
		e.checkHosts()
	}
	if e.handlers.d != nil && e.handlers.d != e.elem.d {
		e.checkInline(&e.handlers, openHandlers, &findingUnsafeInline)
	}
	if d := e.script.d; d != nil {
		for i := range d.Sources {
			if d.Sources[i].Keyword == syntax.KwUnsafeEval {
				e.add(&findingUnsafeEval, openEval, d, i)
			}
		}
	}
}

func (e *evaluation) checkStyles() {
	elem, attr := e.viewOf(syntax.DirStyleSrcElem, false), e.viewOf(syntax.DirStyleSrcAttr, false)
	e.checkInline(&elem, openStyles, &findingUnsafeInlineStyle)
	if attr.d != elem.d {
		e.checkInline(&attr, openStyles, &findingUnsafeInlineStyle)
	}
}

// checkInline reports 'unsafe-inline', in effect or ignored.
func (e *evaluation) checkInline(v *sourceView, needs exposure, kind *findingKind) {
	if v.d == nil {
		return
	}
	hashes := false
	for i := range v.d.Sources {
		hashes = hashes || v.d.Sources[i].Kind == syntax.SourceHash
	}
	for i := range v.d.Sources {
		switch s := &v.d.Sources[i]; {
		case s.Keyword == syntax.KwUnsafeInline && v.inline():
			e.add(kind, needs, v.d, i)
		case s.Keyword == syntax.KwUnsafeInline, s.Keyword == syntax.KwSelf && v.strictDynamic,
			(s.Kind == syntax.SourceHost || s.Kind == syntax.SourceScheme) && v.strictDynamic:
			e.add(&findingIgnored, 0, v.d, i)
		case s.Keyword == syntax.KwUnsafeHashes && !hashes && v.level >= Level3:
			e.add(&findingUnsafeHashesAlone, 0, v.d, i)
		}
	}
}

// checkReach reports sources that allow everything in what governs id.
func (e *evaluation) checkReach(id syntax.DirectiveID, needs exposure) {
	v := e.viewOf(id, id == syntax.DirScriptSrcElem)
	if v.d == nil || id == syntax.DirObjectSrc && v.d == e.elem.d {
		return // default-src is looked at once
	}
	severity := csp.Severity(0)
	if id == syntax.DirFrameAncestors || id == syntax.DirFormAction {
		severity = csp.Medium // as bad as if it were missing
	}
	for i := range v.d.Sources {
		if !v.inEffect(&v.d.Sources[i]) {
			continue
		}
		var kind *findingKind
		needs := needs
		switch reachOf(&v.d.Sources[i]) {
		case reachHosts:
			kind = &findingWildcard
		case reachSuffix:
			kind = &findingWildcardSuffix
		case reachScheme:
			kind = &findingPlainScheme
		case reachData:
			kind = &findingPlainScheme
			if needs == openScriptHosts {
				needs = openScriptData
			}
		default:
			continue
		}
		e.found = append(e.found, weakness{kind: kind, severity: severity, d: v.d, value: i, needs: needs})
	}
}

// checkHosts looks at the hosts that scripts may come from.
func (e *evaluation) checkHosts() {
	d := e.elem.d
	for i := range d.Sources {
		s := &d.Sources[i]
		if !e.elem.inEffect(s) || reachOf(s) != reachSome {
			continue
		}
		switch {
		case s.Keyword == syntax.KwSelf:
			e.add(&findingSelfScripts, openScriptSource, d, i)
		case s.Kind == syntax.SourceHost:
			kind := &findingHostScripts
			if s.Path != "" && !strings.HasSuffix(s.Path, "/") {
				kind = &findingFileScripts
			}
			e.found = append(e.found, weakness{kind: kind, d: d, value: i, host: s})
		}
	}
}

// checkObjects reports an object-src that allows something.
func (e *evaluation) checkObjects() {
	d := e.policy.Directive(syntax.DirObjectSrc)
	if d == nil {
		return
	}
	v := sourceView{d: d, level: e.c.Level}
	for i := range d.Sources {
		s := &d.Sources[i]
		if v.inEffect(s) && reachOf(s) == reachSome && (s.Kind == syntax.SourceHost || s.Kind == syntax.SourceScheme || s.Keyword == syntax.KwSelf) {
			e.add(&findingObjects, openObjectSource, d, -1)
			return
		}
	}
}

// checkStrict compares the policy with a strict one (web.dev/strict-csp).
func (e *evaluation) checkStrict() {
	v, d := &e.elem, e.elem.d
	if e.open&openSinks != 0 && !v.nothing() {
		e.add(&findingNoTrustedTypes, openSinks, nil, -1)
	}
	if d == nil {
		return
	}
	located, httpFallback := false, false
	dynamic := -1
	for i := range d.Sources {
		s := &d.Sources[i]
		located = located || s.Kind == syntax.SourceHost || s.Kind == syntax.SourceScheme
		httpFallback = httpFallback || s.Kind == syntax.SourceHost || s.Kind == syntax.SourceScheme && reachOf(s) == reachScheme || s.Keyword == syntax.KwSelf
		if s.Keyword == syntax.KwStrictDynamic {
			dynamic = i
		}
	}
	switch {
	case dynamic < 0 && located:
		e.add(&findingNoStrictDynamic, openScriptSource, d, -1)
	case dynamic >= 0 && !v.nonce && !v.hash:
		e.add(&findingStrictDynamicAlone, 0, d, dynamic)
	case dynamic >= 0 && !httpFallback:
		e.add(&findingNoHostFallback, 0, d, dynamic)
	}
	if (v.nonce || v.hash) && !v.unsafeInline {
		e.add(&findingNoInlineFallback, 0, d, -1)
	}
}
