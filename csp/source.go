package csp

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// A Source is one source expression: an entry of a directive's source list.
// [DefaultSrc] takes every kind; the interfaces below narrow it for the other
// directives. All of them are sealed. Their members are
//
//   - in every list: [None], [Self], [Scheme], [Host];
//   - in script and style lists also: [Nonce], [Hash], [UnsafeInline],
//     [UnsafeHashes], [ReportSample];
//   - in script lists also: [StrictDynamic], [UnsafeEval], [WasmUnsafeEval],
//     [TrustedTypesEval], [InlineSpeculationRules], [ReportSHA256],
//     [ReportSHA384], [ReportSHA512];
//   - in ConnectSrc also: [UnsafeWebTransportHashes].
type Source interface {
	// sourceText gives the text for the header, or says why there is none.
	sourceText() (string, error)
}

// A ScriptSource may stand in [ScriptSrc], [ScriptSrcElem] and [ScriptSrcAttr].
type ScriptSource interface {
	Source
	scriptSource()
}

// A StyleSource may stand in [StyleSrc], [StyleSrcElem], [StyleSrcAttr], and
// wherever a [ScriptSource] may.
type StyleSource interface {
	ScriptSource
	styleSource()
}

// A ConnectSource may stand in [ConnectSrc].
type ConnectSource interface {
	Source
	connectSource()
}

// A Location says where something may be: it may stand in every source list.
type Location interface {
	StyleSource
	ConnectSource
	location()
}

func (k noneKeyword) sourceText() (string, error)     { return keywordText(syntax.Keyword(k)) }
func (k locationKeyword) sourceText() (string, error) { return keywordText(syntax.Keyword(k)) }
func (k styleKeyword) sourceText() (string, error)    { return keywordText(syntax.Keyword(k)) }
func (k scriptKeyword) sourceText() (string, error)   { return keywordText(syntax.Keyword(k)) }
func (k connectKeyword) sourceText() (string, error)  { return keywordText(syntax.Keyword(k)) }

func (noneKeyword) scriptSource()      {}
func (noneKeyword) styleSource()       {}
func (noneKeyword) connectSource()     {}
func (noneKeyword) location()          {}
func (locationKeyword) scriptSource()  {}
func (locationKeyword) styleSource()   {}
func (locationKeyword) connectSource() {}
func (locationKeyword) location()      {}
func (styleKeyword) scriptSource()     {}
func (styleKeyword) styleSource()      {}
func (scriptKeyword) scriptSource()    {}
func (connectKeyword) connectSource()  {}

func (Host) scriptSource()    {}
func (Host) styleSource()     {}
func (Host) connectSource()   {}
func (Host) location()        {}
func (Scheme) scriptSource()  {}
func (Scheme) styleSource()   {}
func (Scheme) connectSource() {}
func (Scheme) location()      {}
func (Nonce) scriptSource()   {}
func (Nonce) styleSource()    {}
func (Hash) scriptSource()    {}
func (Hash) styleSource()     {}
