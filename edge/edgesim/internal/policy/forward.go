package policy

import (
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// Forward is the part of a viewer's request that goes to the origin ("Control origin requests with a policy";
// RequestAndResponseBehaviorCustomOrigin.html). caches says that answers to the request are cached, bucket that the origin is one.
func (p *Policies) Forward(r *message.Request, caches, bucket bool) *message.Request {
	h := http.Header{}
	for name, values := range r.Header {
		if p.forwards(r, caches, name) {
			h[name] = slices.Clone(values)
		}
	}
	if pairs := sortCookies(selectCookies(r.Header, either(p.Cookies, p.Origin.Cookies))); len(pairs) > 0 {
		h["Cookie"] = []string{strings.Join(pairs, "; ")}
	}
	if encoding, listed := p.Encoding(r.Header); listed && !(p.Legacy && encoding == "identity") { // without a policy it is removed
		h["Accept-Encoding"] = []string{encoding}
	}
	queries := p.Origin.QueryStrings
	if bucket {
		queries = queries.Without(p.Origin.NotToS3)
	}
	return &message.Request{
		ClientIP: r.ClientIP, Method: r.Method, URI: r.URI, Query: selectQuery(r.Query, either(p.QueryStrings, queries)),
		Header: h, Body: r.Body,
	}
}

// forwards reports whether a header of the viewer goes to the origin.
func (p *Policies) forwards(r *message.Request, caches bool, name string) bool {
	switch name {
	case "Cookie", "X-Forwarded-For", "Via", "X-Amz-Cf-Id":
		return false // chosen or made elsewhere
	case "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Te", "Trailer",
		"Upgrade", "Expect", "X-Real-Ip", "X-Forwarded-Proto":
		return false // between the viewer and the edge only
	case "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since":
		// The cache asks for the whole object and compares by itself.
		return !caches && (p.Legacy || p.Named(name))
	case "Range", "If-Range":
		return true // RangeGETs.html
	case "Content-Type", "Content-Encoding", "Content-Language", "Content-Length":
		return r.Body != nil || p.Named(name) // describe the body, which always goes
	case "Transfer-Encoding":
		return r.Body != nil
	case "Accept-Encoding":
		return !p.Gzip && !p.Brotli && p.Named(name)
	}
	if strings.HasPrefix(name, "X-Edge-") || strings.HasPrefix(name, "X-Amz-Cf-") {
		return false
	}
	if p.Named(name) || strings.HasPrefix(name, "Cloudfront-") && containsFold(p.Origin.CloudFront, name) {
		return true
	}
	return p.Legacy && !legacyRemoved(name, r.Method)
}

// sortCookies puts cookies in the order in which CloudFront sends them. "CloudFront sorts the cookies in natural order by cookie name
// before forwarding the request to your origin. Cookie names that start with the $ character are unsupported. CloudFront will
// remove the cookie before forwarding the request to the origin." (Cookies.html)
func sortCookies(pairs []string) []string {
	pairs = slices.DeleteFunc(pairs, func(pair string) bool { return strings.HasPrefix(pair, "$") })
	slices.SortStableFunc(pairs, func(a, b string) int {
		nameA, _, _ := strings.Cut(a, "=")
		nameB, _, _ := strings.Cut(b, "=")
		return strings.Compare(nameA, nameB)
	})
	return pairs
}

// legacyRemoved are the viewer's headers that do not go to the origin under the settings without a cache policy
// ("HTTP request headers and CloudFront behavior").
func legacyRemoved(name, method string) bool {
	switch name {
	case "Accept", "Accept-Charset", "Accept-Language", "Referer", "Host", "User-Agent", "X-Http-Method-Override":
		return true
	case "Authorization":
		return method == http.MethodGet || method == http.MethodHead
	}
	return strings.HasPrefix(name, "Cloudfront-")
}
