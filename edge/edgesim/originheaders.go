package edgesim

import (
	"net/http"
	"strings"
)

// originRequest builds the request that goes to the origin, before the origin-request function: what the
// policies let through, and what CloudFront adds ("Control origin requests with a policy";
// RequestAndResponseBehaviorCustomOrigin.html). stale is the object to be revalidated, or nil.
func (x *exchange) originRequest(s *originSettings, stale *entry) *request {
	r := &request{clientIP: x.viewer.clientIP, method: x.viewer.method, uri: x.viewer.uri, header: http.Header{}, body: x.viewer.body}
	h := r.header
	for name, values := range x.viewer.header {
		if x.forwards(name) {
			h[name] = append([]string(nil), values...)
		}
	}
	p, forward := x.behavior.policy, x.behavior.forward
	if pairs := selectCookies(x.viewer.header, either(p.Cookies, forward.Cookies)); len(pairs) > 0 {
		h["Cookie"] = []string{strings.Join(pairs, "; ")}
	}
	r.query = selectQuery(x.viewer.query, either(p.QueryStrings, forward.QueryStrings))
	if encoding, listed := normalEncoding(p, x.viewer.header); listed {
		h["Accept-Encoding"] = []string{encoding}
	}
	if !x.named("Host") {
		h.Set("Host", s.domainName)
	}
	if !x.named("User-Agent") {
		h.Set("User-Agent", "Amazon CloudFront")
	}
	h["X-Forwarded-For"] = []string{strings.Join(append(x.viewer.header["X-Forwarded-For"], x.viewer.clientIP), ", ")}
	h.Set("Via", x.proto+" "+x.s.via)
	h.Set("X-Amz-Cf-Id", x.trace.ID)
	for name := range s.customHeaders {
		delete(h, http.CanonicalHeaderKey(name)) // origin custom headers win (add-origin-custom-headers.html)
	}
	if stale != nil {
		revalidate(h, stale)
	}
	return r
}

// revalidate asks whether a stored object is still current.
func revalidate(h http.Header, stale *entry) {
	for _, name := range []string{"Range", "If-Range", "If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since"} {
		delete(h, name)
	}
	if stale.etag != "" {
		h["If-None-Match"] = []string{stale.etag}
	}
	if stale.modified != "" {
		h["If-Modified-Since"] = []string{stale.modified}
	}
}

// either selects what one of two selections selects.
func either(a, b Selection) Selection {
	switch {
	case a.None() || b.mode == selectAll:
		return b
	case b.None() || a.mode == selectAll:
		return a
	case a.mode == selectOnly && b.mode == selectOnly:
		return Only(append(append([]string(nil), a.names...), b.names...)...)
	case a.mode == selectOnly:
		return AllExcept(without(b.names, a)...)
	case b.mode == selectOnly:
		return AllExcept(without(a.names, b)...)
	}
	return AllExcept(without(a.names, AllExcept(b.names...))...)
}

// without is the names that s does not select.
func without(names []string, s Selection) (rest []string) {
	for _, n := range names {
		if !s.Has(n) {
			rest = append(rest, n)
		}
	}
	return rest
}

// named reports whether a policy names the header, so that the viewer's value goes to the origin.
func (x *exchange) named(name string) bool {
	return x.behavior.policy.hasHeader(name) || x.behavior.forward.Headers.hasHeader(name)
}

// forwards reports whether a header of the viewer goes to the origin.
func (x *exchange) forwards(name string) bool {
	p := x.behavior.policy
	switch name {
	case "Cookie", "X-Forwarded-For", "Via", "X-Amz-Cf-Id":
		return false // chosen or made elsewhere
	case "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Te", "Trailer",
		"Transfer-Encoding", "Upgrade", "Expect", "X-Real-Ip", "X-Forwarded-Proto":
		return false // between the viewer and the edge only
	case "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since":
		// The cache asks for the whole object and compares by itself.
		return !x.behavior.caches(x.viewer.method) && (p.Legacy || x.named(name))
	case "Range", "If-Range":
		return true // RangeGETs.html
	case "Content-Type", "Content-Encoding", "Content-Language", "Content-Length":
		return x.viewer.body != nil || x.named(name) // describe the body, which always goes
	case "Accept-Encoding":
		return !p.Gzip && !p.Brotli && x.named(name)
	}
	if strings.HasPrefix(name, "X-Edge-") || strings.HasPrefix(name, "X-Amz-Cf-") {
		return false
	}
	if x.named(name) || strings.HasPrefix(name, "Cloudfront-") && hasFold(x.behavior.forward.CloudFront, name) {
		return true
	}
	return p.Legacy && !legacyRemoved(name, x.viewer.method)
}

func hasFold(names []string, name string) bool { return Only(names...).hasHeader(name) }

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
