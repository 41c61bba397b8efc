package edgetest

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge"
)

// The names in the requests that this package makes, of AWS's documentation and
// the RFCs that reserve some for examples.
const (
	distributionDomain = "d111111abcdef8.cloudfront.net"
	distributionID     = "EDFDVBD6EXAMPLE"
	requestID          = "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ=="
	viewerAddress      = "203.0.113.178"
	originDomain       = "origin.example.com"
	via                = "2.0 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)"
)

// NewRequest returns a request as CloudFront gives it to a function in trigger, to
// be changed at will and passed to [Request] or to a handler.
//
// The target is a path with an optional query, or an absolute URL, whose host then
// is the Host header in the viewer triggers; otherwise that is
// d111111abcdef8.cloudfront.net. Path and query stand in the request byte for byte,
// also with a percent sign that begins no escape, as viewers send it.
// An empty method means GET.
//
// A request with the method POST, PUT or PATCH has Transfer-Encoding: chunked, which
// goes with any Body, so that a function which loses the header, read-only in both
// request triggers, is found out.
//
// In the origin triggers the request has a custom origin, origin.example.com, which
// is also its Host whatever the target says, and the headers that CloudFront adds.
//
// NewRequest panics on a trigger that is none, and on a method or a target that
// cannot stand in an HTTP request line, as [net/http/httptest.NewRequest] does.
func NewRequest(trigger edge.Trigger, method, target string) *edge.Request {
	if method == "" {
		method = "GET"
	}
	if strings.ContainsFunc(method, func(c rune) bool { return c <= ' ' || c >= 0x7f }) {
		panic(fmt.Sprintf("edgetest: NewRequest: got the method %q; want one like GET", method))
	}
	host, path, query := splitTarget(target)
	r := &edge.Request{
		Config: edge.Config{
			Trigger:                trigger,
			DistributionID:         distributionID,
			DistributionDomainName: distributionDomain,
			RequestID:              requestID,
		},
		ClientIP:    viewerAddress,
		Method:      method,
		URI:         path,
		QueryString: query,
	}
	switch method {
	case "POST", "PUT", "PATCH":
		r.Header.Set("Transfer-Encoding", "chunked")
	}
	switch trigger {
	case edge.ViewerRequest, edge.ViewerResponse:
		r.Header.Set("Host", host)
		r.Header.Set("User-Agent", "edgetest")
		r.Header.Set("Accept", "*/*")
	case edge.OriginRequest, edge.OriginResponse:
		r.Header.Set("X-Forwarded-For", viewerAddress)
		r.Header.Set("User-Agent", "Amazon CloudFront")
		r.Header.Set("Via", via)
		r.Header.Set("Host", originDomain)
		r.Origin = &edge.CustomOrigin{
			DomainName: originDomain, KeepaliveTimeout: 5, Port: 443, Protocol: "https",
			ReadTimeout: 30, ResponseCompletionTimeout: 30, SSLProtocols: []string{"TLSv1.2"},
		}
	default:
		panic(fmt.Sprintf("edgetest: got the trigger %q; want one of edge.ViewerRequest, OriginRequest, OriginResponse and ViewerResponse", trigger))
	}
	return r
}

// splitTarget returns the host, path and query of a target.
func splitTarget(target string) (host, path, query string) {
	host, rest := distributionDomain, target
	if scheme, after, absolute := strings.Cut(target, "://"); absolute && !strings.ContainsAny(scheme, "/?#") {
		end := strings.IndexAny(after+"/", "/?#")
		u, err := url.Parse(scheme + "://" + after[:end])
		if err != nil || u.Host == "" {
			panic(fmt.Sprintf("edgetest: NewRequest: got the target %q; want a host name in it, or a path that begins with a slash", target))
		}
		host, rest = u.Host, after[end:]
		if !strings.HasPrefix(rest, "/") { // an empty path is a slash: RFC 9112, section 3.2.1
			rest = "/" + rest
		}
	}
	switch {
	case strings.Contains(rest, "#"):
		panic(fmt.Sprintf("edgetest: NewRequest: got the target %q; a fragment is not sent", target))
	case strings.ContainsFunc(target, func(c rune) bool { return c <= ' ' || c == 0x7f || c == utf8.RuneError }):
		panic(fmt.Sprintf("edgetest: NewRequest: got the target %q; want it percent-encoded", target))
	case !strings.HasPrefix(rest, "/"):
		panic(fmt.Sprintf("edgetest: NewRequest: got the target %q; want a path that begins with a slash, or an absolute URL", target))
	}
	path, query, _ = strings.Cut(rest, "?")
	return host, path, query
}

// NewResponse returns a response as CloudFront gives it to a function in trigger,
// origin-response or viewer-response: an HTML page that answers a GET request of
// target, which is as in [NewRequest]. It has headers that are read-only in the
// trigger, so that a function which makes a header of its own in place of editing
// the one that came is found out. It is to be changed at will, its Request with it,
// and passed to [Response] or to a handler.
//
// NewResponse panics on another trigger, on a status outside 200 to 599, and where
// NewRequest does. CloudFront itself does not call a viewer-response function for a
// status from 400.
func NewResponse(trigger edge.Trigger, status int, target string) *edge.Response {
	if trigger != edge.OriginResponse && trigger != edge.ViewerResponse {
		panic(fmt.Sprintf("edgetest: NewResponse: got the trigger %q; want edge.OriginResponse or edge.ViewerResponse", trigger))
	}
	if status < 200 || status > 599 {
		panic(fmt.Sprintf("edgetest: NewResponse: got the status %d; want 200 to 599", status))
	}
	r := &edge.Response{Request: NewRequest(trigger, "GET", target), StatusCode: status}
	r.Header.Set("Content-Type", "text/html; charset=utf-8")
	r.Header.Set("Date", "Wed, 14 Oct 2026 09:30:00 GMT")
	if trigger == edge.OriginResponse {
		r.Header.Set("Transfer-Encoding", "chunked")
		return r
	}
	r.Header.Set("Content-Length", "1256")
	r.Header.Set("Via", via)
	r.Header.Set("Age", "17")
	return r
}
