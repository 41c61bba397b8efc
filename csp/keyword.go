package csp

import (
	"fmt"
	"strings"
)

// A keyword is a keyword-source of draft 2.3.1, or 'none', or one that a
// neighbouring specification adds. The exported constants below have types of
// their own, because which directive may take a keyword is a matter of type.
type keyword uint8

const (
	kwNone keyword = iota + 1
	kwSelf
	kwUnsafeInline
	kwUnsafeHashes
	kwReportSample
	kwStrictDynamic
	kwUnsafeEval
	kwWasmUnsafeEval
	kwTrustedTypesEval
	kwInlineSpeculationRules
	kwReportSHA256
	kwReportSHA384
	kwReportSHA512
	kwUnsafeWebTransportHashes
	kwUnsafeAllowRedirects // only meaningful in navigate-to, which is gone: parsed, never built
	keywordEnd
)

var keywordNames = [keywordEnd]string{
	kwNone:                     "'none'",
	kwSelf:                     "'self'",
	kwUnsafeInline:             "'unsafe-inline'",
	kwUnsafeHashes:             "'unsafe-hashes'",
	kwReportSample:             "'report-sample'",
	kwStrictDynamic:            "'strict-dynamic'",
	kwUnsafeEval:               "'unsafe-eval'",
	kwWasmUnsafeEval:           "'wasm-unsafe-eval'",
	kwTrustedTypesEval:         "'trusted-types-eval'",
	kwInlineSpeculationRules:   "'inline-speculation-rules'",
	kwReportSHA256:             "'report-sha256'",
	kwReportSHA384:             "'report-sha384'",
	kwReportSHA512:             "'report-sha512'",
	kwUnsafeWebTransportHashes: "'unsafe-webtransport-hashes'",
	kwUnsafeAllowRedirects:     "'unsafe-allow-redirects'",
}

// String gives the keyword with its quotes, or "" for a number that is none.
func (k keyword) String() string {
	if k >= keywordEnd {
		return ""
	}
	return keywordNames[k]
}

// lookupKeyword finds a keyword by its text, quotes included, in any ASCII
// case. It returns 0 for a text that is none.
func lookupKeyword(text string) keyword {
	for k := kwNone; k < keywordEnd; k++ {
		if equalFold(keywordNames[k], text) {
			return k
		}
	}
	return 0
}

// lookupBareKeyword finds the keyword that text would be with quotes, "self"
// for example: the commonest mistake in policies.
func lookupBareKeyword(text string) keyword {
	for k := kwNone; k < keywordEnd; k++ {
		if name := keywordNames[k]; equalFold(name[1:len(name)-1], text) {
			return k
		}
	}
	return 0
}

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
	None = noneKeyword(kwNone)

	// Self matches the origin of the protected resource, and its secure
	// variants: https and wss of an http page.
	Self = locationKeyword(kwSelf)
)

// Keywords for scripts and styles.
const (
	// UnsafeInline allows all inline scripts or styles. Browsers ignore it
	// where a nonce, a hash or (for scripts) [StrictDynamic] stands beside it.
	UnsafeInline = styleKeyword(kwUnsafeInline)

	// UnsafeHashes lets hashes match event handlers, style attributes and
	// javascript: URLs too.
	UnsafeHashes = styleKeyword(kwUnsafeHashes)

	// ReportSample puts the first 40 characters of the blocked inline code
	// into the violation report.
	ReportSample = styleKeyword(kwReportSample)
)

// Keywords for scripts alone.
const (
	// StrictDynamic trusts what a trusted script loads, and disables hosts,
	// schemes, [Self] and [UnsafeInline] beside it.
	StrictDynamic = scriptKeyword(kwStrictDynamic)

	// UnsafeEval allows eval and its kin, and compiling WebAssembly.
	UnsafeEval = scriptKeyword(kwUnsafeEval)

	// WasmUnsafeEval allows compiling WebAssembly, but not eval.
	WasmUnsafeEval = scriptKeyword(kwWasmUnsafeEval)

	// TrustedTypesEval allows eval where Trusted Types are required, that is
	// beside [RequireTrustedTypesForScript].
	TrustedTypesEval = scriptKeyword(kwTrustedTypesEval)

	// InlineSpeculationRules allows inline <script type=speculationrules>.
	InlineSpeculationRules = scriptKeyword(kwInlineSpeculationRules)

	// ReportSHA256, ReportSHA384 and ReportSHA512 ask for a report with the
	// hash of each script that was loaded.
	ReportSHA256 = scriptKeyword(kwReportSHA256)
	ReportSHA384 = scriptKeyword(kwReportSHA384)
	ReportSHA512 = scriptKeyword(kwReportSHA512)
)

// UnsafeWebTransportHashes allows WebTransport connections whose certificate
// is vouched for by serverCertificateHashes. It is at home in [ConnectSrc].
const UnsafeWebTransportHashes = connectKeyword(kwUnsafeWebTransportHashes)

func keywordText(k keyword) (string, error) {
	if s := k.String(); s != "" {
		return s, nil
	}
	return "", fmt.Errorf("keyword: got number %d, which is none; use the constants of this package", k)
}

// equalFold reports whether s and t are the same but for ASCII case. Unlike
// strings.EqualFold it does not take K (Kelvin sign) for k.
func equalFold(s, t string) bool {
	if len(s) != len(t) {
		return false
	}
	if s == t {
		return true
	}
	for i := range len(s) {
		if lower(s[i]) != lower(t[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + ('a' - 'A')
	}
	return c
}

// asciiLower is strings.ToLower for ASCII letters only (draft: "ASCII
// lowercase"); it allocates only when there is something to change.
func asciiLower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return strings.Map(func(r rune) rune {
				if 'A' <= r && r <= 'Z' {
					return r + ('a' - 'A')
				}
				return r
			}, s)
		}
	}
	return s
}
