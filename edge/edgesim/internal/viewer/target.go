package viewer

import (
	"net/url"
	"strings"
)

// Quotas of a viewer's request ("Quotas", section General; cloudfront-limits.html).
const (
	MaxURL  = 8192  // bytes of the target; 414 above
	MaxHead = 32768 // bytes of headers and query string; 494 above
)

// SplitTarget splits a request target into path and query string, byte for byte. A target in absolute form loses
// its scheme and host (RFC 9112 section 3.2.2); ok is false for a target that is no path.
func SplitTarget(target string) (path, query string, ok bool) {
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
