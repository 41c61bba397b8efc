package signing

import (
	"net/url"
	"slices"
	"strings"
)

// prefix stands before the names of the parameters where they are cookies.
const prefix = "CloudFront-"

// A credential is what a request shows: from its URL, or from its cookies.
type credential struct {
	inURL                                   bool
	keyID, signature, policy, expires, hash string
	twice                                   string // a parameter that stands there more than once
}

// field is where the value of a parameter goes; nil when it is none of CloudFront's.
func (c *credential) field(name string) *string {
	switch name {
	case "Expires":
		return &c.expires
	case "Policy":
		return &c.policy
	case "Signature":
		return &c.signature
	case "Key-Pair-Id":
		return &c.keyID
	case "Hash-Algorithm":
		return &c.hash
	}
	return nil
}

// Cookies are the names of the signed cookies.
func Cookies() []string {
	return []string{prefix + "Expires", prefix + "Policy", prefix + "Signature", prefix + "Key-Pair-Id", prefix + "Hash-Algorithm"}
}

// IsParameter reports whether a query string parameter belongs to the signature.
func IsParameter(name string) bool { return (&credential{}).field(name) != nil }

// read finds the credential of a request. "CloudFront assumes that URLs that contain any of those query string
// parameters are signed URLs, and therefore won't look at signed cookies"
// (private-content-choosing-signed-urls-cookies.html).
func read(query string, cookies []string) *credential {
	c := &credential{}
	var seen []string
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		field := c.field(name)
		if field == nil {
			continue
		}
		if slices.Contains(seen, name) {
			c.twice = name
		}
		seen = append(seen, name)
		if plain, err := url.PathUnescape(value); err == nil { // "+" stays what it is
			value = plain
		}
		*field, c.inURL = value, true
	}
	if c.inURL {
		return c
	}
	for _, line := range cookies {
		for pair := range strings.SplitSeq(line, ";") {
			name, value, _ := strings.Cut(strings.Trim(pair, " \t"), "=")
			name, ours := strings.CutPrefix(name, prefix)
			if field := c.field(name); ours && field != nil && *field == "" {
				*field = value // the first counts: that of the longest path (RFC 6265 section 5.4)
			}
		}
	}
	return c
}

// StripQuery takes the parameters of a signature out of a query string: "CloudFront removes the following query string
// parameters before forwarding the rest of the URL to your origin" (QueryStringParameters.html).
func StripQuery(query string) string {
	pairs := strings.Split(query, "&")
	kept := slices.DeleteFunc(pairs, func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return IsParameter(name)
	})
	return strings.Join(kept, "&")
}

// StripCookies takes the signed cookies out of Cookie lines; a line without others goes.
func StripCookies(lines []string) []string {
	names := Cookies()
	var left []string
	for _, line := range lines {
		pairs := slices.DeleteFunc(strings.Split(line, ";"), func(pair string) bool {
			name, _, _ := strings.Cut(strings.Trim(pair, " \t"), "=")
			return slices.Contains(names, name)
		})
		if rest := strings.Trim(strings.Join(pairs, ";"), " \t"); rest != "" {
			left = append(left, rest)
		}
	}
	return left
}
