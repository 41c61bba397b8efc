package evaluator

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// check finds what there is to say about the policy.
func (e *checker) check() {
	e.checkSyntax()
	if e.policy.IsZero() {
		return
	}
	e.checkMissing()
	e.checkScripts()
	e.checkStyles()
	e.checkOthers()
	e.checkObjects()
	e.checkSources()
	e.checkNonces()
	e.checkPlace()
	e.checkReporting()
	if e.c.Level >= Level3 {
		e.checkStrict()
		e.checkEngines()
	}
}

// checkMissing looks for directives that are not there and have no fallback that
// is.
func (e *checker) checkMissing() {
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
func (e *checker) checkScripts() {
	if e.elem.d != nil {
		e.checkInline(&e.elem, openInline, &findingUnsafeInline)
		e.checkReach(&e.elem, openScriptHosts)
		e.checkHosts()
	}
	if e.handlers.d != nil && e.handlers.d != e.elem.d {
		e.checkInline(&e.handlers, openHandlers, &findingUnsafeInlineHandlers)
	}
	if d := e.script.d; d != nil {
		kind := &findingUnsafeEval
		if e.c.Level >= Level3 && e.open&openSinks == 0 {
			kind = &findingUnsafeEvalChecked
		}
		for i := range d.Sources {
			if d.Sources[i].Keyword == syntax.KwUnsafeEval {
				e.add(kind, openEval, d, i)
			}
		}
	}
}

func (e *checker) checkStyles() {
	e.checkInline(&e.style, openStyles, &findingUnsafeInlineStyle)
	if e.attr.d != e.style.d {
		e.checkInline(&e.attr, openStyles, &findingUnsafeInlineStyle)
	}
	if e.style.d == nil {
		return
	}
	for i := range e.style.d.Sources {
		switch reachOf(&e.style.d.Sources[i]) {
		case reachHosts, reachSuffix:
			e.add(&findingWildcardStyle, openStyleHosts, e.style.d, i)
		case reachScheme, reachWebSocket, reachData:
			e.add(&findingPlainSchemeStyle, openStyleHosts, e.style.d, i)
		}
	}
}

// checkInline reports 'unsafe-inline' and 'unsafe-hashes', in effect or ignored, and
// what else is ignored.
func (e *checker) checkInline(v *sourceView, needs exposure, kind *findingKind) {
	if v.d == nil {
		return
	}
	hashes := false
	for i := range v.d.Sources {
		hashes = hashes || v.d.Sources[i].Kind == syntax.SourceHash
	}
	// In default-src hosts are for more than scripts, and 'unsafe-inline' is if
	// styles may use it.
	shared := v.isScript && v.d.ID == syntax.DirDefaultSrc
	for i := range v.d.Sources {
		switch s := &v.d.Sources[i]; {
		case s.Keyword == syntax.KwUnsafeInline && v.inline():
			e.add(kind, needs, v.d, i)
		case s.Keyword == syntax.KwUnsafeInline && !(shared && e.style.d == v.d && e.style.inline()),
			v.strictDynamic && !shared && (s.Keyword == syntax.KwSelf || s.Kind == syntax.SourceHost || s.Kind == syntax.SourceScheme):
			e.add(&findingIgnored, 0, v.d, i)
		case s.Keyword == syntax.KwUnsafeHashes && v.level >= Level3:
			if !hashes {
				e.add(&findingUnsafeHashesAlone, 0, v.d, i)
			} else if v.isScript && !v.inline() {
				e.add(&findingUnsafeHashes, 0, v.d, i)
			}
		}
	}
}

// checkReach reports sources that allow everything in a list.
func (e *checker) checkReach(v *sourceView, needs exposure) {
	if v.d == nil {
		return
	}
	for i := range v.d.Sources {
		if !v.inEffect(&v.d.Sources[i]) {
			continue
		}
		kind, needs := &findingPlainScheme, needs
		switch reachOf(&v.d.Sources[i]) {
		case reachHosts:
			kind = &findingWildcard
		case reachSuffix:
			kind = &findingWildcardSuffix
		case reachWebSocket:
			kind = &findingWebSocketScheme
		case reachScheme:
		case reachData:
			if needs == openScriptHosts {
				needs = openScriptData
			}
		default:
			continue
		}
		severity := kind.severity
		if needs&(openFrames|openForms) != 0 {
			severity = csp.Medium // as bad as if it were missing
		}
		e.addAs(kind, severity, needs, v.d, i)
	}
}

// checkOthers looks at the reach of what is not for scripts and not for styles.
func (e *checker) checkOthers() {
	object := e.viewOf(syntax.DirObjectSrc, false)
	if object.d != e.elem.d { // default-src is looked at once
		e.checkReach(&object, openObjectHosts)
	}
	for _, x := range [...]struct {
		id    syntax.DirectiveID
		needs exposure
	}{{syntax.DirBaseURI, openBaseHosts}, {syntax.DirFrameAncestors, openFrames}, {syntax.DirFormAction, openForms}} {
		v := e.viewOf(x.id, false)
		e.checkReach(&v, x.needs)
	}
}

// checkHosts looks at the hosts that scripts may come from.
func (e *checker) checkHosts() {
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
			e.checkHost(s, i)
		}
	}
}

// checkHost says what is known of a host whose scripts run.
func (e *checker) checkHost(s *syntax.Source, value int) {
	w := weakness{kind: &findingHostScripts, policy: e.index, d: e.elem.d, value: int32(value)}
	if b := e.findBypass(s); b != nil {
		w.kind, w.bypass = b.kind.finding(), b
	} else if !e.mayShare(s, e.evaluation) {
		return
	} else if s.Path != "" && !strings.HasSuffix(s.Path, "/") {
		w.kind = &findingFileScripts
	}
	w.severity = w.kind.severity
	e.found = append(e.found, w)
}

// checkObjects reports an object-src that allows something.
func (e *checker) checkObjects() {
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
func (e *checker) checkStrict() {
	v, d := &e.elem, e.elem.d
	if e.exposed&openSinks != 0 && !v.nothing() {
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
	case dynamic >= 0 && !httpFallback && d.ID != syntax.DirDefaultSrc: // https: would open the rest
		e.add(&findingNoHostFallback, 0, d, dynamic)
	}
	if (v.nonce || v.hash) && !v.unsafeInline {
		e.add(&findingNoInlineFallback, 0, d, -1)
	}
}
