package csp

import (
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// Which interface a keyword satisfies decides where it may stand.
type (
	noneKeyword     uint8
	locationKeyword uint8
	styleKeyword    uint8
	scriptKeyword   uint8
	connectKeyword  uint8
)

const (
	// None matches nothing. It must stand alone. It is at home in every
	// source list and in [TrustedTypes].
	None = noneKeyword(syntax.KwNone)

	// Self matches the origin of the protected resource, and its secure
	// variants: https and wss of an http page.
	Self = locationKeyword(syntax.KwSelf)
)

// Keywords for scripts and styles.
const (
	// UnsafeInline allows all inline scripts or styles. Browsers ignore it
	// where a nonce, a hash or (for scripts) [StrictDynamic] stands beside it.
	UnsafeInline = styleKeyword(syntax.KwUnsafeInline)

	// UnsafeHashes lets hashes match event handlers, style attributes and
	// javascript: URLs too.
	UnsafeHashes = styleKeyword(syntax.KwUnsafeHashes)

	// ReportSample puts the first 40 characters of the blocked inline code
	// into the violation report.
	ReportSample = styleKeyword(syntax.KwReportSample)
)

// Keywords for scripts alone.
const (
	// StrictDynamic trusts what a trusted script loads, and disables hosts,
	// schemes, [Self] and [UnsafeInline] beside it.
	StrictDynamic = scriptKeyword(syntax.KwStrictDynamic)

	// UnsafeEval allows eval and its kin, and compiling WebAssembly.
	UnsafeEval = scriptKeyword(syntax.KwUnsafeEval)

	// WasmUnsafeEval allows compiling WebAssembly, but not eval.
	WasmUnsafeEval = scriptKeyword(syntax.KwWasmUnsafeEval)

	// TrustedTypesEval allows eval where Trusted Types are required, that is
	// beside [RequireTrustedTypesForScript].
	TrustedTypesEval = scriptKeyword(syntax.KwTrustedTypesEval)

	// InlineSpeculationRules allows inline <script type=speculationrules>.
	InlineSpeculationRules = scriptKeyword(syntax.KwInlineSpeculationRules)

	// ReportSHA256, ReportSHA384 and ReportSHA512 ask for a report with the
	// hash of each script that was loaded.
	ReportSHA256 = scriptKeyword(syntax.KwReportSHA256)
	ReportSHA384 = scriptKeyword(syntax.KwReportSHA384)
	ReportSHA512 = scriptKeyword(syntax.KwReportSHA512)
)

// UnsafeWebTransportHashes allows WebTransport connections whose certificate
// is vouched for by serverCertificateHashes. It is at home in [ConnectSrc].
const UnsafeWebTransportHashes = connectKeyword(syntax.KwUnsafeWebTransportHashes)

func keywordText(k syntax.Keyword) (string, error) {
	if s := k.String(); s != "" {
		return s, nil
	}
	return "", fmt.Errorf("keyword: got number %d, which is none; use the constants of this package", k)
}
