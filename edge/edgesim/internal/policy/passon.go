package policy

import (
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// PassOn removes the headers of the origin's answer that CloudFront does not pass on
// (RequestAndResponseBehaviorCustomOrigin.html, "HTTP response headers that CloudFront removes or replaces").
func (p *Policies) PassOn(r *message.Request, caches bool, h http.Header) {
	for _, line := range h["Connection"] {
		for name := range strings.SplitSeq(line, ",") {
			h.Del(strings.TrimSpace(name))
		}
	}
	for _, name := range []string{"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "Trailer",
		"Upgrade", "X-Amz-Id-2", "X-Amz-Request-Id"} {
		delete(h, name)
	}
	if !p.SendsCookies() {
		delete(h, "Set-Cookie")
	}
	p.filterVary(r, caches, h)
}

// filterVary keeps the names in Vary that can make a difference: headers that go to the origin, and two that the
// page names. They do not make objects of their own: only what is in the cache key does.
func (p *Policies) filterVary(r *message.Request, caches bool, h http.Header) {
	if len(h["Vary"]) == 0 {
		return
	}
	var kept []string
	for name := range strings.SplitSeq(strings.Join(h["Vary"], ","), ",") {
		name = strings.TrimSpace(name)
		canonical := http.CanonicalHeaderKey(name)
		if canonical == "*" || canonical == "Accept-Encoding" || canonical == "Cookie" || canonical != "" && p.forwards(r, caches, canonical) {
			kept = append(kept, name)
		}
	}
	if kept == nil {
		delete(h, "Vary")
		return
	}
	h["Vary"] = []string{strings.Join(kept, ", ")}
}
