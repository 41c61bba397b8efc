package edgesim

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// disallowed are the headers that functions neither see nor may add ("Restrictions on edge functions", section
// "Disallowed headers"; read 13 April 2026, the last three in a newer copy), in lower case.
func disallowed(lower string) bool {
	switch lower {
	case "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "trailer", "upgrade",
		"x-accel-buffering", "x-accel-charset", "x-accel-limit-rate", "x-accel-redirect",
		"x-amzn-auth", "x-amzn-cf-billing", "x-amzn-cf-id", "x-amzn-cf-xff", "x-amzn-errortype", "x-amzn-fle-profile",
		"x-amzn-header-count", "x-amzn-header-order", "x-amzn-lambda-integration-tag", "x-amzn-requestid",
		"x-cache", "x-forwarded-proto", "x-real-ip",
		"cloudfront-viewer-cert-pem", "client-cert", "client-cert-chain":
		return true
	}
	return strings.HasPrefix(lower, "x-amz-cf-") || strings.HasPrefix(lower, "x-edge-")
}

// isDisallowed is disallowed for a name in any case.
func isDisallowed(name string) bool { return disallowed(lowerASCII(name)) }

// readOnly are the headers that a function of the trigger may read but not add, change or delete (same page,
// "Read-only headers").
func readOnly(trigger edge.Trigger) []string {
	switch trigger {
	case edge.ViewerRequest:
		return []string{"Cdn-Loop", "Content-Length", "Host", "Transfer-Encoding", "Via"}
	case edge.OriginRequest:
		return []string{"Accept-Encoding", "Cdn-Loop", "Content-Length", "If-Modified-Since", "If-None-Match", "If-Range",
			"If-Unmodified-Since", "Transfer-Encoding", "Via"}
	case edge.OriginResponse:
		return []string{"Transfer-Encoding", "Via"}
	}
	return []string{"Content-Encoding", "Content-Length", "Transfer-Encoding", "Via", "Warning"}
}

// refusedCustomHeader are the names that an origin's custom headers may not have in addition to the disallowed ones
// ("Add custom headers to origin requests"), in lower case.
func refusedCustomHeader(lower string) bool {
	switch lower {
	case "cache-control", "connection", "content-length", "cookie", "host", "if-match", "if-modified-since", "if-none-match", "if-range",
		"if-unmodified-since", "max-forwards", "pragma", "proxy-authenticate", "proxy-authorization", "proxy-connection", "range",
		"request-range", "te", "trailer", "transfer-encoding", "upgrade", "via", "x-real-ip":
		return true
	}
	return strings.HasPrefix(lower, "x-amz-") || strings.HasPrefix(lower, "x-edge-") || disallowed(lower)
}

// isToken reports whether s can be a header name (RFC 9110 section 5.6.2).
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}

// controlAt is the place of the first control character other than a tab, or -1.
func controlAt(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return i
		}
	}
	return -1
}
