package edge

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

// isDisallowed reports whether no function may add the header.
func isDisallowed(name string) bool {
	return in(disallowed[:], name) || hasPrefix(disallowedPrefixes[:], name)
}

// readOnly returns the headers that a function may read in the trigger but not
// add, change or delete.
//
// See edge-function-restrictions-all.html#function-restrictions-read-only-headers.
func readOnly(t Trigger) []string {
	switch t {
	case ViewerRequest:
		return readOnlyViewerRequest[:]
	case OriginRequest:
		return readOnlyOriginRequest[:]
	case OriginResponse:
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

// isNotCustom reports whether the header must not be an origin's custom header.
func isNotCustom(name string) bool {
	return in(notCustom[:], name) || hasPrefix(notCustomPrefixes[:], name) || isDisallowed(name)
}

func in(sorted []string, name string) bool {
	_, found := slices.BinarySearch(sorted, name)
	return found
}

func hasPrefix(prefixes []string, name string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}
