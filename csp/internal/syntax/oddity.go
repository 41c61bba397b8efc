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
// is another question. What browsers do is that of Chromium 156, Firefox ESR 153
// and WebKitGTK 2.50.6, measured in November 2026. A source that matches nothing
// in one of them is Medium: a page breaks there.
var (
	// Pieces of a policy.
	oddNonASCII = oddityKind{"non-ascii", high,
		"browsers drop a directive with characters outside ASCII in it, so that it restricts nothing; Chromium drops later ones of its name as well",
		"write hosts in Punycode and escape paths with %"}
	oddControl = oddityKind{"control-character", high,
		"browsers drop a directive with a control character in it, so that it restricts nothing; Chromium drops later ones of its name as well, and WebKit takes a vertical tab for a space",
		"take the character out"}
	oddDuplicateDirective = oddityKind{"duplicate-directive", medium,
		"browsers take the first directive of a name and ignore the others",
		"put all sources into the first"}
	oddUnknownDirective = oddityKind{"unknown-directive", medium,
		"no specification known to this package (as of April 2026) has a directive of that name; browsers ignore it",
		"look for a misspelling, or take it out"}
	oddDeprecatedDirective = oddityKind{"deprecated-directive", low,
		"the directive was removed from the specifications; browsers ignore it, or are to",
		"take it out"}
	oddBadName = oddityKind{"bad-directive-name", medium,
		"a directive name has letters, digits and \"-\" only; browsers ignore others",
		"look for a missing semicolon or a misspelling"}
	oddColonAfterName = oddityKind{"bad-directive-name", high,
		"browsers ignore a directive whose name ends in a colon, so that it restricts nothing",
		"take the colon out"}
	oddHeaderName = oddityKind{"header-name", high,
		"the name of a header stands where that of a directive belongs; browsers ignore all up to the next semicolon, and send or obey no such header",
		"take the name out if it is that of the policy's own header, else send the other header by itself"}
	oddMissingSemicolon = oddityKind{"missing-semicolon", high,
		"the name of a directive stands among the values of another, and is taken for one of them",
		"put a semicolon before it"}
	oddComma = oddityKind{"comma", high,
		"in a header a comma ends the policy and begins another; in a meta element it does so in Chromium and WebKit, while Firefox takes it for a part of the source",
		"escape it as %2C, write a semicolon if that was meant, or read the text with ParseList"}

	// Keywords and hashes.
	oddUnquotedKeyword = oddityKind{"unquoted-keyword", high,
		"without quotes it is the name of a host",
		"put single quotes around it"}
	oddUnknownKeyword = oddityKind{"unknown-keyword", low,
		"no specification known to this package (as of April 2026) has a keyword of that name; browsers ignore it",
		"look for a misspelling, or take it out"}
	oddInvalidHash = oddityKind{"invalid-hash", medium,
		"the digest has not the length of its algorithm, so it matches nothing; yet it switches 'unsafe-inline' off",
		"compute the hash anew"}
	oddBrokenHash = oddityKind{"invalid-hash", medium,
		"the digest is no base64, so it matches nothing; Firefox switches 'unsafe-inline' off for it all the same, Chromium and WebKit do not",
		"compute the hash anew"}
	oddInexactHash = oddityKind{"inexact-hash", medium,
		"base64 writes the digest otherwise, with other padding or another last character: Firefox compares the text and matches nothing, Chromium and WebKit decode it",
		"write the digest with its padding, as tools for hashes do"}
	oddHyphenHash = oddityKind{"hyphen-in-hash", medium,
		"Chromium takes it for a hash; for Firefox and WebKit it is an unknown keyword, which matches nothing",
		"write sha256-, sha384- or sha512-"}
	oddNoneWithOthers = oddityKind{"none-with-others", medium,
		"browsers ignore 'none' beside other sources",
		"leave 'none' out, or everything else"}
	oddMisplacedSource = oddityKind{"misplaced-source", low,
		"a source of this kind has no effect in this directive",
		"take it out, or move it to the directive that it is for"}

	oddDynamicWorker = oddityKind{"misplaced-source", low,
		"Chromium and Firefox start every worker for it; for WebKit and the draft it has no effect in this directive",
		"take it out, or move it to script-src"}

	// Hosts.
	oddInvalidSource = oddityKind{"invalid-source", medium,
		"it is no source expression, and matches nothing",
		"write [scheme://]host[:port][/path], or a scheme and a colon"}
	oddHostWildcard = oddityKind{"invalid-source", medium,
		"a * stands for the whole host, or for what is before the first dot; anywhere else it makes the source match nothing",
		"write *, or *. and a domain"}
	oddStarDot = oddityKind{"invalid-source", medium,
		"WebKit takes it for every host, Chromium and Firefox for none",
		"write *, or *. and a domain"}
	oddUnderscore = oddityKind{"invalid-source", medium,
		"browsers take no host with an underscore in it, though *. and a domain above it match such hosts; it matches nothing",
		"give the host another name, or allow *. and the domain above the underscore"}
	oddIPv6 = oddityKind{"invalid-source", medium,
		"browsers take no IPv6 address; it matches nothing",
		"use a host name"}
	oddIPv4Form = oddityKind{"invalid-source", medium,
		"browsers compare IPv4 addresses as four decimal numbers, and this is written otherwise; it matches nothing",
		"use a host name"}
	oddIPAddress = oddityKind{"ip-address", info,
		"browsers match IPv4 addresses, though the draft says that they match 127.0.0.1 only",
		"use a host name"}
	oddInvalidPort = oddityKind{"invalid-port", medium,
		"there is no such port, so it matches nothing",
		"write a port between 1 and 65535, or *"}
	oddPortZeros = oddityKind{"port-zeros", medium,
		"Firefox matches nothing if a port has zeros before it; Chromium and WebKit do not mind",
		"take the zeros out"}
	oddWildcardPort = oddityKind{"wildcard-port", medium,
		"WebKit matches nothing for * with a port or a path and without a scheme",
		"write the scheme, as in https://*:8443, or name the hosts"}
	oddWildcardPath = oddityKind{"wildcard-port", medium,
		"Firefox matches nothing for * with a path and without a port",
		"write the port, as in https://*:443/js/, or name the hosts"}
	oddTrailingDot = oddityKind{"trailing-dot", medium,
		"it matches URLs with the dot after the host only, and in Firefox not even these",
		"take the dot out"}
	oddQuery = oddityKind{"query-ignored", low,
		"browsers cut the query and the fragment off and match the rest, so that other queries are allowed too",
		"take it out"}
	oddQueryWithoutPath = oddityKind{"query-ignored", medium,
		"Firefox cuts the query and the fragment off and matches the rest; Chromium and WebKit, as there is no path, match nothing",
		"take it out"}
	oddPath = oddityKind{"invalid-path", medium,
		"a path begins with one slash, and has no characters but those of URLs, or % and two hexadecimal digits: Firefox matches nothing otherwise, Chromium and WebKit do not mind",
		"escape the characters with %, or mend the slashes"}
	oddWildcardInPath = oddityKind{"wildcard-in-path", medium,
		"a * in a path is a character like others, so it matches only URLs with a * there",
		"end the path in / to allow all that is below it, or leave it out"}
	oddAncestorPath = oddityKind{"path-in-frame-ancestors", medium,
		"frame-ancestors asks about origins: with a path the source matches nothing in Chromium and WebKit, and Firefox ignores the path",
		"take the path out"}

	// Values.
	oddDuplicateSource = oddityKind{"duplicate-source", info,
		"the value is a set: the second one adds nothing",
		"take one out"}
	oddEmptyList = oddityKind{"empty-source-list", info,
		"a list without sources allows nothing, as 'none' does",
		"write 'none' if that is meant"}
	oddUnexpectedValue = oddityKind{"unexpected-value", low,
		"the directive does not take this value",
		"see the directive's documentation for those that it takes"}
	oddMissingValue = oddityKind{"missing-value", medium,
		"the directive has no effect without a value",
		"give it one, or take it out"}
	oddTooMany = oddityKind{"too-many-findings", info,
		"there is more that is odd; it is not listed",
		"mend what is listed, and look again"}
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
	if r.Oddities == nil {
		r.Oddities = make([]Oddity, 0, 16)
	}
	at.Kind, at.Token = k, token
	r.Oddities = append(r.Oddities, at)
}
