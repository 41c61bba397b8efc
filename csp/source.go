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

func (k NoneKeyword) sourceText() (string, error)     { return keywordText(syntax.Keyword(k)) }
func (k LocationKeyword) sourceText() (string, error) { return keywordText(syntax.Keyword(k)) }
func (k StyleKeyword) sourceText() (string, error)    { return keywordText(syntax.Keyword(k)) }
func (k ScriptKeyword) sourceText() (string, error)   { return keywordText(syntax.Keyword(k)) }
func (k ConnectKeyword) sourceText() (string, error)  { return keywordText(syntax.Keyword(k)) }

func (NoneKeyword) scriptSource()      {}
func (NoneKeyword) styleSource()       {}
func (NoneKeyword) connectSource()     {}
func (NoneKeyword) location()          {}
func (LocationKeyword) scriptSource()  {}
func (LocationKeyword) styleSource()   {}
func (LocationKeyword) connectSource() {}
func (LocationKeyword) location()      {}
func (StyleKeyword) scriptSource()     {}
func (StyleKeyword) styleSource()      {}
func (ScriptKeyword) scriptSource()    {}
func (ConnectKeyword) connectSource()  {}

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
