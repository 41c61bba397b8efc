package csp

// A findingKind is what there is to say about a kind of oddity, wherever it is
// found. The codes are stable.
type findingKind struct {
	code         string
	severity     Severity
	reason, mend string
}

// What Parse finds. These are matters of syntax; whether a policy is any good
// is another question.
var (
	findingNonASCII = findingKind{"non-ascii", High,
		"browsers drop a directive with characters outside ASCII in it",
		"write hosts in Punycode and escape paths with %"}
	findingControl = findingKind{"control-character", High,
		"Chromium drops a directive with a control character in it, so that it restricts nothing",
		"take the character out"}
	findingDuplicateDirective = findingKind{"duplicate-directive", Medium,
		"browsers take the first directive of a name and ignore the others",
		"put all sources into the first"}
	findingUnknownDirective = findingKind{"unknown-directive", Medium,
		"no specification known to this package (as of April 2026) has a directive of that name; browsers ignore it",
		"look for a misspelling, or take it out"}
	findingDeprecatedDirective = findingKind{"deprecated-directive", Low,
		"the directive was removed from the specifications; browsers ignore it",
		"take it out"}
	findingBadName = findingKind{"bad-directive-name", Medium,
		"a directive name has letters, digits and \"-\" only; browsers ignore others",
		"look for a missing semicolon or a misspelling"}
	findingMissingSemicolon = findingKind{"missing-semicolon", High,
		"the name of a directive stands among the sources of another, and is taken for a host",
		"put a semicolon before it"}
	findingComma = findingKind{"comma", High,
		"in a header a comma ends the policy and begins another",
		"escape it as %2C, or read the text with ParseList"}
	findingUnquotedKeyword = findingKind{"unquoted-keyword", High,
		"without quotes it is the name of a host",
		"put single quotes around it"}
	findingUnknownKeyword = findingKind{"unknown-keyword", Low,
		"no specification known to this package (as of April 2026) has a keyword of that name; browsers ignore it",
		"look for a misspelling, or take it out"}
	findingInvalidSource = findingKind{"invalid-source", Medium,
		"it is no source expression, and matches nothing",
		"write [scheme://]host[:port][/path], or a scheme and a colon"}
	findingInvalidHash = findingKind{"invalid-hash", Medium,
		"the digest has not the length of its algorithm, so it matches nothing; yet it switches 'unsafe-inline' off",
		"compute the hash anew"}
	findingInvalidPort = findingKind{"invalid-port", Medium,
		"there is no such port, so it matches nothing",
		"write a port between 1 and 65535, or *"}
	findingIPAddress = findingKind{"ip-address", Medium,
		"IP addresses other than 127.0.0.1 match nothing",
		"use a host name"}
	findingNoneWithOthers = findingKind{"none-with-others", Medium,
		"browsers ignore 'none' beside other sources",
		"leave 'none' out, or everything else"}
	findingDuplicateSource = findingKind{"duplicate-source", Info,
		"the value is a set: the second one adds nothing",
		"take one out"}
	findingEmptyList = findingKind{"empty-source-list", Info,
		"a list without sources allows nothing, as 'none' does",
		"write 'none' if that is meant"}
	findingMisplacedSource = findingKind{"misplaced-source", Low,
		"a source of this kind has no effect in this directive",
		"take it out, or move it to the directive that it is for"}
	findingUnexpectedValue = findingKind{"unexpected-value", Low,
		"the directive does not take this value",
		"see the directive's documentation for those that it takes"}
	findingTooMany = findingKind{"too-many-findings", Info,
		"there is more that is odd; it is not listed",
		"mend what is listed, and look again"}
	findingMissingValue = findingKind{"missing-value", Medium,
		"the directive has no effect without a value",
		"give it one, or take it out"}
)

// maxFindings keeps a text that is odd everywhere from taking many times its
// size in findings.
const maxFindings = 1000

func (r *parser) add(k findingKind, at Position, directive, value string) {
	if len(r.findings) > maxFindings {
		return
	}
	if len(r.findings) == maxFindings {
		k, directive, value = findingTooMany, "", ""
	}
	r.findings = append(r.findings, k.at(at, directive, value))
}

// at makes a finding of the kind.
func (k findingKind) at(at Position, directive, value string) Finding {
	return Finding{
		Code: k.code, Severity: k.severity, Position: at,
		Directive: directive, Value: value, Reason: k.reason, Mend: k.mend,
	}
}
