package edgesim

import (
	"net/http"
	"strconv"
	"strings"
)

// cloudFrontHeader is the value of a CloudFront-* header (adding-cloudfront-headers.html), or "" when it has
// none: the request's own X-Mock header, then the simulator's ViewerHeaders, then what can be read off the
// request. name is canonical.
func (x *exchange) cloudFrontHeader(name string) string {
	if v := x.mocks.Get(name); v != "" {
		return v
	}
	if v := x.s.config.ViewerHeaders.Get(name); v != "" {
		return v
	}
	switch name {
	case "Cloudfront-Forwarded-Proto":
		return "https"
	case "Cloudfront-Viewer-Http-Version":
		return x.proto
	case "Cloudfront-Viewer-Address":
		if strings.Contains(x.viewer.clientIP, ":") {
			return "[" + x.viewer.clientIP + "]:46532"
		}
		return x.viewer.clientIP + ":46532"
	case "Cloudfront-Viewer-Header-Count":
		return strconv.Itoa(len(x.trace.Viewer.Header) + 1) // and Host
	}
	if device, ok := strings.CutPrefix(name, "Cloudfront-Is-"); ok {
		return strconv.FormatBool(isDevice(device, x.trace.Viewer.Header))
	}
	return ""
}

// isDevice guesses the viewer's device from User-Agent. CloudFront's own rules are not public: whoever depends
// on one sets it with X-Mock-CloudFront-Is-...
func isDevice(device string, h http.Header) bool {
	agent := http.Header(h).Get("User-Agent")
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(agent, w) {
				return true
			}
		}
		return false
	}
	tablet := has("iPad", "Tablet") || has("Android") && !has("Mobile")
	television := has("SmartTV", "SMART-TV", "Tizen", "Web0S", "AppleTV", "GoogleTV")
	mobile := has("Mobile", "iPhone") && !tablet && !television
	switch device {
	case "Android-Viewer":
		return has("Android")
	case "Ios-Viewer":
		return has("iPhone", "iPad", "iPod")
	case "Mobile-Viewer":
		return mobile
	case "Tablet-Viewer":
		return tablet
	case "Smarttv-Viewer":
		return television
	}
	return device == "Desktop-Viewer" && !mobile && !tablet && !television
}

// originOnly reports whether a CloudFront-* header can be had through an origin request policy only, not through
// a cache policy.
func originOnly(canonical string) bool {
	switch canonical {
	case "Cloudfront-Viewer-Address", "Cloudfront-Viewer-Asn", "Cloudfront-Viewer-Tls",
		"Cloudfront-Viewer-Ja3-Fingerprint", "Cloudfront-Viewer-Ja4-Fingerprint":
		return true
	}
	return false
}

// addCloudFrontHeaders puts the CloudFront-* headers that the policies name into the request, over what the
// viewer sent under their names. It happens after the viewer-request function, which therefore never sees them.
func (x *exchange) addCloudFrontHeaders() {
	names := x.behavior.cloudFront
	if len(names) == 0 {
		return
	}
	h := x.viewer.header.Clone()
	for _, name := range names {
		delete(h, name)
		if v := x.cloudFrontHeader(name); v != "" {
			h[name] = []string{v}
		}
	}
	x.viewer.header = h
}

// cloudFrontNames are the CloudFront-* headers that the policies of a behaviour name, in canonical form.
func cloudFrontNames(p *CachePolicy, forward *OriginRequestPolicy) (names []string) {
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
	if forward.Headers.mode == selectOnly {
		for _, name := range forward.Headers.names {
			add(name)
		}
	}
	for _, name := range forward.CloudFront {
		add(name)
	}
	return names
}
