package edgesim

import (
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// isDisallowed reports whether functions neither see a header nor may add it ("Restrictions on edge functions", section
// "Disallowed headers"; read 13 April 2026, the last three in a newer copy).
func isDisallowed(name string) bool {
	name = http.CanonicalHeaderKey(name)
	switch name {
	case "Connection", "Expect", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Trailer", "Upgrade",
		"X-Accel-Buffering", "X-Accel-Charset", "X-Accel-Limit-Rate", "X-Accel-Redirect",
		"X-Amzn-Auth", "X-Amzn-Cf-Billing", "X-Amzn-Cf-Id", "X-Amzn-Cf-Xff", "X-Amzn-Errortype", "X-Amzn-Fle-Profile",
		"X-Amzn-Header-Count", "X-Amzn-Header-Order", "X-Amzn-Lambda-Integration-Tag", "X-Amzn-Requestid",
		"X-Cache", "X-Forwarded-Proto", "X-Real-Ip",
		"Cloudfront-Viewer-Cert-Pem", "Client-Cert", "Client-Cert-Chain":
		return true
	}
	return strings.HasPrefix(name, "X-Amz-Cf-") || strings.HasPrefix(name, "X-Edge-")
}

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

// refusedCustomHeader reports whether an origin's custom headers may not have the name ("Add custom headers to origin requests").
func refusedCustomHeader(name string) bool {
	name = http.CanonicalHeaderKey(name)
	switch name {
	case "Cache-Control", "Connection", "Content-Length", "Cookie", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
		"If-Unmodified-Since", "Max-Forwards", "Pragma", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Range",
		"Request-Range", "Te", "Trailer", "Transfer-Encoding", "Upgrade", "Via", "X-Real-Ip":
		return true
	}
	return strings.HasPrefix(name, "X-Amz-") || isDisallowed(name)
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
