package edgesim

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Quotas of a viewer's request ("Quotas", section General; cloudfront-limits.html).
const (
	maxURL         = 8192  // 414 above
	maxRequestHead = 32768 // headers and query string; 494 above
)

// admit reads the viewer's request and applies what CloudFront checks before any function runs. It returns nil
// when the request may go on.
func (x *exchange) admit(r *http.Request) *response {
	st := x.begin(StageViewer)
	defer x.end(st)
	path, query, ok := splitTarget(x.trace.Viewer.Target)
	x.viewer = &request{method: r.Method, clientIP: x.trace.Viewer.Client, uri: path, query: query, header: r.Header.Clone()}
	if x.viewer.header == nil {
		x.viewer.header = http.Header{}
	}
	x.behavior = x.s.behaviorFor(path)
	x.trace.Behavior = x.behavior.pattern
	st.note("behaviour %s", x.behavior.pattern)
	x.takeMocks()
	x.localNames(r, st)
	head := headSize(r.Header, query)
	length := len(x.trace.Viewer.Target)
	st.Limits = []Limit{{"URL, bytes", length, maxURL}, {"headers and query string, bytes", head, maxRequestHead}}
	switch {
	case length > maxURL:
		return x.refuse(st, http.StatusRequestURITooLong, pageBadRequest, "the URL has %d bytes, %d are allowed", length, maxURL)
	case head > maxRequestHead:
		return x.refuse(st, 494, pageBadRequest, "headers and query string have %d bytes, %d are allowed", head, maxRequestHead)
	case !ok || badEscape(path):
		return x.refuse(st, http.StatusBadRequest, pageBadRequest, "the request target is not a path with valid escapes")
	case r.Host == "":
		return x.refuse(st, http.StatusBadRequest, pageBadRequest, "no Host header")
	}
	if resp := x.protocolPolicy(st); resp != nil {
		return resp
	}
	if resp := x.admitBody(r, st); resp != nil {
		return resp
	}
	if x.unknown.RootObjectFirst {
		x.rootObject()
	}
	return nil
}

// admitBody checks the method and takes the body.
func (x *exchange) admitBody(r *http.Request, st *Stage) *response {
	hasBody := r.ContentLength != 0 && r.Body != nil && r.Body != http.NoBody
	most := x.s.config.MaxRequestBody
	switch {
	case !slices.Contains(x.behavior.allowed, r.Method):
		return x.refuse(st, http.StatusForbidden, pageMethod,
			"%q is not among the behaviour's allowed methods: %s", r.Method, strings.Join(x.behavior.allowed, ", "))
	case hasBody && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		return x.refuse(st, http.StatusForbidden, pageBadRequest, "a %s request with a body", r.Method) // RequestAndResponseBehaviorCustomOrigin.html
	case r.ContentLength > most:
		return x.refuse(st, http.StatusRequestEntityTooLarge, pageBadRequest, "the body has %d bytes, %d are allowed", r.ContentLength, most)
	case hasBody:
		x.viewer.body = &requestBody{http.MaxBytesReader(nil, r.Body, most), r.ContentLength}
	}
	return nil
}

// splitTarget splits a request target into path and query string, byte for byte. A target in absolute form loses
// its scheme and host (RFC 9112 section 3.2.2); ok is false for a target that is no path.
func splitTarget(target string) (path, query string, ok bool) {
	if !strings.HasPrefix(target, "/") {
		u, err := url.Parse(target)
		if err != nil || u.Scheme == "" || u.Host == "" {
			return target, "", false
		}
		_, rest, _ := strings.Cut(target, "://")
		at := strings.IndexAny(rest, "/?")
		target = "/"
		if at >= 0 && rest[at] == '/' {
			target = rest[at:]
		} else if at >= 0 {
			target += rest[at:]
		}
	}
	target, _, _ = strings.Cut(target, "#")
	path, query, _ = strings.Cut(target, "?")
	return path, query, true
}

// headSize is the length of a request's headers and query string.
func headSize(h http.Header, query string) int {
	n := len(query)
	for name, values := range h {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return n
}

// localNames puts the distribution's own name into the request when the viewer used a local one.
func (x *exchange) localNames(r *http.Request, st *Stage) {
	d := &x.s.config.Distribution
	x.names = addresses{domain: x.s.domain}
	switch host := strings.ToLower(r.Host); {
	case slices.ContainsFunc(d.Aliases, func(a string) bool { return strings.EqualFold(a, host) }):
		x.names.domain = host
	case host != x.s.domain:
		scheme := "http://"
		if r.TLS != nil {
			scheme = "https://"
		}
		x.names.local, x.names.localBase = r.Host, scheme+r.Host
	}
	changed := x.names.inward(x.viewer.header)
	if x.names.local != "" {
		st.note("Host%s: %s is %s to functions", strings.Join(append([]string{""}, changed...), ", "), x.names.local, x.names.domain)
	}
}

// protocolPolicy applies the viewer protocol policy ("Require HTTPS for communication between viewers and
// CloudFront").
func (x *exchange) protocolPolicy(st *Stage) *response {
	if x.https || x.behavior.ViewerProtocol == "" || x.behavior.ViewerProtocol == AllowAll {
		return nil
	}
	permanent := x.viewer.method == http.MethodGet || x.viewer.method == http.MethodHead
	if x.behavior.ViewerProtocol == HTTPSOnly || !permanent && x.proto == "1.0" {
		return x.refuse(st, http.StatusForbidden, pageBadRequest, "http, and the behaviour's viewer protocol policy is %s", x.behavior.ViewerProtocol)
	}
	status := http.StatusTemporaryRedirect
	if permanent {
		status = http.StatusMovedPermanently
	}
	location := "https://" + x.names.domain + rawURL(x.viewer.uri, x.viewer.query)
	st.note("http is redirected to https")
	resp := errorPage(status, resultRedirect, http.StatusText(status), x.trace.ID)
	resp.header.Set("Location", location)
	return resp
}
