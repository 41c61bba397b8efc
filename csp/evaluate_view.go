package csp

// A sourceView is what a source list amounts to for scripts or styles at a level.
type sourceView struct {
	d        *Directive // nil if nothing governs
	level    Level
	isScript bool

	nonce, hash, strictDynamic bool // those that the level knows
	unsafeInline, unsafeEval   bool // as written
}

// since gives the level that brought a directive.
func (id directiveID) since() Level {
	switch id {
	case dirDefaultSrc, dirScriptSrc, dirObjectSrc, dirStyleSrc, dirImgSrc, dirMediaSrc, dirFrameSrc, dirFontSrc,
		dirConnectSrc, dirSandbox, dirReportURI:
		return Level1
	case dirBaseURI, dirChildSrc, dirFormAction, dirFrameAncestors:
		return Level2
	}
	return Level3
}

// governing is Policy.governing for browsers of the level.
func (e *evaluation) governing(id directiveID) *Directive {
	for _, f := range fallbacks(id) {
		if d := e.policy.directive(f); d != nil && f.since() <= e.c.Level {
			return d
		}
	}
	return nil
}

// viewOf sums up the list that governs id.
func (e *evaluation) viewOf(id directiveID, isScript bool) sourceView {
	v := sourceView{d: e.governing(id), level: e.c.Level, isScript: isScript}
	if v.d == nil {
		return v
	}
	for i := range v.d.sources {
		switch s := &v.d.sources[i]; {
		case s.kind == sourceNonce && v.level >= Level2:
			v.nonce = true
		case s.kind == sourceHash && v.level >= Level2:
			v.hash = true
		case s.keyword == kwStrictDynamic && v.level >= Level3:
			v.strictDynamic = isScript
		case s.keyword == kwUnsafeInline:
			v.unsafeInline = true
		case s.keyword == kwUnsafeEval:
			v.unsafeEval = true
		}
	}
	return v
}

// inline reports whether all inline code is allowed: draft 6.7.3.2.
func (v *sourceView) inline() bool {
	return v.d == nil || v.unsafeInline && !v.nonce && !v.hash && !v.strictDynamic
}

// inEffect reports whether the source is not ignored because of another, nor
// unknown at the level.
func (v *sourceView) inEffect(s *source) bool {
	switch s.kind {
	case sourceNonce, sourceHash:
		return v.level >= Level2
	case sourceHost, sourceScheme:
		return !v.strictDynamic
	case sourceKeyword:
		switch s.keyword {
		case kwSelf:
			return !v.strictDynamic
		case kwUnsafeInline:
			return v.inline()
		case kwUnsafeEval:
			return true
		case kwNone:
			return len(v.d.sources) == 1
		}
		return v.level >= Level3
	}
	return false
}

// nothing reports whether the list allows nothing.
func (v *sourceView) nothing() bool {
	if v.d == nil {
		return false
	}
	for i := range v.d.sources {
		if s := &v.d.sources[i]; v.inEffect(s) && s.keyword != kwNone {
			return false
		}
	}
	return true
}

// reach says how far a source reaches.
type reach uint8

const (
	reachSome   reach = iota
	reachSuffix       // every host below a top-level domain
	reachHosts        // every host, by "*"
	reachScheme       // every host, by a scheme
	reachData         // what the URL itself has in it
)

// reach of a source, for what runs or may run code.
func (s *source) reach() reach {
	switch s.kind {
	case sourceScheme:
		switch {
		case s.scheme.kind == schemeHTTP || s.scheme.kind == schemeHTTPS:
			return reachScheme
		case equalFold(s.scheme.text, "data"):
			return reachData
		}
	case sourceHost:
		if s.anySub && (s.scheme.kind == schemeNone || s.scheme.kind == schemeHTTP || s.scheme.kind == schemeHTTPS) {
			if s.host == "" {
				return reachHosts
			}
			if isTopLevel(s.host) {
				return reachSuffix
			}
		}
	}
	return reachSome
}

// isTopLevel reports whether ".com" or the like follows the "*".
func isTopLevel(host string) bool {
	for i := 1; i < len(host)-1; i++ {
		if host[i] == '.' {
			return false
		}
	}
	return true
}

// view works out what the policy fails to prevent.
func (e *evaluation) view() {
	e.elem = e.viewOf(dirScriptSrcElem, true)
	e.handlers = e.viewOf(dirScriptSrcAttr, true)
	e.script = e.viewOf(dirScriptSrc, true)
	style := e.viewOf(dirStyleSrcElem, false)
	styleAttr := e.viewOf(dirStyleSrcAttr, false)
	set := func(open bool, what exposure) {
		if open {
			e.open |= what
		}
	}
	set(e.script.d == nil, openScripts)
	set(e.elem.d == nil, openScriptHosts|openScriptData|openScriptSource)
	set(e.elem.inline(), openInline)
	set(e.handlers.inline(), openHandlers)
	set(e.script.d == nil || e.script.unsafeEval, openEval)
	set(style.inline() || styleAttr.inline(), openStyles)
	e.open |= e.elem.reached(openScriptHosts, openScriptData, openScriptSource)
	for _, x := range []struct {
		id                  directiveID
		missing, wide, some exposure
	}{
		{dirObjectSrc, openObjects, openObjectHosts, openObjectSource},
		{dirBaseURI, openBase, openBaseHosts, 0},
		{dirFrameAncestors, openFrames, openFrames, 0},
		{dirFormAction, openForms, openForms, 0},
	} {
		v := e.viewOf(x.id, false)
		set(v.d == nil, x.missing|x.wide|x.some)
		e.open |= v.reached(x.wide, x.wide, x.some)
	}
	set(e.policy.directive(dirReportURI) == nil && (e.c.Level < Level3 || e.policy.directive(dirReportTo) == nil), openReports)
	set(e.policy.directive(dirRequireTrustedTypesFor) == nil, openSinks)
}

// reached gives what of hosts, data and some the sources in effect reach.
func (v *sourceView) reached(hosts, data, some exposure) (open exposure) {
	if v.d == nil {
		return 0
	}
	for i := range v.d.sources {
		s := &v.d.sources[i]
		if !v.inEffect(s) {
			continue
		}
		if s.kind == sourceHost || s.kind == sourceScheme || s.keyword == kwSelf {
			open |= some
		}
		switch s.reach() {
		case reachHosts, reachScheme, reachSuffix:
			open |= hosts
		case reachData:
			open |= data
		}
	}
	return open
}
