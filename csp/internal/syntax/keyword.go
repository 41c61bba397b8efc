package syntax

// A Keyword is a keyword-source of draft 2.3.1, or 'none', or one that a
// neighbouring specification adds.
type Keyword uint8

const (
	KwNone Keyword = iota + 1
	KwSelf
	KwUnsafeInline
	KwUnsafeHashes
	KwReportSample
	KwStrictDynamic
	KwUnsafeEval
	KwWasmUnsafeEval
	KwTrustedTypesEval
	KwInlineSpeculationRules
	KwReportSHA256
	KwReportSHA384
	KwReportSHA512
	KwUnsafeWebTransportHashes
	kwUnsafeAllowRedirects // only meaningful in navigate-to, which is gone: parsed, never built
	keywordEnd
)

var keywordNames = [keywordEnd]string{
	KwNone:                     "'none'",
	KwSelf:                     "'self'",
	KwUnsafeInline:             "'unsafe-inline'",
	KwUnsafeHashes:             "'unsafe-hashes'",
	KwReportSample:             "'report-sample'",
	KwStrictDynamic:            "'strict-dynamic'",
	KwUnsafeEval:               "'unsafe-eval'",
	KwWasmUnsafeEval:           "'wasm-unsafe-eval'",
	KwTrustedTypesEval:         "'trusted-types-eval'",
	KwInlineSpeculationRules:   "'inline-speculation-rules'",
	KwReportSHA256:             "'report-sha256'",
	KwReportSHA384:             "'report-sha384'",
	KwReportSHA512:             "'report-sha512'",
	KwUnsafeWebTransportHashes: "'unsafe-webtransport-hashes'",
	kwUnsafeAllowRedirects:     "'unsafe-allow-redirects'",
}

// String gives the keyword with its quotes, or "" for a number that is none.
func (k Keyword) String() string {
	if k >= keywordEnd {
		return ""
	}
	return keywordNames[k]
}

// lookupKeyword finds a keyword by its text, quotes included, in any ASCII
// case. It returns 0 for a text that is none.
func lookupKeyword(text string) Keyword {
	for k := KwNone; k < keywordEnd; k++ {
		if EqualFold(keywordNames[k], text) {
			return k
		}
	}
	return 0
}

// LookupBareKeyword finds the keyword that text would be with quotes, "self"
// for example: the commonest mistake in policies.
func LookupBareKeyword(text string) Keyword {
	for k := KwNone; k < keywordEnd; k++ {
		if name := keywordNames[k]; EqualFold(name[1:len(name)-1], text) {
			return k
		}
	}
	return 0
}
