package csp

import "strings"

// check finds what there is to say about the policy.
func (e *evaluation) check() {
	e.checkMissing()
	e.checkScripts()
	e.checkStyles()
	e.checkReach(dirObjectSrc, openObjectHosts)
	e.checkReach(dirBaseURI, openBaseHosts)
	e.checkReach(dirFrameAncestors, openFrames)
	e.checkReach(dirFormAction, openForms)
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
	if e.governing(dirObjectSrc) == nil {
		e.add(&findingMissingObjectSrc, openObjects, nil, -1)
	}
	if e.c.Level < Level2 {
		return // what follows is not known to those browsers
	}
	if e.policy.directive(dirBaseURI) == nil {
		kind := &findingMissingBaseURI
		if e.elem.nonce || e.elem.hash && e.elem.strictDynamic {
			kind = &findingMissingBaseURIWithNonce
		}
		e.add(kind, openBase, nil, -1)
	}
	if e.policy.directive(dirFormAction) == nil {
		e.add(&findingMissingFormAction, openForms, nil, -1)
	}
	if e.policy.directive(dirFrameAncestors) == nil && !e.c.Meta {
		e.add(&findingMissingFrameAncestors, openFrames, nil, -1)
	}
}

// checkScripts looks at what may run code. A list that governs several of
// elements, handlers and eval is looked at once.
func (e *evaluation) checkScripts() {
	if e.elem.d != nil {
		e.checkInline(&e.elem, openInline, &findingUnsafeInline)
		e.checkReach(dirScriptSrcElem, openScriptHosts)
		e.checkHosts()
	}
	if e.handlers.d != nil && e.handlers.d != e.elem.d {
		e.checkInline(&e.handlers, openHandlers, &findingUnsafeInline)
	}
	if d := e.script.d; d != nil {
		for i := range d.sources {
			if d.sources[i].keyword == kwUnsafeEval {
				e.add(&findingUnsafeEval, openEval, d, i)
			}
		}
	}
}

func (e *evaluation) checkStyles() {
	elem, attr := e.viewOf(dirStyleSrcElem, false), e.viewOf(dirStyleSrcAttr, false)
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
	for i := range v.d.sources {
		hashes = hashes || v.d.sources[i].kind == sourceHash
	}
	for i := range v.d.sources {
		switch s := &v.d.sources[i]; {
		case s.keyword == kwUnsafeInline && v.inline():
			e.add(kind, needs, v.d, i)
		case s.keyword == kwUnsafeInline, s.keyword == kwSelf && v.strictDynamic,
			(s.kind == sourceHost || s.kind == sourceScheme) && v.strictDynamic:
			e.add(&findingIgnored, 0, v.d, i)
		case s.keyword == kwUnsafeHashes && !hashes && v.level >= Level3:
			e.add(&findingUnsafeHashesAlone, 0, v.d, i)
		}
	}
}

// checkReach reports sources that allow everything in what governs id.
func (e *evaluation) checkReach(id directiveID, needs exposure) {
	v := e.viewOf(id, id == dirScriptSrcElem)
	if v.d == nil || id == dirObjectSrc && v.d == e.elem.d {
		return // default-src is looked at once
	}
	severity := Severity(0)
	if id == dirFrameAncestors || id == dirFormAction {
		severity = Medium // as bad as if it were missing
	}
	for i := range v.d.sources {
		if !v.inEffect(&v.d.sources[i]) {
			continue
		}
		var kind *findingKind
		needs := needs
		switch v.d.sources[i].reach() {
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
	for i := range d.sources {
		s := &d.sources[i]
		if !e.elem.inEffect(s) || s.reach() != reachSome {
			continue
		}
		switch {
		case s.keyword == kwSelf:
			e.add(&findingSelfScripts, openScriptSource, d, i)
		case s.kind == sourceHost:
			kind := &findingHostScripts
			if s.path != "" && !strings.HasSuffix(s.path, "/") {
				kind = &findingFileScripts
			}
			e.found = append(e.found, weakness{kind: kind, d: d, value: i, host: s})
		}
	}
}

// checkObjects reports an object-src that allows something.
func (e *evaluation) checkObjects() {
	d := e.policy.directive(dirObjectSrc)
	if d == nil {
		return
	}
	v := sourceView{d: d, level: e.c.Level}
	for i := range d.sources {
		s := &d.sources[i]
		if v.inEffect(s) && s.reach() == reachSome && (s.kind == sourceHost || s.kind == sourceScheme || s.keyword == kwSelf) {
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
	for i := range d.sources {
		s := &d.sources[i]
		located = located || s.kind == sourceHost || s.kind == sourceScheme
		httpFallback = httpFallback || s.kind == sourceHost || s.kind == sourceScheme && s.reach() == reachScheme || s.keyword == kwSelf
		if s.keyword == kwStrictDynamic {
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
