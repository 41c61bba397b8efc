package viewer

import (
	"net/http"
	"strconv"
	"strings"
)

// A Viewer is what CloudFront knows of who sent a request, besides the request.
type Viewer struct {
	Proto    string      // "1.1" or "2.0"
	ClientIP string      // the address without its port
	HTTPS    bool        // how it came; see [Viewer.TakeMocks]
	Header   http.Header // as the viewer sent it

	Mocks    http.Header // X-Mock-CloudFront-*, under the names that they stand for
	Defaults http.Header // values for requests without mocks
}

// CloudFrontHeader is the value of a CloudFront-* header (adding-cloudfront-headers.html), or "" when it has
// none: the request's own X-Mock header, then the defaults, then what can be read off the
// request. name is canonical.
func (v *Viewer) CloudFrontHeader(name string) string {
	if value := v.Mocks.Get(name); value != "" {
		return value
	}
	if value := v.Defaults.Get(name); value != "" {
		return value
	}
	switch name {
	case "Cloudfront-Forwarded-Proto":
		return "https"
	case "Cloudfront-Viewer-Http-Version":
		return v.Proto
	case "Cloudfront-Viewer-Address":
		if strings.Contains(v.ClientIP, ":") {
			return "[" + v.ClientIP + "]:46532"
		}
		return v.ClientIP + ":46532"
	case "Cloudfront-Viewer-Header-Count":
		return strconv.Itoa(len(v.Header) + 1) // and Host
	}
	if device, ok := strings.CutPrefix(name, "Cloudfront-Is-"); ok {
		return strconv.FormatBool(isDevice(device, v.Header))
	}
	return ""
}

// isDevice guesses the viewer's device from User-Agent. CloudFront's own rules are not public: whoever depends
// on one sets it with X-Mock-CloudFront-Is-...
func isDevice(device string, h http.Header) bool {
	agent := h.Get("User-Agent")
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
