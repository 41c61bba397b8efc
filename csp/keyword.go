package csp

import (
	"errors"
	"strconv"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// The types of the keywords. Which interface one satisfies decides where its keywords
// may stand; the constants below are all there are.
type (
	// A NoneKeyword is [None].
	NoneKeyword uint8

	// A LocationKeyword stands in every source list: [Self].
	LocationKeyword uint8

	// A StyleKeyword stands in the lists of styles and scripts: [UnsafeInline],
	// [UnsafeHashes], [ReportSample].
	StyleKeyword uint8

	// A ScriptKeyword stands in the lists of scripts: [StrictDynamic], [UnsafeEval]
	// and the others below.
	ScriptKeyword uint8

	// A ConnectKeyword stands in that of connections: [UnsafeWebTransportHashes].
	ConnectKeyword uint8
)

const (
	// None matches nothing. It must stand alone. It is at home in every
	// source list and in [TrustedTypes].
	None = NoneKeyword(syntax.KwNone)

	// Self matches the origin of the protected resource, and its secure
	// variants: https and wss of an http page.
	Self = LocationKeyword(syntax.KwSelf)
)

// Keywords for scripts and styles.
const (
	// UnsafeInline allows all inline scripts or styles. Browsers ignore it
	// where a nonce, a hash or (for scripts) [StrictDynamic] stands beside it.
	UnsafeInline = StyleKeyword(syntax.KwUnsafeInline)

	// UnsafeHashes lets hashes match event handlers, style attributes and
	// javascript: URLs too.
	UnsafeHashes = StyleKeyword(syntax.KwUnsafeHashes)

	// ReportSample puts the first 40 characters of the blocked inline code
	// into the violation report.
	ReportSample = StyleKeyword(syntax.KwReportSample)
)

// Keywords for scripts alone.
const (
	// StrictDynamic trusts what a trusted script loads, and disables hosts,
	// schemes, [Self] and [UnsafeInline] beside it.
	StrictDynamic = ScriptKeyword(syntax.KwStrictDynamic)

	// UnsafeEval allows eval and its kin, and compiling WebAssembly.
	UnsafeEval = ScriptKeyword(syntax.KwUnsafeEval)

	// WasmUnsafeEval allows compiling WebAssembly, but not eval.
	WasmUnsafeEval = ScriptKeyword(syntax.KwWasmUnsafeEval)

	// TrustedTypesEval allows eval where Trusted Types are required, that is
	// beside [RequireTrustedTypesForScript].
	TrustedTypesEval = ScriptKeyword(syntax.KwTrustedTypesEval)

	// InlineSpeculationRules allows inline <script type=speculationrules>.
	InlineSpeculationRules = ScriptKeyword(syntax.KwInlineSpeculationRules)

	// ReportSHA256, ReportSHA384 and ReportSHA512 ask for a report with the
	// hash of each script that was loaded.
	ReportSHA256 = ScriptKeyword(syntax.KwReportSHA256)
	ReportSHA384 = ScriptKeyword(syntax.KwReportSHA384)
	ReportSHA512 = ScriptKeyword(syntax.KwReportSHA512)
)

// UnsafeWebTransportHashes allows WebTransport connections whose certificate
// is vouched for by serverCertificateHashes. It is at home in [ConnectSrc].
const UnsafeWebTransportHashes = ConnectKeyword(syntax.KwUnsafeWebTransportHashes)

func keywordText(k syntax.Keyword) (string, error) {
	if s := k.String(); s != "" {
		return s, nil
	}
	return "", errors.New("keyword: got number " + strconv.Itoa(int(k)) + ", which is none; use the constants of this package")
}
