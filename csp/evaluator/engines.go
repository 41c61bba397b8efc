package evaluator

import (
	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// checkEngines looks for what browsers do not do alike, or not at all.
func (e *checker) checkEngines() {
	if d := e.policy.Directive(syntax.DirFencedFrameSrc); d != nil {
		e.add(&findingFencedFrames, 0, d, -1)
	}
	if d := e.policy.Directive(syntax.DirWebRTC); d != nil && len(d.Sources) > 0 && syntax.EqualFold(d.Sources[0].Text, "'block'") {
		e.add(&findingWebRTC, 0, d, 0)
	}
	if d := e.policy.Directive(syntax.DirFrameAncestors); d != nil && e.c.ReportOnly {
		e.add(&findingAncestorsReportOnly, 0, d, -1)
	}
	e.checkEval()
	e.checkDynamicDefault()
	e.checkModules()
	e.checkWildcardImages()
}

// checkEval looks at the keywords that let strings and WebAssembly become code.
func (e *checker) checkEval() {
	if e.script.d == nil {
		return
	}
	for i := range e.script.d.Sources {
		switch e.script.d.Sources[i].Keyword {
		case syntax.KwTrustedTypesEval:
			e.add(&findingTrustedTypesEval, 0, e.script.d, i)
		case syntax.KwWasmUnsafeEval:
			e.add(&findingWasmInWebKit, 0, e.script.d, i)
		}
	}
}

// checkDynamicDefault reports 'strict-dynamic' in default-src beside what it switches
// off in WebKit, whether or not there is a script-src.
func (e *checker) checkDynamicDefault() {
	d := e.policy.Directive(syntax.DirDefaultSrc)
	if d == nil {
		return
	}
	located, dynamic := false, -1
	for i := range d.Sources {
		s := &d.Sources[i]
		located = located || s.Kind == syntax.SourceHost || s.Kind == syntax.SourceScheme || s.Keyword == syntax.KwSelf
		if s.Keyword == syntax.KwStrictDynamic {
			dynamic = i
		}
	}
	if located && dynamic >= 0 {
		e.add(&findingStrictDynamicInDefault, 0, d, dynamic)
	}
}

// checkModules reports hashes that inline scripts have to go by, whose imports then
// have nothing to go by. A nonce they hand on.
func (e *checker) checkModules() {
	switch v := &e.elem; {
	case v.d == nil || !v.hash || v.nonce:
	case v.strictDynamic:
		e.add(&findingModuleImports, 0, v.d, -1)
	case !v.located:
		e.add(&findingModuleImportsByHash, 0, v.d, -1)
	}
}

// checkWildcardImages reports img-src * without data:.
func (e *checker) checkWildcardImages() {
	d := e.policy.Directive(syntax.DirImgSrc)
	if d == nil {
		return
	}
	wildcard := -1
	for i := range d.Sources {
		if s := &d.Sources[i]; s.Text == "*" {
			wildcard = i
		} else if reachOf(s) == reachData {
			return
		}
	}
	if wildcard >= 0 {
		e.add(&findingWildcardNoData, 0, d, wildcard)
	}
}

// checkSourceInEngines looks at a host or a scheme that browsers do not match alike.
// What the syntax alone shows, the parser has found.
func (e *checker) checkSourceInEngines(d *syntax.Directive, i int) {
	s := &d.Sources[i]
	switch s.Scheme.Kind {
	case syntax.SchemeNone:
		switch {
		case s.AnySub && s.Host == "" || s.Port <= 0 || s.Port == 443:
		case s.Port == 80:
			if !e.onHTTP() {
				e.add(&findingPort80WithoutScheme, 0, d, i)
			}
		default:
			e.addOnHTTP(&findingPortWithoutScheme, csp.Low, d, i)
		}
	case syntax.SchemeWS, syntax.SchemeWSS:
		if e.governing(syntax.DirConnectSrc) != d {
			e.add(&findingWebSocketElsewhere, 0, d, i)
		} else if !alsoFetched(d, s) {
			e.add(&findingWebSocket, 0, d, i)
		}
	default:
		if s.Kind == syntax.SourceScheme && syntax.EqualFold(s.FullScheme().Text, "javascript") {
			e.add(&findingJavaScriptScheme, 0, d, i)
		}
	}
}

// alsoFetched reports whether the list has the host of a source of WebSockets for
// http or https too. Long lists it does not go through.
func alsoFetched(d *syntax.Directive, ws *syntax.Source) bool {
	if len(d.Sources) > manySources {
		return true
	}
	for i := range d.Sources {
		s := &d.Sources[i]
		if s.Scheme.Kind == syntax.SchemeWS || s.Scheme.Kind == syntax.SchemeWSS {
			continue
		}
		if r := reachOf(s); r == reachScheme || r == reachHosts || s.Kind == syntax.SourceHost && s.AnySub == ws.AnySub && syntax.EqualFold(s.Host, ws.Host) {
			return true
		}
	}
	return false
}

// onHTTP reports whether the pages are known to come by http.
func (e *checker) onHTTP() bool { return hasPrefixFold(e.c.Origin, "http://") }

// addOnHTTP adds what concerns pages on http: with the severity if they are, as Info
// if it is not known.
func (e *checker) addOnHTTP(kind *findingKind, severity csp.Severity, d *syntax.Directive, value int) {
	switch {
	case e.onHTTP():
		e.addAs(kind, severity, 0, d, value)
	case e.c.Origin == "":
		e.addAs(kind, csp.Info, 0, d, value)
	}
}
