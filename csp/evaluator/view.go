package evaluator

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A sourceView is what a source list amounts to for scripts or styles at a level.
type sourceView struct {
	d        *syntax.Directive // nil if nothing governs
	level    Level
	isScript bool

	nonce, hash, strictDynamic        bool // those that the level knows
	located, unsafeInline, unsafeEval bool // as written: located is any host, scheme or 'self'
}

// since gives the level that brought a directive.
func since(id syntax.DirectiveID) Level {
	switch id {
	case syntax.DirDefaultSrc, syntax.DirScriptSrc, syntax.DirObjectSrc, syntax.DirStyleSrc, syntax.DirImgSrc, syntax.DirMediaSrc, syntax.DirFrameSrc, syntax.DirFontSrc,
		syntax.DirConnectSrc, syntax.DirSandbox, syntax.DirReportURI:
		return Level1
	case syntax.DirBaseURI, syntax.DirChildSrc, syntax.DirFormAction, syntax.DirFrameAncestors:
		return Level2
	}
	return Level3
}

// governing is Policy.governing for browsers of the level.
func (e *evaluation) governing(id syntax.DirectiveID) *syntax.Directive {
	for _, f := range syntax.Fallbacks(id) {
		if d := e.policy.Directive(f); d != nil && since(f) <= e.level {
			return d
		}
	}
	return nil
}

// viewOf sums up the list that governs id.
func (e *evaluation) viewOf(id syntax.DirectiveID, isScript bool) sourceView {
	v := sourceView{d: e.governing(id), level: e.level, isScript: isScript}
	if v.d == nil {
		return v
	}
	for i := range v.d.Sources {
		switch s := &v.d.Sources[i]; s.Kind {
		case syntax.SourceHost, syntax.SourceScheme:
			v.located = true
		case syntax.SourceNonce:
			v.nonce = v.nonce || v.level >= Level2
		case syntax.SourceHash:
			v.hash = v.hash || v.level >= Level2 && isHashToAll(s)
		case syntax.SourceKeyword:
			switch s.Keyword {
			case syntax.KwSelf:
				v.located = true
			case syntax.KwStrictDynamic:
				v.strictDynamic = isScript && v.level >= Level3
			case syntax.KwUnsafeInline:
				v.unsafeInline = true
			case syntax.KwUnsafeEval:
				v.unsafeEval = true
			}
		}
	}
	return v
}

// viewLike is viewOf, but for a list that v has summed up already.
func (v *sourceView) viewLike(e *evaluation, id syntax.DirectiveID) sourceView {
	if e.governing(id) == v.d {
		return *v
	}
	return e.viewOf(id, v.isScript)
}

// isHashToAll reports whether all browsers take the source for a hash, and so switch
// 'unsafe-inline' off for it. Chromium and WebKit do not if its digest is no base64,
// WebKit if it is longer than any algorithm's.
func isHashToAll(s *syntax.Source) bool {
	digits := len(strings.TrimRight(s.Value(), "="))
	return digits%4 != 1 && digits*3/4 <= syntax.HashSHA512.Size()
}

// inline reports whether all inline code is allowed: draft 6.7.3.2.
func (v *sourceView) inline() bool {
	return v.d == nil || v.unsafeInline && !v.nonce && !v.hash && !v.strictDynamic
}

// inEffect reports whether the source is not ignored because of another, nor
// unknown at the level.
func (v *sourceView) inEffect(s *syntax.Source) bool {
	switch s.Kind {
	case syntax.SourceNonce, syntax.SourceHash:
		return v.level >= Level2
	case syntax.SourceHost, syntax.SourceScheme:
		return !v.strictDynamic
	case syntax.SourceKeyword:
		switch s.Keyword {
		case syntax.KwSelf:
			return !v.strictDynamic
		case syntax.KwUnsafeInline:
			return v.inline()
		case syntax.KwUnsafeEval:
			return true
		case syntax.KwNone:
			return len(v.d.Sources) == 1
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
	for i := range v.d.Sources {
		if s := &v.d.Sources[i]; v.inEffect(s) && s.Keyword != syntax.KwNone {
			return false
		}
	}
	return true
}

// reach says how far a source reaches.
type reach uint8

const (
	reachSome      reach = iota
	reachSuffix          // every host below a top-level domain
	reachHosts           // every host, by "*"
	reachScheme          // every host, by a scheme
	reachWebSocket       // every host in WebKit, by the scheme of WebSockets
	reachData            // what the URL itself has in it
)

// reach of a source, for what runs or may run code.
func reachOf(s *syntax.Source) reach {
	every := reachHosts
	switch s.Scheme.Kind {
	case syntax.SchemeNone:
	case syntax.SchemeHTTP, syntax.SchemeHTTPS:
		if s.Kind == syntax.SourceScheme {
			return reachScheme
		}
	case syntax.SchemeWS, syntax.SchemeWSS:
		every = reachWebSocket
		if s.Kind == syntax.SourceScheme {
			return reachWebSocket
		}
	default:
		if s.Kind == syntax.SourceScheme && syntax.EqualFold(s.FullScheme().Text, "data") {
			return reachData
		}
		return reachSome
	}
	switch {
	case s.Kind != syntax.SourceHost || !s.AnySub:
		return reachSome
	case s.Host == "":
		return every
	case isTopLevel(s.Host):
		return reachSuffix
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
	e.elem = e.viewOf(syntax.DirScriptSrcElem, true)
	e.handlers = e.elem.viewLike(e, syntax.DirScriptSrcAttr)
	e.script = e.elem.viewLike(e, syntax.DirScriptSrc)
	e.style = e.viewOf(syntax.DirStyleSrcElem, false)
	e.attr = e.style.viewLike(e, syntax.DirStyleSrcAttr)
	set := func(open bool, what exposure) {
		if open {
			e.exposed |= what
		}
	}
	set(e.script.d == nil, openScripts)
	set(e.elem.d == nil, openScriptHosts|openScriptData|openScriptSource)
	set(e.elem.inline(), openInline)
	set(e.handlers.inline(), openHandlers)
	set(e.script.d == nil || e.script.unsafeEval, openEval)
	set(e.style.inline() || e.attr.inline(), openStyles)
	set(e.style.d == nil, openStyleHosts)
	e.exposed |= e.elem.reached(openScriptHosts, openScriptData, openScriptSource)
	e.exposed |= e.style.reached(openStyleHosts, openStyleHosts, 0)
	for _, x := range [...]struct {
		id                  syntax.DirectiveID
		missing, wide, some exposure
	}{
		{syntax.DirObjectSrc, openObjects, openObjectHosts, openObjectSource},
		{syntax.DirBaseURI, openBase, openBaseHosts, 0},
		{syntax.DirFrameAncestors, openFrames, openFrames, 0},
		{syntax.DirFormAction, openForms, openForms, 0},
	} {
		v := e.style.viewLike(e, x.id)
		set(v.d == nil, x.missing|x.wide|x.some)
		e.exposed |= v.reached(x.wide, x.wide, x.some)
	}
	set(e.policy.Directive(syntax.DirReportURI) == nil && (e.level < Level3 || e.policy.Directive(syntax.DirReportTo) == nil), openReports)
	set(e.policy.Directive(syntax.DirRequireTrustedTypesFor) == nil, openSinks)
}

// reached gives what of hosts, data and some the sources in effect reach.
func (v *sourceView) reached(hosts, data, some exposure) (open exposure) {
	if v.d == nil {
		return 0
	}
	for i := range v.d.Sources {
		s := &v.d.Sources[i]
		if !v.inEffect(s) {
			continue
		}
		if s.Kind == syntax.SourceHost || s.Kind == syntax.SourceScheme || s.Keyword == syntax.KwSelf {
			open |= some
		}
		switch reachOf(s) {
		case reachHosts, reachScheme, reachSuffix, reachWebSocket:
			open |= hosts
		case reachData:
			open |= data
		}
	}
	return open
}
