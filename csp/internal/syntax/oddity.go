package syntax

// An oddityKind is what there is to say about a kind of oddity, wherever it is
// found. The codes are stable.
type oddityKind struct {
	Code         string
	Severity     uint8 // a csp.Severity
	Reason, Mend string
}

// The severities, with the numbers of those of package csp.
const (
	info uint8 = iota + 1
	low
	medium
	high
)

// An Oddity is what is odd in the syntax of a policy, and where.
type Oddity struct {
	Kind             *oddityKind
	Policy           int // index in the list
	Directive, Value int // see csp.Position
	Offset           int
	Name, Token      string
}

// What Parse finds. These are matters of syntax; whether a policy is any good
// is another question.
var (
	oddNonASCII = oddityKind{"non-ascii", high,
		"browsers drop a directive with characters outside ASCII in it",
		"write hosts in Punycode and escape paths with %"}
	oddControl = oddityKind{"control-character", high,
		"Chromium drops a directive with a control character in it, so that it restricts nothing",
		"take the character out"}
	oddDuplicateDirective = oddityKind{"duplicate-directive", medium,
		"browsers take the first directive of a name and ignore the others",
		"put all sources into the first"}
	oddUnknownDirective = oddityKind{"unknown-directive", medium,
		"no specification known to this package (as of April 2026) has a directive of that name; browsers ignore it",
		"look for a misspelling, or take it out"}
	oddDeprecatedDirective = oddityKind{"deprecated-directive", low,
		"the directive was removed from the specifications; browsers ignore it",
		"take it out"}
	oddBadName = oddityKind{"bad-directive-name", medium,
		"a directive name has letters, digits and \"-\" only; browsers ignore others",
		"look for a missing semicolon or a misspelling"}
	oddMissingSemicolon = oddityKind{"missing-semicolon", high,
		"the name of a directive stands among the sources of another, and is taken for a host",
		"put a semicolon before it"}
	oddComma = oddityKind{"comma", high,
		"in a header a comma ends the policy and begins another",
		"escape it as %2C, or read the text with ParseList"}
	oddUnquotedKeyword = oddityKind{"unquoted-keyword", high,
		"without quotes it is the name of a host",
		"put single quotes around it"}
	oddUnknownKeyword = oddityKind{"unknown-keyword", low,
		"no specification known to this package (as of April 2026) has a keyword of that name; browsers ignore it",
		"look for a misspelling, or take it out"}
	oddInvalidSource = oddityKind{"invalid-source", medium,
		"it is no source expression, and matches nothing",
		"write [scheme://]host[:port][/path], or a scheme and a colon"}
	oddInvalidHash = oddityKind{"invalid-hash", medium,
		"the digest has not the length of its algorithm, so it matches nothing; yet it switches 'unsafe-inline' off",
		"compute the hash anew"}
	oddInvalidPort = oddityKind{"invalid-port", medium,
		"there is no such port, so it matches nothing",
		"write a port between 1 and 65535, or *"}
	oddIPAddress = oddityKind{"ip-address", medium,
		"IP addresses other than 127.0.0.1 match nothing",
		"use a host name"}
	oddNoneWithOthers = oddityKind{"none-with-others", medium,
		"browsers ignore 'none' beside other sources",
		"leave 'none' out, or everything else"}
	oddDuplicateSource = oddityKind{"duplicate-source", info,
		"the value is a set: the second one adds nothing",
		"take one out"}
	oddEmptyList = oddityKind{"empty-source-list", info,
		"a list without sources allows nothing, as 'none' does",
		"write 'none' if that is meant"}
	oddMisplacedSource = oddityKind{"misplaced-source", low,
		"a source of this kind has no effect in this directive",
		"take it out, or move it to the directive that it is for"}
	oddUnexpectedValue = oddityKind{"unexpected-value", low,
		"the directive does not take this value",
		"see the directive's documentation for those that it takes"}
	oddTooMany = oddityKind{"too-many-findings", info,
		"there is more that is odd; it is not listed",
		"mend what is listed, and look again"}
	oddMissingValue = oddityKind{"missing-value", medium,
		"the directive has no effect without a value",
		"give it one, or take it out"}
)

// maxFindings keeps a text that is odd everywhere from taking many times its
// size in findings.
const maxFindings = 1000

func (r *Parser) add(k *oddityKind, at Oddity, token string) {
	if len(r.Oddities) > maxFindings {
		return
	}
	if len(r.Oddities) == maxFindings {
		k, at.Name, token = &oddTooMany, "", ""
	}
	at.Kind, at.Token = k, token
	r.Oddities = append(r.Oddities, at)
}
