package rules

import (
	"slices"
	"strings"
)

// The names in these lists are in lower case and sorted.

// disallowed are the headers that CloudFront does not show to functions and that
// they must not add, in any trigger.
//
// See edge-function-restrictions-all.html#function-restrictions-headers. The last
// three that AWS added: cloudfront-viewer-cert-pem, client-cert, client-cert-chain.
var disallowed = [...]string{
	"client-cert", "client-cert-chain", "cloudfront-viewer-cert-pem", "connection",
	"expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
	"proxy-connection", "trailer", "upgrade", "x-accel-buffering", "x-accel-charset",
	"x-accel-limit-rate", "x-accel-redirect", "x-amzn-auth", "x-amzn-cf-billing",
	"x-amzn-cf-id", "x-amzn-cf-xff", "x-amzn-errortype", "x-amzn-fle-profile",
	"x-amzn-header-count", "x-amzn-header-order", "x-amzn-lambda-integration-tag",
	"x-amzn-requestid", "x-cache", "x-forwarded-proto", "x-real-ip",
}

// disallowedPrefixes begin the names of further disallowed headers.
var disallowedPrefixes = [...]string{"x-amz-cf-", "x-edge-"}

// IsDisallowed reports whether no function may add the header.
func IsDisallowed(name string) bool {
	return in(disallowed[:], name) || hasPrefix(disallowedPrefixes[:], name)
}

// ReadOnly returns the headers that a function may read in the trigger but not
// add, change or delete. The list must not be written to.
//
// See edge-function-restrictions-all.html#function-restrictions-read-only-headers.
func ReadOnly(trigger string) []string {
	switch trigger {
	case "viewer-request":
		return readOnlyViewerRequest[:]
	case "origin-request":
		return readOnlyOriginRequest[:]
	case "origin-response":
		return readOnlyOriginResponse[:]
	}
	return readOnlyViewerResponse[:]
}

var (
	readOnlyViewerRequest = [...]string{
		"cdn-loop", "content-length", "host", "transfer-encoding", "via",
	}
	readOnlyOriginRequest = [...]string{
		"accept-encoding", "cdn-loop", "content-length", "if-modified-since",
		"if-none-match", "if-range", "if-unmodified-since", "transfer-encoding", "via",
	}
	readOnlyOriginResponse = [...]string{"transfer-encoding", "via"}
	readOnlyViewerResponse = [...]string{
		"content-encoding", "content-length", "transfer-encoding", "via", "warning",
	}
)

// notCustom are the headers that an origin's custom headers must not have, beside
// the disallowed ones.
//
// See add-origin-custom-headers.html#add-origin-custom-headers-denylist.
var notCustom = [...]string{
	"cache-control", "connection", "content-length", "cookie", "host", "if-match",
	"if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
	"max-forwards", "pragma", "proxy-authenticate", "proxy-authorization",
	"proxy-connection", "range", "request-range", "te", "trailer",
	"transfer-encoding", "upgrade", "via", "x-real-ip",
}

// notCustomPrefixes begin the names of further such headers.
var notCustomPrefixes = [...]string{"x-amz-", "x-edge-"}

// IsNotCustom reports whether the header must not be an origin's custom header.
func IsNotCustom(name string) bool {
	return in(notCustom[:], name) || hasPrefix(notCustomPrefixes[:], name) || IsDisallowed(name)
}

// uriHeaders are the headers whose value is a URI, or has one (RFC 9110, sections 8.7, 10.1.3 and 10.2.2; RFC 6454, section 7; RFC 8288,
// section 3; HTML, "Refresh").
var uriHeaders = [...]string{"content-location", "link", "location", "origin", "referer", "refresh"}

// IsURI reports whether the value of the header is a URI, or has one.
func IsURI(name string) bool { return in(uriHeaders[:], name) }

func in(sorted []string, name string) bool {
	_, found := slices.BinarySearch(sorted, name)
	return found
}

func hasPrefix(prefixes []string, name string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}
