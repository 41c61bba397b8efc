// Package policy is what a behaviour's cache policy and origin request policy choose of a request and of an answer: the cache
// key, the request that goes to the origin, and the headers that come back from it.
package policy

import (
	"net/http"
	"strings"
)

// A Cache is the part of a cache policy that chooses.
type Cache struct {
	Headers      []string // whole values, names without case
	Cookies      Selection
	Unkeyed      Selection // cookies that are not in the key although Cookies has them
	QueryStrings Selection
	Gzip, Brotli bool // the normalised Accept-Encoding is in the key and goes to the origin
	Legacy       bool // a behaviour without a cache policy: headers go to the origin unless CloudFront's table removes them
}

// An OriginRequest is what goes to the origin in addition to the cache key.
type OriginRequest struct {
	Headers      Selection // of the viewer's headers; CloudFront-* headers may be among the names
	CloudFront   []string  // CloudFront-* headers to add when Headers selects by All or AllExcept
	Cookies      Selection
	QueryStrings Selection
	NotToS3      []string // query strings that do not go to a bucket even so
}

// Policies are the two policies of a behaviour.
type Policies struct {
	Cache
	Origin OriginRequest
}

// Named reports whether a policy names the header, so that the viewer's value goes to the origin.
func (p *Policies) Named(name string) bool {
	return containsFold(p.Headers, name) || p.Origin.Headers.hasHeader(name)
}

// SendsCookies reports whether cookies of the viewer can go to the origin.
func (p *Policies) SendsCookies() bool { return !p.Cookies.None() || !p.Origin.Cookies.None() }

// CloudFrontHeaders are the CloudFront-* headers that the policies name, in canonical form.
func (p *Policies) CloudFrontHeaders() (names []string) {
	add := func(name string) {
		if name = http.CanonicalHeaderKey(name); strings.HasPrefix(name, "Cloudfront-") {
			names = append(names, name)
		}
	}
	for _, name := range p.Headers {
		if !originOnly(http.CanonicalHeaderKey(name)) {
			add(name)
		}
	}
	for _, name := range p.Origin.Headers.listed() {
		add(name)
	}
	for _, name := range p.Origin.CloudFront {
		add(name)
	}
	return names
}

// originOnly reports whether a CloudFront-* header can be had through an origin request policy only, not through
// a cache policy (adding-cloudfront-headers.html).
func originOnly(canonical string) bool {
	switch canonical {
	case "Cloudfront-Viewer-Address", "Cloudfront-Viewer-Asn", "Cloudfront-Viewer-Tls",
		"Cloudfront-Viewer-Ja3-Fingerprint", "Cloudfront-Viewer-Ja4-Fingerprint":
		return true
	}
	return false
}
