// Package redact takes out of the values of requests and responses what may identify a viewer or let somebody in: for events that are published as test
// data, and for lines of logs. It knows the shapes of values; what becomes of names and addresses is the caller's to say.
package redact

import "strings"

// Names says what becomes of what equal values should stay equal in.
type Names struct {
	Host      func(string) string // of a host name with an optional port
	Addresses func(string) string // of a list of addresses, each with an optional port
}

// Header redacts the value of a header, whose name is in lower case.
//
// The list is of what is harmless, so that a header which nobody has thought of is
// filled.
func (n Names) Header(name, value string) string {
	switch name {
	case "host":
		return n.Host(value)
	case "referer", "origin", "location", "content-location", "access-control-allow-origin":
		return n.url(value)
	case "x-forwarded-for", "cloudfront-viewer-address", "true-client-ip", "x-client-ip":
		return n.Addresses(value)
	case "cookie":
		return Cookies(value)
	case "set-cookie":
		return n.setCookie(value)
	case "authorization":
		return Credentials(value)
	case "via":
		// CloudFront's own is the name of one of its servers.
		if strings.HasSuffix(value, ".cloudfront.net (CloudFront)") {
			return value
		}
	case "accept", "accept-charset", "accept-encoding", "accept-language", "accept-ranges",
		"access-control-allow-credentials", "access-control-allow-headers", "access-control-allow-methods",
		"access-control-expose-headers", "access-control-max-age", "access-control-request-headers",
		"access-control-request-method", "age", "allow", "cache-control", "cloudfront-forwarded-proto",
		"cloudfront-viewer-country", "cloudfront-viewer-country-name", "cloudfront-viewer-country-region",
		"cloudfront-viewer-country-region-name", "cloudfront-viewer-header-count", "cloudfront-viewer-http-version",
		"cloudfront-viewer-tls", "content-encoding", "content-language", "content-length", "content-range",
		"content-type", "cross-origin-embedder-policy", "cross-origin-opener-policy", "cross-origin-resource-policy",
		"date", "dnt", "expires", "if-modified-since", "if-unmodified-since", "last-modified", "pragma", "priority",
		"range", "referrer-policy", "retry-after", "save-data", "server", "strict-transport-security", "te",
		"transfer-encoding", "upgrade-insecure-requests", "user-agent", "vary", "x-content-type-options",
		"x-frame-options", "x-xss-protection":
		return value
	}
	for _, prefix := range []string{"cloudfront-is-", "sec-ch-", "sec-fetch-", "sec-gpc"} {
		if strings.HasPrefix(name, prefix) {
			return value
		}
	}
	return Fill(value)
}

// setCookie redacts a Set-Cookie header: the value of the cookie and its domain.
func (n Names) setCookie(s string) string {
	first := true
	return Each(s, ";", func(part string) string {
		name, value, ok := strings.Cut(part, "=")
		if first {
			first = false
			if !ok {
				return Fill(part)
			}
			return name + "=" + Fill(value)
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "domain":
			return name + "=" + n.Host(value)
		case "path", "expires", "max-age", "secure", "httponly", "samesite", "priority", "partitioned":
			return part
		}
		return Fill(part)
	})
}

// url redacts a URL or a path: user, host, query and fragment. Other text than that
// is filled.
func (n Names) url(s string) string {
	scheme, rest := "", s
	if i := strings.Index(s, "//"); i == 0 || i > 0 && s[i-1] == ':' {
		scheme, rest = s[:i+2], s[i+2:]
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		authority := rest[:end]
		rest = rest[end:]
		if i := strings.LastIndexByte(authority, '@'); i >= 0 {
			scheme, authority = scheme+Fill(authority[:i])+"@", authority[i+1:]
		}
		scheme += n.Host(authority)
	} else if !strings.HasPrefix(s, "/") && s != "*" && s != "null" {
		return Fill(s)
	}
	rest, fragment, hasFragment := strings.Cut(rest, "#")
	path, q, hasQuery := strings.Cut(rest, "?")
	if hasQuery {
		path += "?" + Query(q)
	}
	if hasFragment {
		path += "#" + Fill(fragment)
	}
	return scheme + path
}
