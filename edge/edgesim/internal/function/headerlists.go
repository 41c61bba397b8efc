package function

import (
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// IsDisallowed reports whether functions neither see a header nor may add it ("Restrictions on edge functions", section
// "Disallowed headers"; read 13 April 2026, the last three in a newer copy).
func IsDisallowed(name string) bool {
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
	return strings.HasPrefix(name, "X-Amz-") || IsDisallowed(name)
}
